libtrawl_core_la_SOURCES += \
	src/query/blanks.c src/query/blanks.h \
	src/query/boost.c src/query/boost.h \
	src/query/canonical.c src/query/canonical.h \
	src/query/clause.c src/query/clause.h \
	src/query/diagnostics.c \
	src/query/fieldname.c src/query/fieldname.h \
	src/query/items.c src/query/items.h \
	src/query/lexer.c src/query/lexer.h \
	src/query/parse.c src/query/parse.h \
	src/query/parser.c \
	src/query/query.h \
	src/query/simplify.c src/query/simplify.h \
	src/query/unsupported.c src/query/unsupported.h \
	src/query/wildcard.c src/query/wildcard.h \
	src/query/written.c src/query/written.h

unit_tests += \
	tests/fuzz/fuzz_query \
	tests/property/test_query_laws \
	tests/unit/test_boost \
	tests/unit/test_parser \
	tests/unit/test_query_golden
tests_fuzz_fuzz_query_SOURCES = tests/fuzz/fuzz_query.c tests/fuzz/replay.c

EXTRA_DIST += \
	tests/fuzz/corpus/query \
	tests/fuzz/query_laws.h \
	tests/golden/golden.h \
	tests/golden/query_lists.txt \
	tests/golden/query_repairs.txt \
	tests/golden/query_words.txt \
	tests/unit/query_fixture.h
