libtrawl_core_la_SOURCES += \
	src/text/acronym.c src/text/acronym.h \
	src/text/analyzer.c src/text/analyzer.h \
	src/text/apostrophes.c src/text/apostrophes.h \
	src/text/codepoints.c src/text/codepoints.h \
	src/text/elision.c src/text/elision.h \
	src/text/fold.c src/text/fold.h \
	src/text/marks.c src/text/marks.h \
	src/text/stemmer.c src/text/stemmer.h \
	src/text/stopwords.c src/text/stopwords.h \
	src/text/tokenizer.c src/text/tokenizer.h \
	src/text/unicodeversion.c src/text/unicodeversion.h \
	src/text/utf8.c src/text/utf8.h \
	src/text/word_masks.c src/text/word_masks.h \
	src/text/wordbreak.c src/text/wordbreak.h \
	src/text/wordspan.c src/text/wordspan.h \
	src/text/wordtraits.c src/text/wordtraits.h

unit_tests += \
	tests/fuzz/fuzz_tokenizer \
	tests/property/test_analysis_laws \
	tests/property/test_tokenizer_paths \
	tests/unit/test_analyzer \
	tests/unit/test_elision \
	tests/unit/test_fold \
	tests/unit/test_stemmer \
	tests/unit/test_stopwords \
	tests/unit/test_tokenizer \
	tests/unit/test_utf8 \
	tests/unit/test_wordbreak \
	tests/unit/test_wordtraits
unicode_data = tests/unit/unicode_data.c tests/unit/unicode_data.h
tests_unit_test_fold_SOURCES = tests/unit/test_fold.c $(unicode_data)
tests_unit_test_wordbreak_SOURCES = tests/unit/test_wordbreak.c $(unicode_data)
tests_fuzz_fuzz_tokenizer_SOURCES = tests/fuzz/fuzz_tokenizer.c tests/fuzz/replay.c

dist_doc_DATA += docs/ANALYSIS.md
EXTRA_DIST += \
	tests/fuzz/corpus/tokenizer \
	tests/golden/analysis.txt \
	tests/golden/stem_english.txt \
	tests/golden/stem_finnish.txt \
	tests/golden/stem_french.txt \
	tests/golden/stem_german.txt \
	tests/golden/stem_hungarian.txt \
	tests/golden/stem_italian.txt \
	tests/golden/stem_portuguese.txt \
	tests/golden/stem_russian.txt \
	tests/golden/stem_spanish.txt \
	tests/golden/stem_swedish.txt
