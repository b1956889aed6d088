/* Documents of every format, from golden files: NAME.in gives NAME.txt. With
 * TRAWL_GOLDEN=write in the environment the .txt files are written instead. */
#include <fcntl.h>
#include <unistd.h>

#include "tests/golden/golden.h"
#include "tests/unit/source_dump.h"
#include "tests/unit/tap.h"

/* The inputs are read from inside their folder, so that ids do not hold the way to it. */
static int dump_golden(struct buffer *out, const char *name, enum trawl_format format, struct trawl_error *error)
{
    const struct source_options options = {.format = format, .max_document_size = 1 << 20};
    const int here = open(".", O_RDONLY | O_DIRECTORY);
    REQUIRE(here >= 0 && chdir(tap_source_path("tests/golden")) == 0);
    const int status = dump_source(out, &name, 1, &options, error);
    REQUIRE(fchdir(here) == 0);
    close(here);
    return status;
}

static void write_golden(const char *path, const struct buffer *made)
{
    FILE *file = fopen(path, "wb");
    REQUIRE(file);
    fwrite(made->bytes, 1, made->length, file);
    fclose(file);
}

static void check(const char *name, enum trawl_format format)
{
    char input[64], expected_path[64];
    struct buffer made, expected;
    struct trawl_error error = {0};
    buffer_init(&made);
    buffer_init(&expected);
    snprintf(input, sizeof input, "%s.in", name);
    snprintf(expected_path, sizeof expected_path, "tests/golden/%s.txt", name);
    CHECK_OK(dump_golden(&made, input, format, &error), &error);
    const char *mode = getenv("TRAWL_GOLDEN");
    if (mode && strcmp(mode, "write") == 0)
        write_golden(tap_source_path(expected_path), &made);
    CHECK_THAT(golden_read(&expected, tap_source_path(expected_path)) == 0, "cannot read %s", expected_path);
    buffer_string(&made);
    buffer_string(&expected);
    golden_compare(expected_path, &expected, &made);
    buffer_release(&made);
    buffer_release(&expected);
}

static void json_lines(void)
{
    check("source_jsonl", TRAWL_FORMAT_JSONL);
}

static void tsv(void)
{
    check("source_tsv", TRAWL_FORMAT_TSV);
}

static void trec(void)
{
    check("source_trec", TRAWL_FORMAT_TREC);
}

static void text(void)
{
    check("source_text", TRAWL_FORMAT_TEXT);
}

static void markdown(void)
{
    check("source_markdown", TRAWL_FORMAT_MARKDOWN);
    check("source_heading", TRAWL_FORMAT_MARKDOWN);
    check("source_ruler", TRAWL_FORMAT_MARKDOWN);
}

static void html(void)
{
    check("source_html", TRAWL_FORMAT_HTML);
    check("source_fragment", TRAWL_FORMAT_HTML);
}

static void html_in_other_character_sets(void)
{
    check("source_latin1", TRAWL_FORMAT_HTML);
    check("source_damaged", TRAWL_FORMAT_HTML);
}

TAP_MAIN("source golden", TAP_CASE(json_lines), TAP_CASE(tsv), TAP_CASE(trec), TAP_CASE(text), TAP_CASE(markdown), TAP_CASE(html),
         TAP_CASE(html_in_other_character_sets))
