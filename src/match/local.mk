libtrawl_hot_la_SOURCES += \
	src/match/batch.h \
	src/match/block_search.c \
	src/match/block_search.h \
	src/match/bm25.c \
	src/match/bm25.h \
	src/match/build.c \
	src/match/build.h \
	src/match/build_leaf.c \
	src/match/build_leaf.h \
	src/match/collector.c \
	src/match/collector.h \
	src/match/conjunction.c \
	src/match/conjunction.h \
	src/match/context.h \
	src/match/count_costs.h \
	src/match/counting.c \
	src/match/counting.h \
	src/match/disjunction.c \
	src/match/disjunction.h \
	src/match/explanation.c \
	src/match/floor.c \
	src/match/floor.h \
	src/match/list.c \
	src/match/list.h \
	src/match/list_fill.c \
	src/match/list_fill.h \
	src/match/list_steps.c \
	src/match/list_steps.h \
	src/match/match.c \
	src/match/match.h \
	src/match/matcher.c \
	src/match/matcher.h \
	src/match/phrase.c \
	src/match/phrase.h \
	src/match/phrase_verify.c \
	src/match/phrase_places.c \
	src/match/phrase_places.h \
	src/match/plan.c \
	src/match/plan.h \
	src/match/prefix.c \
	src/match/prefix.h \
	src/match/topk.c \
	src/match/topk.h \
	src/match/window.c \
	src/match/window.h

reference = tests/property/reference.c tests/property/reference.h
unit_tests += \
	tests/property/test_collections \
	tests/property/test_match_reference
tests_property_test_collections_SOURCES = tests/property/test_collections.c tests/unit/engine_fixture.h $(reference)
tests_property_test_match_reference_SOURCES = tests/property/test_match_reference.c \
	tests/property/random_index.c tests/property/random_index.h $(reference)
tests_property_test_match_reference_LDADD = libindex_fixture.la $(LDADD)
