libtrawl_core_la_SOURCES += \
	src/match/batch.c src/match/batch.h \
	src/match/best_blocks.c src/match/best_blocks.h \
	src/match/block_bound.h \
	src/match/block_search.c src/match/block_search.h \
	src/match/bm25.c src/match/bm25.h \
	src/match/build.c src/match/build.h \
	src/match/build_leaf.c src/match/build_leaf.h \
	src/match/collector.c src/match/collector.h \
	src/match/conjunction.c src/match/conjunction.h \
	src/match/context.h \
	src/match/count_costs.h \
	src/match/counting.c src/match/counting.h \
	src/match/crew.c src/match/crew.h \
	src/match/deadline.c src/match/deadline.h \
	src/match/deciding.c src/match/deciding.h \
	src/match/disjunction.c src/match/disjunction.h \
	src/match/expansions.c src/match/expansions.h \
	src/match/explanation.c \
	src/match/floor.c src/match/floor.h \
	src/match/list.c src/match/list.h \
	src/match/list_fill.c src/match/list_fill.h \
	src/match/list_steps.c src/match/list_steps.h \
	src/match/match.c src/match/match.h \
	src/match/match_kernels.c src/match/match_kernels.h \
	src/match/match_kernels_scalar.c \
	src/match/match_loops.h \
	src/match/matcher.c src/match/matcher.h \
	src/match/pass.c src/match/pass.h \
	src/match/phrase.c src/match/phrase.h \
	src/match/phrase_exact.c \
	src/match/phrase_matches.c src/match/phrase_matches.h \
	src/match/phrase_pairs.c src/match/phrase_pairs.h \
	src/match/phrase_prefix.c src/match/phrase_prefix.h \
	src/match/phrase_sloppy.c \
	src/match/phrase_verify.c \
	src/match/phrase_ways.h \
	src/match/plan.c src/match/plan.h \
	src/match/portions.c src/match/portions.h \
	src/match/prefix.c src/match/prefix.h \
	src/match/room.c src/match/room.h \
	src/match/search_cost.c src/match/search_cost.h \
	src/match/tf_sums.c src/match/tf_sums.h \
	src/match/topk.c src/match/topk.h \
	src/match/topk_gather.c src/match/topk_gather.h \
	src/match/window.c src/match/window.h \
	src/match/window_loops.h
libtrawl_avx2_la_SOURCES += src/match/match_kernels_avx2.c src/match/match_kernels_avx2.h
libtrawl_avx512_la_SOURCES += src/match/match_kernels_avx512.c

reference = tests/property/reference.c tests/property/reference.h
unit_tests += \
	tests/property/test_collections \
	tests/property/test_match_kernels \
	tests/property/test_match_reference \
	tests/property/test_match_threads \
	tests/property/test_phrase_pairs \
	tests/property/test_reorder \
	tests/unit/test_block_search \
	tests/unit/test_bm25 \
	tests/unit/test_floor \
	tests/unit/test_list \
	tests/unit/test_match \
	tests/unit/test_phrase_matches \
	tests/unit/test_portions \
	tests/unit/test_topk \
	tests/unit/test_window
tests_property_test_collections_SOURCES = tests/property/test_collections.c tests/unit/engine_fixture.h $(reference)
tests_property_test_match_kernels_SOURCES = tests/property/test_match_kernels.c tests/property/levels.h
tests_property_test_phrase_pairs_SOURCES = tests/property/test_phrase_pairs.c tests/unit/engine_fixture.h
tests_property_test_match_reference_SOURCES = tests/property/test_match_reference.c tests/property/levels.h \
	tests/property/random_index.c tests/property/random_index.h $(reference)
tests_property_test_match_reference_LDADD = libindex_fixture.la $(LDADD)
tests_property_test_match_threads_SOURCES = tests/property/test_match_threads.c \
	tests/property/random_index.c tests/property/random_index.h $(reference)
tests_property_test_match_threads_LDADD = libindex_fixture.la $(LDADD)
tests_property_test_reorder_SOURCES = tests/property/test_reorder.c \
	tests/property/random_index.c tests/property/random_index.h $(reference)
tests_property_test_reorder_LDADD = libindex_fixture.la $(LDADD)
tests_unit_test_floor_LDADD = libindex_fixture.la $(LDADD)
tests_unit_test_list_LDADD = libindex_fixture.la $(LDADD)
tests_unit_test_match_LDADD = libindex_fixture.la $(LDADD)
