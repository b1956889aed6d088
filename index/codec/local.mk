libtrawl_core_la_SOURCES += \
	index/codec/bit_places.c index/codec/bit_places.h \
	index/codec/bits.c index/codec/bits.h \
	index/codec/crc32c.c index/codec/crc32c.h \
	index/codec/deflate.c index/codec/deflate.h \
	index/codec/kernels.c index/codec/kernels.h \
	index/codec/kernels_bits.h \
	index/codec/kernels_scalar.c index/codec/kernels_search.h \
	index/codec/kernels_spread.h index/codec/kernels_unary.h \
	index/codec/lanes.h \
	index/codec/pack128.c \
	index/codec/run.c index/codec/run.h \
	index/codec/run_encode.c \
	index/codec/subset.c index/codec/subset.h \
	index/codec/vbyte.c index/codec/vbyte.h \
	index/codec/widths.h \
	index/codec/word_bits.h
libtrawl_sse41_la_SOURCES += index/codec/kernels_sse41.c
libtrawl_avx2_la_SOURCES += index/codec/kernels_avx2.c index/codec/kernels_avx2.h
libtrawl_avx512_la_SOURCES += index/codec/kernels_avx512.c index/codec/kernels_spread_avx512.h

unit_tests += \
	tests/unit/test_bits \
	tests/unit/test_crc32c \
	tests/unit/test_deflate \
	tests/unit/test_kernels \
	tests/unit/test_run \
	tests/unit/test_vbyte \
	tests/property/test_kernel_levels \
	tests/property/test_run_round_trip \
	tests/property/test_subset_round_trip \
	tests/fuzz/fuzz_run \
	tests/fuzz/fuzz_subset
tests_property_test_kernel_levels_SOURCES = tests/property/test_kernel_levels.c tests/property/levels.h
tests_property_test_subset_round_trip_SOURCES = tests/property/test_subset_round_trip.c tests/property/levels.h
tests_fuzz_fuzz_run_SOURCES = tests/fuzz/fuzz_run.c tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_subset_SOURCES = tests/fuzz/fuzz_subset.c tests/fuzz/replay.c tests/fuzz/fuzz.h
