libtrawl_hot_la_SOURCES += \
	index/codec/bits.c index/codec/bits.h \
	index/codec/crc32c.c index/codec/crc32c.h \
	index/codec/deflate.c index/codec/deflate.h \
	index/codec/kernels.c index/codec/kernels.h \
	index/codec/kernels_scalar.c \
	index/codec/lanes.h \
	index/codec/pack128.c \
	index/codec/run.c index/codec/run.h \
	index/codec/run_encode.c \
	index/codec/vbyte.c index/codec/vbyte.h

unit_tests += \
	tests/unit/test_bits \
	tests/unit/test_crc32c \
	tests/unit/test_deflate \
	tests/unit/test_kernels \
	tests/unit/test_run \
	tests/unit/test_vbyte \
	tests/property/test_run_round_trip \
	tests/fuzz/fuzz_run
tests_fuzz_fuzz_run_SOURCES = tests/fuzz/fuzz_run.c tests/fuzz/replay.c tests/fuzz/fuzz.h
