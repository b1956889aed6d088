libtrawl_core_la_SOURCES += \
	index/format/bounds.c index/format/bounds.h \
	index/format/container.c index/format/container.h \
	index/format/container_frame.h \
	index/format/container_writer.c \
	index/format/deletes.c index/format/deletes.h \
	index/format/id_sort.c index/format/id_sort.h \
	index/format/ids.c index/format/ids.h \
	index/format/ids_writer.c \
	index/format/lengths.c index/format/lengths.h \
	index/format/manifest.c index/format/manifest.h \
	index/format/manifest_file.c \
	index/format/meta.c index/format/meta.h \
	index/format/order.c index/format/order.h \
	index/format/pairs.c index/format/pairs.h \
	index/format/parts.c index/format/parts.h \
	index/format/position_code.c index/format/position_code.h \
	index/format/positions_writer.c index/format/positions_writer.h \
	index/format/postings.c index/format/postings.h \
	index/format/postings_writer.c \
	index/format/stored.c index/format/stored.h \
	index/format/stored_writer.c \
	index/format/term_floors.c index/format/term_floors.h \
	index/format/term_hash.c index/format/term_hash.h \
	index/format/term_index.c index/format/term_index.h \
	index/format/term_walk.c index/format/term_walk.h \
	index/format/terms.c index/format/terms.h \
	index/format/terms_cursor.c \
	index/format/terms_writer.c

unit_tests += \
	tests/unit/test_bounds \
	tests/unit/test_container \
	tests/unit/test_deletes \
	tests/unit/test_ids \
	tests/unit/test_lengths \
	tests/unit/test_manifest \
	tests/unit/test_meta \
	tests/unit/test_order \
	tests/unit/test_pairs \
	tests/unit/test_parts \
	tests/unit/test_position_code \
	tests/unit/test_postings \
	tests/unit/test_stored \
	tests/unit/test_term_floors \
	tests/unit/test_term_hash \
	tests/unit/test_term_index \
	tests/unit/test_terms \
	tests/property/test_terms_against_array \
	tests/fuzz/fuzz_terms
tests_fuzz_fuzz_terms_SOURCES = tests/fuzz/fuzz_terms.c tests/fuzz/replay.c tests/fuzz/fuzz.h
EXTRA_DIST += tests/unit/container_fixture.h
