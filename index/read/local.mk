libtrawl_core_la_SOURCES += \
	index/read/check.c index/read/check.h \
	index/read/check_columns.c \
	index/read/check_findings.h \
	index/read/check_ids.c \
	index/read/check_pairs.c \
	index/read/check_postings.c \
	index/read/check_reserved.c \
	index/read/check_stored.c \
	index/read/check_terms.c \
	index/read/cursor_positions.c \
	index/read/directory_search.c index/read/directory_search.h \
	index/read/pair_walk.c index/read/pair_walk.h \
	index/read/positions_reader.c index/read/positions_reader.h \
	index/read/postings_cursor.c index/read/postings_cursor.h \
	index/read/segment.c index/read/segment.h \
	index/read/segment_places.c index/read/segment_places.h \
	index/read/segment_ways.c index/read/segment_ways.h \
	index/read/snapshot.c index/read/snapshot.h \
	index/read/snapshot_caches.h \
	index/read/snapshot_lengths.c \
	index/read/snapshot_statistics.c

# Small and damaged indexes for tests.
libindex_fixture_la_SOURCES = \
	tests/unit/damage_fixture.c tests/unit/damage_fixture.h \
	tests/unit/segment_fixture.c tests/unit/segment_fixture.h \
	tests/unit/segment_walk.c tests/unit/segment_walk.h
if HAVE_CUNIT
check_LTLIBRARIES += libindex_fixture.la
endif

unit_tests += \
	tests/unit/test_check \
	tests/unit/test_directory_search \
	tests/unit/test_format_example \
	tests/unit/test_segment \
	tests/unit/test_snapshot \
	tests/property/test_cursors \
	tests/corrupt/test_segment_damage \
	tests/fuzz/fuzz_segment
tests_unit_test_check_LDADD = libindex_fixture.la $(LDADD)
tests_unit_test_format_example_LDADD = libindex_fixture.la $(LDADD)
tests_unit_test_segment_LDADD = libindex_fixture.la $(LDADD)
tests_unit_test_snapshot_LDADD = libindex_fixture.la $(LDADD)
tests_property_test_cursors_LDADD = libindex_fixture.la $(LDADD)
tests_corrupt_test_segment_damage_LDADD = libindex_fixture.la $(LDADD)
tests_fuzz_fuzz_segment_LDADD = libindex_fixture.la $(LDADD)
tests_fuzz_fuzz_segment_SOURCES = tests/fuzz/fuzz_segment.c tests/fuzz/replay.c tests/fuzz/fuzz.h
