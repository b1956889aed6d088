#include "src/source/format.h"

#include <string.h>

static uint8_t lower(uint8_t byte)
{
    return (uint8_t)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
}

/* ------------------------------------------------------------------ names */

static int same_extension(const char *extension, size_t length, const char *lowered)
{
    if (strlen(lowered) != length)
        return 0;
    for (size_t i = 0; i < length; i++)
        if (lower((uint8_t)extension[i]) != (uint8_t)lowered[i])
            return 0;
    return 1;
}

/* The part of `name` behind its last dot, before *end; moves *end to the dot. */
static const char *last_extension(const char *name, const char **end)
{
    for (const char *dot = *end; dot > name; dot--) {
        if (dot[-1] != '.')
            continue;
        *end = dot - 1;
        return dot;
    }
    return NULL;
}

enum trawl_format format_of_name(const char *path)
{
    static const struct {
        char extension[10];
        enum trawl_format format;
    } known[] = {
        {"txt", TRAWL_FORMAT_TEXT}, {"text", TRAWL_FORMAT_TEXT},
        {"md", TRAWL_FORMAT_MARKDOWN}, {"markdown", TRAWL_FORMAT_MARKDOWN}, {"mkd", TRAWL_FORMAT_MARKDOWN},
        {"mdown", TRAWL_FORMAT_MARKDOWN},
        {"html", TRAWL_FORMAT_HTML}, {"htm", TRAWL_FORMAT_HTML}, {"xhtml", TRAWL_FORMAT_HTML}, {"shtml", TRAWL_FORMAT_HTML},
        {"jsonl", TRAWL_FORMAT_JSONL}, {"ndjson", TRAWL_FORMAT_JSONL},
        {"tsv", TRAWL_FORMAT_TSV},
        {"trec", TRAWL_FORMAT_TREC},
    };
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path, *end = name + strlen(name);
    const char *behind = end, *extension = last_extension(name, &end);
    if (extension && same_extension(extension, (size_t)(behind - extension), "gz")) {
        behind = end;
        extension = last_extension(name, &end);
    }
    for (size_t i = 0; extension && i < sizeof known / sizeof *known; i++)
        if (same_extension(extension, (size_t)(behind - extension), known[i].extension))
            return known[i].format;
    return TRAWL_FORMAT_AUTO;
}

int format_is_whole_file(enum trawl_format format)
{
    return format != TRAWL_FORMAT_JSONL && format != TRAWL_FORMAT_TSV && format != TRAWL_FORMAT_TREC;
}

/* ---------------------------------------------------------------- content */

static size_t skip_white(const uint8_t *bytes, size_t at, size_t length)
{
    while (at < length && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r')))
        at++;
    return at;
}

static int begins_with(const uint8_t *bytes, size_t length, const char *lowered)
{
    for (size_t i = 0; lowered[i]; i++)
        if (i == length || lower(bytes[i]) != (uint8_t)lowered[i])
            return 0;
    return 1;
}

static const uint8_t *find(const uint8_t *bytes, size_t length, const char *lowered)
{
    for (size_t i = 0; i < length; i++)
        if (begins_with(bytes + i, length - i, lowered))
            return bytes + i;
    return NULL;
}

/* A doctype or <html>, perhaps behind an XML declaration and comments. */
static int is_html(const uint8_t *bytes, size_t length)
{
    for (;;) {
        const int is_comment = begins_with(bytes, length, "<!--");
        if (!is_comment && !begins_with(bytes, length, "<?xml"))
            break;
        const uint8_t *end = find(bytes, length, is_comment ? "-->" : "?>");
        if (!end)
            return 0;
        const size_t at = skip_white(bytes, (size_t)(end - bytes) + (is_comment ? 3 : 2), length);
        bytes += at;
        length -= at;
    }
    return begins_with(bytes, length, "<!doctype html") || begins_with(bytes, length, "<html");
}

/* The first line begins an object and, if it ends here, ends it too: what was
 * laid out over several lines is text, not JSON Lines. */
static int is_jsonl(const uint8_t *bytes, size_t length)
{
    const size_t key = length && bytes[0] == '{' ? skip_white(bytes, 1, length) : length;
    const uint8_t *end = memchr(bytes, '\n', length);
    if (key == length || (bytes[key] != '"' && bytes[key] != '}') || (end && bytes + key > end))
        return 0;
    if (!end)
        return 1;
    while (end > bytes && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        end--;
    return end[-1] == '}';
}

static int is_trec(const uint8_t *bytes, size_t length)
{
    return begins_with(bytes, length, "<doc>") && find(bytes, length, "<docno>");
}

enum trawl_format format_of_content(const uint8_t *bytes, size_t length)
{
    const size_t at = skip_white(bytes, 0, length);
    bytes += at;
    length -= at;
    if (is_html(bytes, length))
        return TRAWL_FORMAT_HTML;
    if (is_jsonl(bytes, length))
        return TRAWL_FORMAT_JSONL;
    return is_trec(bytes, length) ? TRAWL_FORMAT_TREC : TRAWL_FORMAT_TEXT;
}

int format_is_binary(const uint8_t *bytes, size_t length)
{
    return memchr(bytes, '\0', length) != NULL || (length >= 5 && memcmp(bytes, "%PDF-", 5) == 0);
}
