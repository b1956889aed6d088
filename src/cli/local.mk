# All but main() is a library of its own, so that tests can link it.
noinst_LTLIBRARIES += libtrawl_cli.la
libtrawl_cli_la_LIBADD = -lunistring
libtrawl_cli_la_SOURCES = \
	src/cli/bench.h \
	src/cli/bench_chart.c src/cli/bench_chart.h \
	src/cli/bench_compare.c src/cli/bench_compare.h \
	src/cli/bench_groups.c src/cli/bench_groups.h \
	src/cli/bench_html.c src/cli/bench_html.h \
	src/cli/bench_json.c src/cli/bench_json.h \
	src/cli/bench_kind.c src/cli/bench_kind.h \
	src/cli/bench_queries.c src/cli/bench_queries.h \
	src/cli/bench_run.c src/cli/bench_run.h \
	src/cli/bench_table.c src/cli/bench_table.h \
	src/cli/bench_threads.c src/cli/bench_threads.h \
	src/cli/cli_batch.c src/cli/cli_batch.h \
	src/cli/cli_color.c src/cli/cli_color.h \
	src/cli/cli_complain.c src/cli/cli_complain.h \
	src/cli/cli_complete.c src/cli/cli_complete.h \
	src/cli/cli_discover.c src/cli/cli_discover.h \
	src/cli/cli_format.c src/cli/cli_format.h \
	src/cli/cli_help.c src/cli/cli_help.h \
	src/cli/cli_id.c src/cli/cli_id.h \
	src/cli/cli_input.c src/cli/cli_input.h \
	src/cli/cli_json.c src/cli/cli_json.h \
	src/cli/cli_json_read.c src/cli/cli_json_read.h \
	src/cli/cli_lines.c src/cli/cli_lines.h \
	src/cli/cli_man.c src/cli/cli_man.h \
	src/cli/cli_memory.c src/cli/cli_memory.h \
	src/cli/cli_number.c src/cli/cli_number.h \
	src/cli/cli_options.c src/cli/cli_options.h \
	src/cli/cli_output.c src/cli/cli_output.h \
	src/cli/cli_progress.c src/cli/cli_progress.h \
	src/cli/cli_protocol.c src/cli/cli_protocol.h \
	src/cli/cli_query.c src/cli/cli_query.h \
	src/cli/cli_reader.c src/cli/cli_reader.h \
	src/cli/cli_settings.c src/cli/cli_settings.h \
	src/cli/cli_signals.c src/cli/cli_signals.h \
	src/cli/cli_suggest.c src/cli/cli_suggest.h \
	src/cli/cli_terminal.c src/cli/cli_terminal.h \
	src/cli/cli_text.c src/cli/cli_text.h \
	src/cli/cli_unicode.c src/cli/cli_unicode.h \
	src/cli/cli_wrap.c src/cli/cli_wrap.h \
	src/cli/cli_writer.c src/cli/cli_writer.h \
	src/cli/cmd_analyze.c \
	src/cli/cmd_bench.c \
	src/cli/cmd_count.c \
	src/cli/cmd_delete.c \
	src/cli/cmd_explain.c \
	src/cli/cmd_get.c \
	src/cli/cmd_help.c \
	src/cli/cmd_index.c \
	src/cli/cmd_merge.c \
	src/cli/cmd_search.c \
	src/cli/cmd_stats.c \
	src/cli/cmd_terms.c \
	src/cli/cmd_verify.c \
	src/cli/commands.c src/cli/commands.h \
	src/cli/format_json.c \
	src/cli/format_rows.c \
	src/cli/format_text.c \
	src/cli/option_rows.c src/cli/option_rows.h

# The program is a real file, not libtool's wrapper: -static takes libtrawl.a,
# while the libraries of the system stay shared.
bin_PROGRAMS += trawl
trawl_SOURCES = src/cli/main.c
trawl_LDADD = libtrawl_cli.la libtrawl.la
trawl_LDFLAGS = $(AM_LDFLAGS) -static

cli_tests = \
	tests/unit/test_bench_kind \
	tests/unit/test_cli_complain \
	tests/unit/test_cli_id \
	tests/unit/test_cli_json \
	tests/unit/test_cli_json_read \
	tests/unit/test_cli_lines \
	tests/unit/test_cli_number \
	tests/unit/test_cli_options \
	tests/unit/test_cli_progress \
	tests/unit/test_cli_protocol \
	tests/unit/test_cli_suggest \
	tests/unit/test_cli_terminal \
	tests/unit/test_cli_wrap
unit_tests += $(cli_tests)
cli_test_libraries = libtap.la libtrawl_cli.la libtrawl_core.la
tests_unit_test_bench_kind_LDADD = $(cli_test_libraries)
tests_unit_test_cli_complain_LDADD = $(cli_test_libraries)
tests_unit_test_cli_id_LDADD = $(cli_test_libraries)
tests_unit_test_cli_json_LDADD = $(cli_test_libraries)
tests_unit_test_cli_json_read_LDADD = $(cli_test_libraries)
tests_unit_test_cli_lines_LDADD = $(cli_test_libraries)
tests_unit_test_cli_number_LDADD = $(cli_test_libraries)
tests_unit_test_cli_options_LDADD = $(cli_test_libraries)
tests_unit_test_cli_progress_LDADD = $(cli_test_libraries)
tests_unit_test_cli_protocol_LDADD = $(cli_test_libraries)
tests_unit_test_cli_suggest_LDADD = $(cli_test_libraries)
tests_unit_test_cli_terminal_LDADD = $(cli_test_libraries)
tests_unit_test_cli_wrap_LDADD = $(cli_test_libraries)

script_tests += \
	tests/cli/cli_batch.sh \
	tests/cli/cli_bench.sh \
	tests/cli/cli_corpus.sh \
	tests/cli/cli_discovery.sh \
	tests/cli/cli_documents.sh \
	tests/cli/cli_help.sh \
	tests/cli/cli_index.sh \
	tests/cli/cli_output.sh \
	tests/cli/cli_queries.sh \
	tests/cli/cli_search.sh \
	tests/cli/cli_symbols.sh \
	tests/cli/cli_terminal.sh \
	tests/cli/examples.sh \
	tests/cli/readme.sh
EXTRA_DIST += \
	tests/cli/fixture.sh \
	tests/golden/cli_batch.txt \
	tests/golden/cli_documents.txt \
	tests/golden/cli_queries.txt \
	tests/golden/cli_search.txt \
	tests/golden/cli_timed.txt
