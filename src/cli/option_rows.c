#include "src/cli/option_rows.h"

#include <float.h>

#define AT(member) offsetof(struct cli_settings, member), sizeof(((struct cli_settings *)0)->member)

#define FLAG(letter, name, member, value, help) \
    {letter, name, NULL, help, CLI_OPTION_FLAG, AT(member), value, 0, 0, NULL}
#define VALUE(letter, name, what, kind, member, help) {letter, name, what, help, kind, AT(member), 0, 0, 0, NULL}
#define RANGE(name, what, kind, member, least, most, help) {0, name, what, help, kind, AT(member), 0, least, most, NULL}
#define CHOICE(name, what, member, first, choices, help) \
    {0, name, what, help, CLI_OPTION_CHOICE, AT(member), first, 0, 0, choices}
#define END {0, NULL, NULL, NULL, CLI_OPTION_FLAG, 0, 0, 0, 0, 0, NULL}

/* Each list in the order of the enum whose value is set. */
static const char *const colors[] = {"auto", "always", "never", NULL};
static const char *const sources[] = {"auto", "text", "markdown", "html", "jsonl", "tsv", "trec", NULL};
static const char *const stores[] = {"text", "none", NULL};
static const char *const formats[] = {"text", "json", "tsv", "ids", "trec", NULL};
static const char *const protocols[] = {"game", "timed", NULL};
static const char *const shells[] = {"bash", "zsh", "fish", NULL};
static const char *const stopwords[] = {"default", "none", "english", NULL};

/* ------------------------------------------------- what several have alike */

#define ROWS_ALL                                                                                              \
    CHOICE("color", "WHEN", color, 0, colors, "colour the output: `auto` (on a terminal), `always` or `never`"), \
    FLAG('h', "help", help, 1, "print a help text and end"),                                                    \
    FLAG('V', "version", version, 1, "print the version and end")

#define ROW_INDEX                                       \
    VALUE('i', "index", "DIR", CLI_OPTION_STRING, index, \
          "the index; else `$TRAWL_INDEX`, else the folder `.trawl` here or in the nearest parent that has one")

#define ROW_JSON(help) FLAG(0, "json", format, CLI_FORMAT_JSON, help)

#define ROW_WAIT FLAG(0, "wait", writer.wait, 1, "wait while another process writes to the index, instead of failing")

#define ROW_MEMORY \
    VALUE(0, "memory", "SIZE", CLI_OPTION_BYTES, writer.memory, "memory to work in, such as `2G` (`512M`)")

#define ROW_REORDER \
    FLAG(0, "no-reorder", writer.no_reorder, 1, "keep documents in the order in which they come: faster, but larger")

/* 0 threads: as many as processors. */
#define ROW_THREADS                                              \
    RANGE("threads", "N", CLI_OPTION_NUMBER, writer.threads, 0, 1024, \
          "work on N processors, 0 for all there are (0)")

#define ROW_QUERY_THREADS(name)                                            \
    RANGE(name, "N", CLI_OPTION_NUMBER, search.threads, 0, 1024,           \
          "work on a costly query on N processors, 0 for all there are; the answer is the same (1)")

/* How a query is read. */
#define ROWS_QUERY                                                                                                     \
    FLAG('F', "literal", search.literal, 1, "operators are ordinary text"),                                            \
    FLAG(0, "all", search.all, 1, "every word or group without a sign must match, as if it had a `+`"),                \
    FLAG(0, "strict", search.strict, 1, "a broken query fails with exit status 2 instead of being repaired"),          \
    CHOICE("stopwords", "LIST", search.stopwords, 0, stopwords,                                                        \
           "drop common words from lists of other words: `english`, `none` or `default`"),                             \
    RANGE("max-expansions", "N", CLI_OPTION_NUMBER, search.max_expansions, 1, 1e6,                                     \
          "a prefix stands for at most N terms, those in most documents (1024)"),                                      \
    RANGE("timeout", "MS", CLI_OPTION_NUMBER, timeout_ms, 0, 1e12, "give up after MS milliseconds, with exit status 2")

/* How documents are scored. */
#define ROWS_SCORE                                                    \
    RANGE("k1", "X", CLI_OPTION_FLOAT, search.k1, 0, FLT_MAX,         \
          "BM25's k1: how soon more of a word stops to help (0.9)"),  \
    RANGE("b", "X", CLI_OPTION_FLOAT, search.b, 0, 1, "BM25's b: how much long documents pay, 0 to 1 (0.4)")

/* ------------------------------------------------------------ the commands */

const struct cli_option_row option_rows_program[] = {ROW_INDEX, ROWS_ALL, END};

const struct cli_option_row option_rows_index[] = {
    ROW_INDEX,
    FLAG(0, "fresh", writer.fresh, 1, "build anew; the old content stays until the new takes its place"),
    CHOICE("format", "FORMAT", source.format, 0, sources,
           "what the files are: `text`, `markdown`, `html`, `jsonl`, `tsv`, `trec`; else told by extension or content "
           "(`auto`)"),
    VALUE(0, "language", "NAME", CLI_OPTION_STRING, writer.language,
          "stemmer for a new index: any Snowball language, or `none` (`english`)"),
    CHOICE("store", "WHAT", writer.store, 0, stores,
           "for a new index: `text` keeps the documents for `get` and snippets, `none` only their ids (`text`)"),
    FLAG(0, "no-positions", writer.positions, 0, "for a new index: smaller, but without phrases"),
    FLAG(0, "no-pairs", writer.pairs, 0, "for a new index: a little smaller, but phrases of common words take longer"),
    ROW_THREADS,
    ROW_MEMORY,
    VALUE(0, "max-document-size", "SIZE", CLI_OPTION_BYTES, writer.max_document_size, "skip larger documents (`64M`)"),
    FLAG(0, "strict", writer.strict, 1, "a bad document fails the whole command; nothing is changed"),
    FLAG(0, "no-ignore", source.no_ignore, 1, "do not heed `.gitignore` and `.ignore`"),
    FLAG(0, "hidden", source.hidden, 1, "take hidden files and folders too"),
    ROW_REORDER,
    ROW_WAIT,
    ROWS_ALL,
    END,
};

const struct cli_option_row option_rows_search[] = {
    ROW_INDEX,
    VALUE('n', "limit", "N", CLI_OPTION_LIMIT, search.limit, "show at most N documents, or `all` (10)"),
    RANGE("offset", "N", CLI_OPTION_NUMBER, search.offset, 0, 1e12, "leave out the first N (0)"),
    ROW_JSON("print one line of JSON; the same as `--format json`"),
    CHOICE("format", "FORMAT", format, CLI_FORMAT_TEXT, formats,
           "`text`, `json`, `tsv` (rank, score, id, title), `ids` or `trec` (`text`; with --batch `json`)"),
    FLAG('0', "null", nul, 1, "end each id or line with a NUL byte; the format is `ids` unless it is `tsv`"),
    VALUE(0, "run-name", "NAME", CLI_OPTION_STRING, run_name, "the last column of `trec` (`trawl`)"),
    VALUE(0, "fields", "NAMES", CLI_OPTION_NAMES, fields, "show these stored fields too; commas between the names"),
    RANGE("snippets", "N", CLI_OPTION_NUMBER, search.snippets, 0, 1000,
          "passages to show of each document, 0 for none (1)"),
    RANGE("snippet-length", "N", CLI_OPTION_NUMBER, search.snippet_length, 1, 1e6,
          "the length of a passage in characters (160)"),
    FLAG(0, "no-count", search.no_count, 1, "do not count all matches: faster, and the total may be a lower bound"),
    ROWS_SCORE,
    ROWS_QUERY,
    ROW_QUERY_THREADS("threads"),
    VALUE(0, "batch", "FILE", CLI_OPTION_STRING, batch, "answer each line of FILE (`-`: standard input) at once"),
    CHOICE("protocol", "NAME", protocol, CLI_PROTOCOL_GAME, protocols,
           "with --batch: lines are COMMAND, tab, QUERY; answers as `game` or `timed` want them"),
    ROWS_ALL,
    END,
};

const struct cli_option_row option_rows_count[] = {
    ROW_INDEX, ROW_JSON("print one line of JSON"), ROWS_QUERY, ROW_QUERY_THREADS("threads"), ROWS_ALL, END,
};

const struct cli_option_row option_rows_get[] = {
    ROW_INDEX, ROW_JSON("print the whole stored document as one line of JSON"), ROWS_ALL, END,
};

const struct cli_option_row option_rows_delete[] = {
    ROW_INDEX,
    VALUE(0, "query", "QUERY", CLI_OPTION_STRING, query, "delete all documents that match QUERY"),
    ROW_WAIT,
    ROWS_ALL,
    END,
};

const struct cli_option_row option_rows_merge[] = {ROW_INDEX, ROW_MEMORY, ROW_THREADS, ROW_REORDER, ROW_WAIT, ROWS_ALL, END};

const struct cli_option_row option_rows_stats[] = {
    ROW_INDEX,
    ROW_JSON("print one line of JSON"),
    FLAG(0, "sizes", sizes, 1, "show the bytes of each part of the index too"),
    ROWS_ALL,
    END,
};

const struct cli_option_row option_rows_terms[] = {
    ROW_INDEX,
    VALUE('n', "limit", "N", CLI_OPTION_LIMIT, terms_limit, "show at most N terms (`all`)"),
    VALUE(0, "field", "NAME", CLI_OPTION_STRING, field, "terms of this field instead of all text"),
    ROW_JSON("print each term as a line of JSON"),
    ROWS_ALL,
    END,
};

const struct cli_option_row option_rows_analyze[] = {
    ROW_INDEX,
    VALUE(0, "language", "NAME", CLI_OPTION_STRING, language, "analyse as an index of this language would"),
    ROW_JSON("print one line of JSON"),
    ROWS_ALL,
    END,
};

const struct cli_option_row option_rows_explain[] = {
    ROW_INDEX, ROW_JSON("print one line of JSON"), ROWS_SCORE, ROWS_QUERY, ROWS_ALL, END,
};

const struct cli_option_row option_rows_bench[] = {
    ROW_INDEX,
    VALUE(0, "commands", "NAMES", CLI_OPTION_NAMES, bench.commands,
          "what to ask of each query, commas between: `COUNT`, `TOP_n` or `TOP_n_COUNT` "
          "(`COUNT`, and n = 10, 100 with and without counting, and `TOP_1000`)"),
    RANGE("passes", "N", CLI_OPTION_NUMBER, bench.passes, 1, 1e6, "run all queries N times; each keeps its fastest time (5)"),
    RANGE("warm-up", "N", CLI_OPTION_NUMBER, bench.warm_up, 0, 1e6, "and N times before that, without measuring (1)"),
    VALUE('n', "limit", "N", CLI_OPTION_LIMIT, bench.limit, "take the first N queries of the file (`all`)"),
    FLAG(0, "by-tag", bench.by_tag, 1, "a row for every tag of a query, not for the first alone"),
    RANGE("threads", "N", CLI_OPTION_NUMBER, bench.threads, 1, 1024,
          "measure too how many queries a second N threads answer together"),
    ROW_QUERY_THREADS("query-threads"),
    VALUE(0, "compare", "FILE", CLI_OPTION_STRING, bench.compare,
          "compare with what an earlier run printed with --json; exit status 1 when answers differ"),
    VALUE(0, "show", "N", CLI_OPTION_LIMIT, bench.show, "at most N queries in the lists of slowest and changed ones, or `all` (20)"),
    ROW_JSON("print one line of JSON, with a result for every query"),
    VALUE(0, "html", "FILE", CLI_OPTION_STRING, bench.html, "write a page with charts of the times, too"),
    ROWS_SCORE,
    ROWS_QUERY,
    ROWS_ALL,
    END,
};

const struct cli_option_row option_rows_verify[] = {
    ROW_INDEX, ROW_JSON("print one line of JSON"), ROWS_ALL, END,
};

const struct cli_option_row option_rows_help[] = {
    CHOICE("completion", "SHELL", completion, CLI_SHELL_BASH, shells,
           "print the completions for `bash`, `zsh` or `fish`"),
    FLAG(0, "man", man, 1, "print the manual page, for man(1)"),
    ROWS_ALL,
    END,
};
