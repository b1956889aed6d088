libtrawl_core_la_SOURCES += \
	index/write/bisection.c index/write/bisection.h \
	index/write/chunk_store.c index/write/chunk_store.h \
	index/write/document_order.c index/write/document_order.h \
	index/write/forward_index.c index/write/forward_index.h \
	index/write/index_changes.c \
	index/write/index_commit.c \
	index/write/index_folder.c index/write/index_folder.h \
	index/write/index_load.c \
	index/write/index_writer.c index/write/index_writer.h \
	index/write/index_writer_state.h \
	index/write/inverter.c index/write/inverter.h \
	index/write/inverter_lists.h \
	index/write/merge_policy.c index/write/merge_policy.h \
	index/write/pair_choice.c index/write/pair_choice.h \
	index/write/pair_inverter.c index/write/pair_inverter.h \
	index/write/posting_decoder.c index/write/posting_decoder.h \
	index/write/posting_sorter.c index/write/posting_sorter.h \
	index/write/posting_source.c index/write/posting_source.h \
	index/write/posting_source_inverter.c \
	index/write/posting_source_segment.c \
	index/write/posting_source_spill.c \
	index/write/posting_sources.h \
	index/write/posting_stream.h \
	index/write/segment_columns.c index/write/segment_columns.h \
	index/write/segment_merge.c index/write/segment_merge.h \
	index/write/segment_postings.c index/write/segment_postings.h \
	index/write/segment_stored.c index/write/segment_stored.h \
	index/write/segment_writer.c index/write/segment_writer.h \
	index/write/spill.c index/write/spill.h \
	index/write/spool.c index/write/spool.h \
	index/write/term_encoder.c index/write/term_encoder.h \
	index/write/term_merge.c index/write/term_merge.h \
	index/write/term_ranges.c index/write/term_ranges.h \
	index/write/term_sort.c index/write/term_sort.h

unit_tests += \
	tests/fault/test_killed_writer \
	tests/fault/test_write_faults \
	tests/fuzz/fuzz_spill \
	tests/property/test_pair_inverter \
	tests/property/test_same_bytes \
	tests/property/test_updates \
	tests/unit/test_bisection \
	tests/unit/test_chunk_store \
	tests/unit/test_document_order \
	tests/unit/test_forward_index \
	tests/unit/test_index_folder \
	tests/unit/test_index_writer \
	tests/unit/test_inverter \
	tests/unit/test_merge_policy \
	tests/unit/test_pair_choice \
	tests/unit/test_posting_sorter \
	tests/unit/test_posting_source \
	tests/unit/test_segment_writer \
	tests/unit/test_spool \
	tests/unit/test_term_merge \
	tests/unit/test_term_sort
EXTRA_DIST += tests/unit/write_fixture.h
tests_property_test_pair_inverter_LDADD = libindex_fixture.la $(LDADD)
tests_fuzz_fuzz_spill_SOURCES = tests/fuzz/fuzz_spill.c tests/fuzz/replay.c tests/fuzz/fuzz.h
