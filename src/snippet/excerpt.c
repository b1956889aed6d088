#include "src/snippet/excerpt.h"

#include <stdlib.h>
#include <string.h>

#include "src/snippet/spaces.h"
#include "src/util/error.h"

/* What is marked, in bytes of the whole text. */
struct marks {
    struct piece *pieces;
    size_t count;
};

/* ---------------------------------------------------------------------- marks */

/* A match that does not fit is marked where it is cut; others show whole or not at all. */
static int is_shown(const struct match *match, struct extent extent)
{
    if (match->start < extent.start || match->start >= extent.end)
        return 0;
    return match->end <= extent.end || match->start == extent.start;
}

static void add_piece(struct marks *marks, struct piece piece, struct extent extent)
{
    if (piece.start >= extent.end)
        return;
    piece.end = piece.end < extent.end ? piece.end : extent.end;
    marks->pieces[marks->count++] = piece;
}

static void add_match(struct marks *marks, const struct match *match, const struct match_list *list, struct extent extent)
{
    if (match->pieces == 1) {
        add_piece(marks, (struct piece){match->start, match->end}, extent);
        return;
    }
    for (uint32_t i = 0; i < match->pieces; i++)
        add_piece(marks, list->pieces[match->first_piece + i], extent);
}

static int by_start(const void *a, const void *b)
{
    const struct piece *left = a, *right = b;
    return left->start < right->start ? -1 : left->start > right->start;
}

/* Those that overlap or touch become one. */
static void join(struct marks *marks)
{
    size_t joined = 0;
    if (marks->count == 0)
        return;
    qsort(marks->pieces, marks->count, sizeof *marks->pieces, by_start);
    for (size_t i = 1; i < marks->count; i++) {
        struct piece *last = &marks->pieces[joined];
        if (marks->pieces[i].start > last->end)
            marks->pieces[++joined] = marks->pieces[i];
        else if (marks->pieces[i].end > last->end)
            last->end = marks->pieces[i].end;
    }
    marks->count = joined + 1;
}

static int collect(struct marks *marks, const struct match_list *list, size_t first, size_t end, struct extent extent,
                   struct arena *scratch)
{
    size_t most = 0;
    for (size_t i = first; i < end; i++)
        most += is_shown(&list->matches[i], extent) ? list->matches[i].pieces : 0;
    *marks = (struct marks){.pieces = arena_alloc_zero(scratch, most, sizeof *marks->pieces)};
    if (!marks->pieces)
        return TRAWL_ERROR_MEMORY;
    for (size_t i = first; i < end; i++)
        if (is_shown(&list->matches[i], extent))
            add_match(marks, &list->matches[i], list, extent);
    join(marks);
    return 0;
}

/* ----------------------------------------------------------------------- text */

/* Copies [from, to) behind the snippet's text. */
static void append_folded(struct snippet *snippet, const struct span_text *text, size_t from, size_t to)
{
    while (from < to) {
        size_t after = spaces_after(text, from, to);
        if (after > from)
            snippet->text[snippet->length++] = ' ';
        for (from = after; from < to && !space_at(text, from);) {
            size_t bytes = character_at(text, from);
            bytes = bytes < to - from ? bytes : to - from;
            memcpy(snippet->text + snippet->length, text->bytes + from, bytes);
            snippet->length += bytes;
            from += bytes;
        }
    }
}

static int has_text(const struct span_text *text, size_t from, size_t to)
{
    return spaces_after(text, from, to) < to;
}

int excerpt_make(struct snippet *snippet, const struct snippet_field *field, struct extent extent,
                 const struct match_list *list, size_t first, size_t end, struct arena *arena, struct arena *scratch,
                 struct trawl_error *error)
{
    const struct span_text text = {field->text, field->length};
    struct marks marks;
    if (collect(&marks, list, first, end, extent, scratch))
        return error_memory(error);
    *snippet = (struct snippet){.field = field->name};
    snippet->text = arena_alloc(arena, extent.end - extent.start + 1);
    snippet->spans = arena_alloc_zero(arena, marks.count, sizeof *snippet->spans);
    if (!snippet->text || !snippet->spans)
        return error_memory(error);

    size_t at = extent.start;
    for (size_t i = 0; i < marks.count; i++) {
        append_folded(snippet, &text, at, marks.pieces[i].start);
        snippet->spans[i][0] = snippet->length;
        append_folded(snippet, &text, marks.pieces[i].start, marks.pieces[i].end);
        snippet->spans[i][1] = snippet->length;
        at = marks.pieces[i].end;
    }
    append_folded(snippet, &text, at, extent.end);
    snippet->text[snippet->length] = '\0';
    snippet->span_count = marks.count;
    snippet->starts_inside = has_text(&text, 0, extent.start);
    snippet->ends_inside = has_text(&text, extent.end, text.length);
    return 0;
}
