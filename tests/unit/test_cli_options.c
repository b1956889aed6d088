#include "src/cli/cli_options.h"

#include <string.h>

#include "src/cli/cli_format.h"
#include "src/cli/option_rows.h"
#include "tests/unit/tap.h"

enum { WORDS_MOST = 12 };

/* One parse: words in copies of their own, as a name list is parted in place. */
struct parsed {
    struct cli_settings settings;
    char copies[WORDS_MOST][64];
    char *argv[WORDS_MOST], *operand_words[WORDS_MOST];
    struct cli_operands operands;
    int end;
};

static void parse(struct parsed *parsed, const struct cli_option_row *rows, int stop_at_operand, const char *line)
{
    int argc = 1;
    *parsed = (struct parsed){.operands.words = parsed->operand_words};
    cli_settings_init(&parsed->settings);
    for (const char *at = line; *at && argc < WORDS_MOST; argc++) {
        const size_t length = strcspn(at, "|");
        memcpy(parsed->copies[argc], at, length);
        parsed->argv[argc] = parsed->copies[argc];
        at += length + (at[length] == '|');
    }
    parsed->end = cli_options_parse(&parsed->settings, &parsed->operands, rows, argc, parsed->argv, 1, stop_at_operand, "trawl search");
}

static void all_ways_of_writing(void)
{
    struct parsed parsed;
    parse(&parsed, option_rows_search, 0, "fog|-n|5|--offset=3|bank|-F0|--k1|0.5|--|-x|--y");
    CHECK_INT(parsed.end, 12);
    CHECK_UINT(parsed.settings.search.limit, 5);
    CHECK_UINT(parsed.settings.search.offset, 3);
    CHECK_INT(parsed.settings.search.literal, 1);
    CHECK_INT(parsed.settings.nul, 1);
    CHECK_DOUBLE((double)parsed.settings.search.k1, 0.5, 0);
    REQUIRE_UINT(parsed.operands.count, 4);
    CHECK_STRING(parsed.operands.words[0], "fog");
    CHECK_STRING(parsed.operands.words[1], "bank");
    CHECK_STRING(parsed.operands.words[2], "-x");
    CHECK_STRING(parsed.operands.words[3], "--y");
    cli_settings_release(&parsed.settings);
}

static void values_may_be_attached(void)
{
    struct parsed parsed;
    parse(&parsed, option_rows_search, 0, "-Fn7|-iindex|-nall|-");
    CHECK_INT(parsed.settings.search.literal, 1);
    CHECK(parsed.settings.search.limit == SIZE_MAX);
    CHECK_STRING(parsed.settings.index, "index");
    REQUIRE_UINT(parsed.operands.count, 1);
    CHECK_STRING(parsed.operands.words[0], "-");
    cli_settings_release(&parsed.settings);
}

static void choices_and_names(void)
{
    struct parsed parsed;
    parse(&parsed, option_rows_search, 0, "--format=trec|--color|never|--stopwords|english|--fields|a,b|--fields=c");
    CHECK_INT(parsed.settings.format, CLI_FORMAT_TREC);
    CHECK_INT(parsed.settings.color, CLI_COLOR_NEVER);
    CHECK_INT(parsed.settings.search.stopwords, TRAWL_STOPWORDS_ENGLISH);
    REQUIRE_UINT(parsed.settings.fields.count, 3);
    CHECK_STRING(parsed.settings.fields.names[1], "b");
    CHECK_STRING(parsed.settings.fields.names[2], "c");
    cli_settings_release(&parsed.settings);
    parse(&parsed, option_rows_index, 0, "--format|html|--store=none|--no-positions|--memory|2G|--threads|3|--json");
    CHECK_INT(parsed.end, -1); /* index has no --json */
    CHECK_INT(parsed.settings.source.format, TRAWL_FORMAT_HTML);
    CHECK_INT(parsed.settings.writer.store, TRAWL_STORE_NONE);
    CHECK_INT(parsed.settings.writer.positions, 0);
    CHECK_UINT(parsed.settings.writer.memory, UINT64_C(2) << 30);
    CHECK_UINT(parsed.settings.writer.threads, 3);
}

static void the_program_stops_at_its_command(void)
{
    struct parsed parsed;
    parse(&parsed, option_rows_program, 1, "-i|x|search|-i|y");
    CHECK_INT(parsed.end, 3);
    CHECK_STRING(parsed.settings.index, "x");
    CHECK_UINT(parsed.operands.count, 0);
}

static void wrong_words_are_refused(void)
{
    static const char *const lines[] = {
        "--nope",          "-x",           "--limit",        "--limit=",      "--limit=-1",     "--limit|5x",   "--json=yes",
        "--format=xml",    "--b=1.5",      "--k1=-1",        "--k1=nan",      "--color|blue",   "--snippets=x", "--fields=a,,b",
        "--timeout=1e3",   "-Fx",          "--limi=3",       "-n",            "---",            "--offset=all", "--max-expansions=0",
    };
    struct parsed parsed;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        parse(&parsed, option_rows_search, 0, lines[i]);
        CHECK_THAT(parsed.end < 0, "'%s' was taken", lines[i]);
        cli_settings_release(&parsed.settings);
    }
}

/* Names and letters are unique in each list, and each row says what it is for. */
static void rows_are_well_formed(void)
{
    static const struct cli_option_row *const lists[] = {
        option_rows_program, option_rows_index, option_rows_search, option_rows_count,   option_rows_get,
        option_rows_delete,  option_rows_merge, option_rows_stats,  option_rows_terms,   option_rows_analyze,
        option_rows_explain, option_rows_verify, option_rows_help,
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (const struct cli_option_row *row = lists[i]; row->name; row++) {
            CHECK_THAT(row->help && *row->help, "--%s has no help", row->name);
            CHECK_THAT((row->kind == CLI_OPTION_FLAG) == !row->value, "--%s: a flag has no value", row->name);
            CHECK_THAT((row->kind == CLI_OPTION_CHOICE) == (row->choices != NULL), "--%s: choices", row->name);
            for (const struct cli_option_row *other = lists[i]; other < row; other++)
                CHECK_THAT(strcmp(other->name, row->name) && (!row->letter || other->letter != row->letter),
                           "list %zu: --%s and --%s collide", i, other->name, row->name);
        }
}

TAP_MAIN("cli_options", TAP_CASE(all_ways_of_writing), TAP_CASE(values_may_be_attached), TAP_CASE(choices_and_names),
         TAP_CASE(the_program_stops_at_its_command), TAP_CASE(wrong_words_are_refused), TAP_CASE(rows_are_well_formed))
