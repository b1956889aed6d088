#include "src/source/format.h"

#include <string.h>

#include "tests/unit/tap.h"

static void names_tell(void)
{
    static const struct {
        const char *path;
        enum trawl_format format;
    } rows[] = {
        {"a.txt", TRAWL_FORMAT_TEXT}, {"a/b.c/d.TXT", TRAWL_FORMAT_TEXT}, {"a.md", TRAWL_FORMAT_MARKDOWN},
        {"README.markdown", TRAWL_FORMAT_MARKDOWN}, {"x.html", TRAWL_FORMAT_HTML}, {"x.HTM", TRAWL_FORMAT_HTML},
        {"x.jsonl", TRAWL_FORMAT_JSONL}, {"x.ndjson", TRAWL_FORMAT_JSONL}, {"x.tsv", TRAWL_FORMAT_TSV},
        {"x.trec", TRAWL_FORMAT_TREC}, {"x.jsonl.gz", TRAWL_FORMAT_JSONL}, {"x.html.GZ", TRAWL_FORMAT_HTML},
        {"x.gz", TRAWL_FORMAT_AUTO}, {"gz", TRAWL_FORMAT_AUTO}, {"x", TRAWL_FORMAT_AUTO}, {"", TRAWL_FORMAT_AUTO},
        {"-", TRAWL_FORMAT_AUTO}, {"x.c", TRAWL_FORMAT_AUTO}, {"x.json", TRAWL_FORMAT_AUTO}, {"x.md.bak", TRAWL_FORMAT_AUTO},
        {"a.txt/b", TRAWL_FORMAT_AUTO}, {"x.", TRAWL_FORMAT_AUTO}, {"x.tx", TRAWL_FORMAT_AUTO}, {"x.txtt", TRAWL_FORMAT_AUTO},
        {".txt", TRAWL_FORMAT_TEXT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_THAT(format_of_name(rows[i].path) == rows[i].format, "%s: %d", rows[i].path, (int)format_of_name(rows[i].path));
}

static void beginnings_tell(void)
{
    static const struct {
        const char *text;
        enum trawl_format format;
    } rows[] = {
        {"", TRAWL_FORMAT_TEXT}, {"\n \n", TRAWL_FORMAT_TEXT}, {"Dear reader", TRAWL_FORMAT_TEXT},
        {"<!DOCTYPE html>", TRAWL_FORMAT_HTML}, {"\n\n  <!doctype HTML PUBLIC", TRAWL_FORMAT_HTML},
        {"<html lang=en>", TRAWL_FORMAT_HTML}, {"<!-- saved --><HTML>", TRAWL_FORMAT_HTML},
        {"<?xml version='1.0'?>\n<!-- a --> <!-- b --><html>", TRAWL_FORMAT_HTML}, {"<?xml version='1.0'?><svg>", TRAWL_FORMAT_TEXT},
        {"<!-- never closed <html>", TRAWL_FORMAT_TEXT}, {"<p>", TRAWL_FORMAT_TEXT}, {"<!doctype book>", TRAWL_FORMAT_TEXT},
        {"{\"id\":1}\n{", TRAWL_FORMAT_JSONL}, {"{\"id\":1}", TRAWL_FORMAT_JSONL}, {"  { \"id\":1}  \r\n", TRAWL_FORMAT_JSONL},
        {"{}\n", TRAWL_FORMAT_JSONL}, {"{\"a line that does not end in what we see", TRAWL_FORMAT_JSONL},
        {"{\n  \"name\": \"laid out\"\n}\n", TRAWL_FORMAT_TEXT}, {"{\"a\": [\n1]}\n", TRAWL_FORMAT_TEXT},
        {"{", TRAWL_FORMAT_TEXT}, {"{ code }", TRAWL_FORMAT_TEXT}, {"[{\"id\":1}]", TRAWL_FORMAT_TEXT},
        {"<DOC>\n<DOCNO>1</DOCNO>", TRAWL_FORMAT_TREC}, {"<doc><docno>1", TRAWL_FORMAT_TREC}, {"<doc>text", TRAWL_FORMAT_TEXT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const enum trawl_format found = format_of_content((const uint8_t *)rows[i].text, strlen(rows[i].text));
        CHECK_THAT(found == rows[i].format, "%s: %d", rows[i].text, (int)found);
    }
}

static void nuls_are_binary(void)
{
    CHECK(!format_is_binary((const uint8_t *)"", 0));
    CHECK(!format_is_binary((const uint8_t *)"text\x01\xff", 6));
    CHECK(format_is_binary((const uint8_t *)"text\0", 5));
    CHECK(format_is_binary((const uint8_t *)"%PDF-1.4", 8));
    CHECK(!format_is_binary((const uint8_t *)"%PDF", 4));
}

static void some_formats_are_one_document(void)
{
    CHECK(format_is_whole_file(TRAWL_FORMAT_TEXT) && format_is_whole_file(TRAWL_FORMAT_HTML));
    CHECK(format_is_whole_file(TRAWL_FORMAT_MARKDOWN) && format_is_whole_file(TRAWL_FORMAT_AUTO));
    CHECK(!format_is_whole_file(TRAWL_FORMAT_JSONL) && !format_is_whole_file(TRAWL_FORMAT_TSV));
    CHECK(!format_is_whole_file(TRAWL_FORMAT_TREC));
}

TAP_MAIN("format", TAP_CASE(names_tell), TAP_CASE(beginnings_tell), TAP_CASE(nuls_are_binary),
         TAP_CASE(some_formats_are_one_document))
