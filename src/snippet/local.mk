libtrawl_core_la_SOURCES += \
	src/snippet/excerpt.c src/snippet/excerpt.h \
	src/snippet/extent.c src/snippet/extent.h \
	src/snippet/occurrences.c src/snippet/occurrences.h \
	src/snippet/passage.c src/snippet/passage.h \
	src/snippet/scan.c src/snippet/scan.h \
	src/snippet/sentences.c src/snippet/sentences.h \
	src/snippet/snippet.c src/snippet/snippet.h \
	src/snippet/spaces.c src/snippet/spaces.h \
	src/snippet/startfilter.c src/snippet/startfilter.h \
	src/snippet/wanted.c src/snippet/wanted.h

unit_tests += \
	tests/fuzz/fuzz_snippet \
	tests/property/test_snippet_laws \
	tests/unit/test_snippet \
	tests/unit/test_snippet_golden
tests_fuzz_fuzz_snippet_SOURCES = tests/fuzz/fuzz_snippet.c tests/fuzz/replay.c

EXTRA_DIST += \
	tests/fuzz/corpus/snippet \
	tests/fuzz/snippet_laws.h \
	tests/golden/snippets.txt \
	tests/golden/snippets_french.txt
