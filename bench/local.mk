# `make bench` measures Trawl on data that it makes from corpus/: BENCH_MB million bytes
# of documents (64). `make check` only sees that all of this runs.
check_PROGRAMS += bench/cost bench/grow bench/micro
bench_cost_SOURCES = bench/cost.c
bench_cost_LDADD =
bench_grow_SOURCES = bench/grow.c \
	bench/chain.c bench/chain.h \
	bench/grow_queries.c bench/grow_queries.h \
	bench/tail.c bench/tail.h
bench_grow_LDADD =
bench_micro_SOURCES = bench/micro.c bench/micro.h \
	bench/micro_codec.c \
	bench/micro_match.c \
	bench/micro_text.c
bench_micro_LDADD = libtrawl_core.la
script_tests += tests/cli/bench_data.sh
EXTRA_DIST += bench/growth.sh bench/growth_chart.awk bench/run.sh tests/golden/bench_grown.txt

BENCH_MB = 64
bench: all bench/cost$(EXEEXT) bench/grow$(EXEEXT) bench/micro$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) $(SHELL) $(top_srcdir)/bench/run.sh '$(abs_top_builddir)/build-bench' '$(BENCH_MB)'

# The same corpus at three sizes, BENCH_MB the smallest.
bench-growth: all bench/cost$(EXEEXT) bench/grow$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) $(SHELL) $(top_srcdir)/bench/growth.sh -g '$(BENCH_MB)' '$(abs_top_builddir)/build-bench'
.PHONY: bench bench-growth
