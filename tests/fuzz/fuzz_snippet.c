/* Snippets of any query over any texts: a byte for the length, one for the
 * count and language, a line for the query, one for the title, the rest is
 * the body. */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/snippet_laws.h"

/* The front of the input up to a line's end, or all of it. */
static void take_line(const uint8_t **line, size_t *line_length, const uint8_t **bytes, size_t *length)
{
    const uint8_t *newline = *length ? memchr(*bytes, '\n', *length) : NULL;
    *line = *bytes;
    *line_length = newline ? (size_t)(newline - *bytes) : *length;
    size_t taken = *line_length + (newline != NULL);
    *bytes += taken;
    *length -= taken;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const languages[] = {"english", "none", "french", "german", "russian", "turkish", "dutch", "porter"};
    struct query_fixture fixture;
    if (length < 2)
        return 0;
    if (fixture_init(&fixture, languages[bytes[1] / 4 % 8]))
        abort();
    struct snippet_field fields[2] = {{.name = "title", .number = 2}, {.name = "body", .number = 1}};
    struct snippet_case of = {.fixture = &fixture, .fields = fields, .field_count = 2};
    of.options = (struct snippet_options){.count = 1 + bytes[1] % 4u, .length = bytes[0] == 255 ? 100000 : bytes[0]};

    const uint8_t *query;
    size_t query_length;
    bytes += 2;
    length -= 2;
    take_line(&query, &query_length, &bytes, &length);
    take_line(&fields[0].text, &fields[0].length, &bytes, &length);
    fields[1].text = bytes;
    fields[1].length = length;
    const char *broken = fixture_parse(&fixture, query, query_length) ? NULL : snippet_laws(&of);
    if (broken) {
        fprintf(stderr, "%s\n", broken);
        abort();
    }
    fixture_release(&fixture);
    return 0;
}
