#include "src/snippet/spaces.h"

#include "src/query/blanks.h"
#include "src/text/utf8.h"

/* Other control characters are text: whoever prints a passage escapes them. */
size_t space_at(const struct span_text *text, size_t at)
{
    uint8_t byte = text->bytes[at];
    if (byte < 0x80)
        return byte == ' ' || (byte >= '\t' && byte <= '\r');
    return blank_length(text->bytes + at, text->length - at);
}

size_t character_at(const struct span_text *text, size_t at)
{
    uint32_t character;
    return utf8_decode(&character, text->bytes + at, text->length - at);
}

size_t character_before(const struct span_text *text, size_t at)
{
    /* A sound character is at most four bytes; damage counts byte by byte. */
    for (size_t back = 2; back <= 4 && back <= at; back++)
        if (text->bytes[at - 1] >= 0x80 && character_at(text, at - back) == back)
            return at - back;
    return at - 1;
}

size_t spaces_before(const struct span_text *text, size_t from, size_t to)
{
    while (to > from) {
        size_t before = character_before(text, to);
        if (before < from || !space_at(text, before))
            break;
        to = before;
    }
    return to;
}

size_t spaces_after(const struct span_text *text, size_t from, size_t to)
{
    while (from < to) {
        size_t space = space_at(text, from);
        if (!space || space > to - from)
            break;
        from += space;
    }
    return from;
}

/* One character shown on from `at`, not past `to`. Most are ASCII. */
static inline size_t shown_step(const struct span_text *text, size_t at, size_t to)
{
    if (text->bytes[at] > ' ' && text->bytes[at] < 0x80)
        return at + 1;
    size_t after = spaces_after(text, at, to);
    return after > at ? after : at + character_at(text, at);
}

size_t shown_length(const struct span_text *text, size_t from, size_t to, size_t most)
{
    size_t count = 0;
    for (; from < to && count <= most; count++)
        from = shown_step(text, from, to);
    return count;
}

size_t shown_end(const struct span_text *text, size_t from, size_t to, size_t most)
{
    for (size_t count = 0; from < to && count < most; count++) {
        size_t after = shown_step(text, from, to);
        if (after > to)
            break;
        from = after;
    }
    return from;
}

size_t shown_start(const struct span_text *text, size_t from, size_t to, size_t most)
{
    for (size_t count = 0; to > from && count < most; count++) {
        size_t before = spaces_before(text, from, to);
        if (before == to)
            before = character_before(text, to);
        if (before < from)
            break;
        to = before;
    }
    return to;
}
