# Every case is a PASS or FAIL of its own: programs and scripts print the Test
# Anything Protocol. See docs/TESTING.md.

# ------------------------------------------------------------------ programs

LDADD = libtap.la libtrawl_core.la
libtap_la_SOURCES = tests/unit/tap.c tests/unit/tap.h
libtap_la_CPPFLAGS = $(AM_CPPFLAGS) $(CUNIT_CFLAGS)
libtap_la_LIBADD = $(CUNIT_LIBS)

if HAVE_CUNIT
check_LTLIBRARIES += libtap.la
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
else
TESTS += tests/missing_cunit.sh
endif

# Damage and faults, met through include/trawl.h alone.
unit_tests += \
	tests/corrupt/test_corrupt_index \
	tests/fault/test_engine_read_faults \
	tests/fault/test_engine_write_faults
engine_state = tests/fault/engine_state.c tests/fault/engine_state.h
tests_corrupt_test_corrupt_index_SOURCES = tests/corrupt/test_corrupt_index.c \
	tests/corrupt/exercise.c tests/corrupt/exercise.h \
	tests/corrupt/sample_index.c tests/corrupt/sample_index.h
tests_fault_test_engine_read_faults_SOURCES = tests/fault/test_engine_read_faults.c $(engine_state)
tests_fault_test_engine_write_faults_SOURCES = tests/fault/test_engine_write_faults.c $(engine_state)

# ------------------------------------------------------------------- scripts

script_tests += \
	tests/check_exports.sh \
	tests/check_layers.sh \
	tests/cli/robust_input.sh \
	tests/cli/robust_queries.sh \
	tests/cli/robust_writer.sh
TESTS += $(script_tests)
EXTRA_DIST += $(script_tests) \
	tests/cli/robust.sh \
	tests/check_full.sh \
	tests/check_installed.sh \
	tests/long/fuzz.sh \
	tests/long/generate.c \
	tests/long/large.sh \
	tests/long/memory_budget.sh \
	tests/long/peak_memory.c \
	tests/missing_cunit.sh \
	tests/suite.sh \
	tests/tap.sh

# ------------------------------------------------------------------- running

TEST_EXTENSIONS = .sh
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_COMPILER = $(SHELL)
AM_LOG_DRIVER_FLAGS = --comments
AM_SH_LOG_DRIVER_FLAGS = --comments

# What tests may rely on: where the sources and the products are, and nothing
# of the user's settings. A sanitizer's own exit status is none that a test
# can expect.
AM_TESTS_ENVIRONMENT = \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	top_builddir='$(abs_top_builddir)'; export top_builddir; \
	TRAWL='$(abs_top_builddir)/trawl$(EXEEXT)'; export TRAWL; \
	CC='$(CC)'; export CC; \
	SANITIZE_FLAGS='$(SANITIZE_FLAGS)'; export SANITIZE_FLAGS; \
	ASAN_OPTIONS="$$ASAN_OPTIONS:exitcode=99"; export ASAN_OPTIONS; \
	LSAN_OPTIONS="$$LSAN_OPTIONS:exitcode=99"; export LSAN_OPTIONS; \
	TSAN_OPTIONS="$$TSAN_OPTIONS:exitcode=99"; export TSAN_OPTIONS; \
	UBSAN_OPTIONS="$$UBSAN_OPTIONS:exitcode=99"; export UBSAN_OPTIONS; \
	NM='$(NM)'; export NM; \
	HARNESS_ACTIVE=1; export HARNESS_ACTIVE; \
	LC_ALL=C.UTF-8; export LC_ALL; \
	unset TRAWL_INDEX NO_COLOR;

# The second compiler, the other sanitizers, a release's archive: long.
check-full: all
	$(SHELL) $(top_srcdir)/tests/check_full.sh '$(abs_top_builddir)'
.PHONY: check-full

# Each fuzz target under an engine, for $$FUZZ_SECONDS each.
fuzz:
	$(MKDIR_P) build-full && $(MAKE) distdir distdir=build-full/source
	$(SHELL) $(top_srcdir)/tests/long/fuzz.sh build-full/source build-full/fuzz
.PHONY: fuzz

installcheck-local:
	CC='$(CC) $(CFLAGS) $(SANITIZE_FLAGS)' $(SHELL) $(top_srcdir)/tests/check_installed.sh \
	  '$(DESTDIR)$(bindir)' '$(DESTDIR)$(libdir)' '$(DESTDIR)$(includedir)' '$(DESTDIR)$(pkgconfigdir)'
