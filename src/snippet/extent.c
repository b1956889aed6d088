#include "src/snippet/extent.h"

#include "src/snippet/sentences.h"
#include "src/text/tokenizer.h"
#include "src/text/utf8.h"
#include "src/text/wordtraits.h"

/* How far back from a cut white space is looked for, in bytes; scripts without it have other edges. */
enum { NEAR_SPACE = 40 };

/* ----------------------------------------------------------------- characters */

/* Marks stay with the letter before them. */
static int is_inside_character(const struct span_text *text, size_t at)
{
    uint32_t character;
    if (at == 0 || at >= text->length)
        return 0;
    utf8_decode(&character, text->bytes + at, text->length - at);
    return (word_traits(character) & TRAITS_IGNORED) != 0;
}

/* The edge of a character with its marks at `at` or before; `from` when that goes on forever. */
static size_t whole_before(const struct span_text *text, size_t from, size_t at)
{
    size_t edge = at;
    while (edge > from && is_inside_character(text, edge))
        edge = character_before(text, edge);
    return edge > from ? edge : at;
}

static size_t whole_after(const struct span_text *text, size_t at, size_t to)
{
    while (at < to && is_inside_character(text, at))
        at += character_at(text, at);
    return at;
}

/* ---------------------------------------------------------------------- words */

/* Where the first word at or behind `from` starts that does not start right at
 * it, where it may be cut; `to` when there is none. */
static size_t next_word_start(const struct span_text *text, size_t from, size_t to)
{
    struct tokenizer tokenizer;
    struct surface surface;
    tokenizer_init(&tokenizer, text->bytes + from, to - from);
    while (tokenizer_next(&tokenizer, &surface))
        if (surface.bytes > text->bytes + from)
            return (size_t)(surface.bytes - text->bytes);
    return to;
}

/* A start for a passage at `from` or a little later, before `to`. */
static size_t word_start(const struct span_text *text, size_t low, size_t from, size_t to)
{
    if (from == low || space_at(text, character_before(text, from)))
        return spaces_after(text, from, to);
    size_t most = to - from > NEAR_SPACE ? from + NEAR_SPACE : to;
    for (size_t at = from; at < most; at += character_at(text, at))
        if (space_at(text, at))
            return spaces_after(text, at, to);
    size_t start = next_word_start(text, from, to);
    return start < to ? start : spaces_after(text, whole_after(text, from, to), to);
}

/* The end of the last word of [from, to) that the cut at `to` leaves whole; 0: there is none. */
static size_t last_word_end(const struct span_text *text, size_t from, size_t to)
{
    struct tokenizer tokenizer;
    struct surface surface;
    size_t end = 0, room = text->length - to < TOKEN_MAX_BYTES ? text->length - to : TOKEN_MAX_BYTES;
    tokenizer_init(&tokenizer, text->bytes + from, to + room - from);
    while (tokenizer_next(&tokenizer, &surface)) {
        size_t word_end = (size_t)(surface.bytes - text->bytes) + surface.length;
        if (word_end > to)
            break;
        end = word_end;
    }
    return end;
}

/* An end for a passage at `to` or a little before, behind `from`. */
static size_t word_end(const struct span_text *text, size_t from, size_t to, size_t high)
{
    if (to == high || space_at(text, to))
        return spaces_before(text, from, to);
    size_t least = to - from > NEAR_SPACE ? to - NEAR_SPACE : from;
    for (size_t at = to; at > least;) {
        size_t before = character_before(text, at);
        if (space_at(text, before))
            return spaces_before(text, from, at);
        at = before;
    }
    size_t end = last_word_end(text, from, to);
    return end > from ? end : spaces_before(text, from, whole_before(text, from, to));
}

/* ------------------------------------------------------------------ sentences */

/* The start of the sentence that `core` is in, when it is not before `from`;
 * else `core` + 1. The end of the sentence before may lie a little further back. */
static size_t sentence_start(const struct span_text *text, size_t low, size_t from, size_t core)
{
    size_t start = from == low ? spaces_after(text, low, core) : core + 1;
    size_t end, next;
    for (size_t at = shown_start(text, low, from, 4); at < core && sentence_find_end(&end, &next, text, at, core); at = next)
        if (next >= from)
            start = next;
    return start;
}

/* The last end of a sentence in (from, to]; 0: there is none. */
static size_t sentence_end(const struct span_text *text, size_t from, size_t to)
{
    size_t last = 0, end, next;
    for (size_t at = from; at < to && sentence_find_end(&end, &next, text, at, to); at = next)
        last = spaces_before(text, from, end);
    return last;
}

/* -------------------------------------------------------------------- both ways */

/* A passage starts with the sentence when that leaves a third of the room for
 * what follows; else at a word, with a third of the room before the core. */
static size_t start_before(const struct span_text *text, size_t low, size_t core, size_t room)
{
    size_t most = shown_start(text, low, core, room * 2 / 3);
    size_t start = sentence_start(text, low, most, core);
    if (start <= core)
        return start;
    return word_start(text, low, shown_start(text, low, core, room / 3), core);
}

/* It ends with a sentence when that wastes no more than half of the room. */
static size_t end_after(const struct span_text *text, size_t core, size_t high, size_t room)
{
    size_t most = shown_end(text, core, high, room);
    if (most == high)
        return spaces_before(text, core, high);
    size_t end = sentence_end(text, core, most);
    if (end > core && shown_length(text, core, end, room) >= room / 2)
        return end;
    return word_end(text, core, most, high);
}

/* When the text ends before the passage is full, the rest goes to its front. */
static size_t start_earlier(const struct span_text *text, size_t low, size_t start, size_t room)
{
    size_t most = shown_start(text, low, start, room), end, next;
    if (most > low && sentence_find_end(&end, &next, text, most, start) && next < start)
        return next;
    size_t earlier = word_start(text, low, most, start);
    return earlier < start ? earlier : start;
}

struct extent extent_around(const struct span_text *text, struct extent bounds, struct extent core, size_t length)
{
    size_t used = shown_length(text, core.start, core.end, length);
    if (used >= length)
        return (struct extent){core.start, word_end(text, core.start, shown_end(text, core.start, core.end, length), core.end)};
    size_t start = start_before(text, bounds.start, core.start, length - used);
    used = shown_length(text, start, core.end, length);
    size_t end = end_after(text, core.end, bounds.end, length - used);

    used = shown_length(text, start, end, length);
    if (start > bounds.start && used < length && end >= spaces_before(text, core.end, bounds.end))
        start = start_earlier(text, bounds.start, start, length - used);
    return (struct extent){start, end};
}
