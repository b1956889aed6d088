libtrawl_core_la_SOURCES += \
	src/engine/analyze.c \
	src/engine/document_inverter.c src/engine/document_inverter.h \
	src/engine/explain_text.c \
	src/engine/leaf_weights.c \
	src/engine/load.c src/engine/load.h \
	src/engine/load_batch.c src/engine/load_batch.h \
	src/engine/load_memory.c src/engine/load_memory.h \
	src/engine/load_state.h \
	src/engine/load_steps.c src/engine/load_steps.h \
	src/engine/load_threads.c src/engine/load_threads.h \
	src/engine/options.c src/engine/options.h \
	src/engine/parsed_batch.c src/engine/parsed_batch.h \
	src/engine/reader.c src/engine/reader.h \
	src/engine/report.c src/engine/report.h \
	src/engine/results.c src/engine/results.h \
	src/engine/results_json.c \
	src/engine/searcher.c src/engine/searcher.h \
	src/engine/stored_document.c \
	src/engine/terms_walk.c \
	src/engine/turn.c src/engine/turn.h \
	src/engine/verify.c \
	src/engine/version.c \
	src/engine/word_cache.c src/engine/word_cache.h \
	src/engine/writer.c

# The soname follows current:revision:age, apart from the version of the
# release: docs/TESTING.md tells when each is raised.
libtrawl_la_LDFLAGS = $(AM_LDFLAGS) -version-info 0:0:0
if VERSION_SCRIPT
libtrawl_la_LDFLAGS += -Wl,--version-script=$(top_srcdir)/src/engine/libtrawl.map
EXTRA_libtrawl_la_DEPENDENCIES = src/engine/libtrawl.map
else
libtrawl_la_LDFLAGS += -export-symbols-regex '^trawl_'
endif

EXTRA_DIST += src/engine/libtrawl.map src/engine/trawl.pc.in

unit_tests += \
	tests/unit/test_options \
	tests/unit/test_searcher \
	tests/unit/test_turn \
	tests/unit/test_word_cache \
	tests/unit/test_writer \
	tests/property/test_load_threads
EXTRA_DIST += tests/unit/engine_fixture.h
