#include "src/snippet/snippet.h"

#include <string.h>

#include "index/format/meta.h"
#include "src/snippet/excerpt.h"
#include "src/snippet/passage.h"
#include "src/snippet/scan.h"
#include "src/snippet/wanted.h"
#include "src/util/error.h"

/* The steps:
 *
 *     query   -> wanted words             wanted
 *     texts   -> matches, in one pass     scan, occurrences
 *     matches -> windows -> passages      passage, extent, sentences
 *     passage -> folded text and spans    excerpt, spaces
 */

enum { LONGEST = 1 << 20 };

struct maker {
    const struct snippet_field *fields;
    size_t field_count;
    const struct snippet_options *options;
    struct arena *arena;
    struct arena scratch;
    struct wanted wanted;
    struct passages passages;
    size_t *first_match; /* [field_count + 1] by field in order of preference */
    uint32_t *order;     /* [field_count] fields in that order */
    struct trawl_error *error;
};

/* --------------------------------------------------------------------- fields */

static int is_title(const struct snippet_field *field)
{
    return strcmp(field->name, "title") == 0;
}

static int has_text(const struct snippet_field *field)
{
    const struct span_text text = {field->text, field->length};
    return spaces_after(&text, 0, field->length) < field->length;
}

/* The body first, the title last. */
enum { RANK_TITLE = 2 };

static int rank_of(const struct snippet_field *field)
{
    return field->number == FIELD_BODY ? 0 : is_title(field) ? RANK_TITLE : 1;
}

static int order_fields(struct maker *maker)
{
    size_t used = 0;
    maker->order = arena_alloc_zero(&maker->scratch, maker->field_count, sizeof *maker->order);
    maker->first_match = arena_alloc_zero(&maker->scratch, maker->field_count + 1, sizeof *maker->first_match);
    if (!maker->order || !maker->first_match)
        return TRAWL_ERROR_MEMORY;
    for (int rank = 0; rank <= RANK_TITLE; rank++)
        for (size_t i = 0; i < maker->field_count; i++)
            if (rank_of(&maker->fields[i]) == rank && has_text(&maker->fields[i]))
                maker->order[used++] = (uint32_t)i;
    maker->field_count = used;
    return 0;
}

static int has_body(const struct maker *maker)
{
    return maker->field_count > 0 && rank_of(&maker->fields[maker->order[0]]) == 0;
}

/* A title is shown with its document anyhow: beside a body it is looked at when nothing else matches. */
static int scan_fields(struct maker *maker)
{
    struct passages *passages = &maker->passages;
    for (size_t i = 0; i < maker->field_count; i++) {
        size_t from = passages->matches.count;
        uint32_t field = maker->order[i];
        maker->first_match[i] = from;
        if (from > 0 && has_body(maker) && is_title(&maker->fields[field]))
            continue;
        int status = scan_text(&passages->matches, &maker->wanted, &maker->fields[field], maker->error);
        if (status)
            return status;
        if (passages_add(passages, field, from))
            return error_memory(maker->error);
    }
    maker->first_match[maker->field_count] = passages->matches.count;
    return passages_prepare(passages) ? error_memory(maker->error) : 0;
}

/* ------------------------------------------------------------------- snippets */

static int make_one(struct snippet *snippet, struct maker *maker, const struct passage *passage)
{
    size_t i = 0;
    while (maker->order[i] != passage->field)
        i++;
    return excerpt_make(snippet, &maker->fields[passage->field], passage->extent, &maker->passages.matches,
                        maker->first_match[i], maker->first_match[i + 1], maker->arena, &maker->scratch, maker->error);
}

/* Nothing matches where we look: the front of the first text. */
static struct passage front_of(const struct maker *maker)
{
    const struct snippet_field *field = &maker->fields[maker->order[0]];
    const struct span_text text = {field->text, field->length};
    size_t start = spaces_after(&text, 0, text.length);
    struct passage passage = {.field = maker->order[0]};
    passage.extent = extent_around(&text, (struct extent){0, text.length}, (struct extent){start, start}, maker->passages.length);
    return passage;
}

static int make_all(struct snippet *snippets, size_t *count, struct maker *maker)
{
    size_t wanted = maker->options->count;
    struct passage passage;
    int found = 1;
    for (*count = 0; *count < wanted && found > 0;) {
        found = passages_choose(&passage, &maker->passages);
        if (found < 0)
            return error_memory(maker->error);
        if (!found && *count > 0)
            break;
        if (!found)
            passage = front_of(maker);
        int status = make_one(&snippets[*count], maker, &passage);
        if (status)
            return status;
        ++*count;
    }
    return 0;
}

static int make(struct snippet **snippets, size_t *count, struct maker *maker)
{
    if (order_fields(maker))
        return error_memory(maker->error);
    size_t length = maker->options->length < LONGEST ? maker->options->length : LONGEST;
    maker->passages =
        (struct passages){.fields = maker->fields, .wanted = &maker->wanted, .length = length, .scratch = &maker->scratch};
    if (maker->field_count == 0 || maker->options->count == 0 || length == 0)
        return 0;
    int status = scan_fields(maker);
    if (status)
        return status;
    /* No more passages than matches can there be, but for the front. */
    size_t most = maker->passages.matches.count ? maker->passages.matches.count : 1;
    *snippets = arena_alloc_zero(maker->arena, most < maker->options->count ? most : maker->options->count, sizeof **snippets);
    return *snippets ? make_all(*snippets, count, maker) : error_memory(maker->error);
}

int snippet_make(struct snippet **snippets, size_t *count, const struct query_node *root, const struct snippet_field *fields,
                 size_t field_count, struct analysis *analysis, const struct snippet_options *options, struct arena *arena,
                 struct trawl_error *error)
{
    struct maker maker = {.fields = fields, .field_count = field_count, .options = options, .arena = arena, .error = error};
    *snippets = NULL;
    *count = 0;
    arena_init(&maker.scratch);
    int status = wanted_init(&maker.wanted, root, options->weights, options->weight_count, analysis, &maker.scratch, error);
    if (status == 0) {
        status = make(snippets, count, &maker);
        wanted_release(&maker.wanted);
    }
    arena_release(&maker.scratch);
    if (status)
        *count = 0;
    return status;
}
