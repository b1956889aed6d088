#include "src/match/matcher.h"

#include "src/match/conjunction.h"
#include "src/match/list_fill.h"
#include "src/match/list_steps.h"

static int fill_conjunction(struct conjunction *conjunction, struct window *window, struct trawl_error *error)
{
    struct batch batch;
    int status;
    conjunction_skip(conjunction, window->first);
    while ((status = conjunction_next(conjunction, &batch, window->end, 0, error)) == 0) {
        window_add(window, &batch);
        status = deadline_check(window->deadline, DEADLINE_BLOCK, error);
        if (status)
            return status;
    }
    return status < 0 ? status : 0;
}

static void fill_field(const struct matcher *matcher, struct window *window)
{
    for (uint32_t document = window->first; document < window->end; document++)
        if (matcher->codes[document])
            window_add_one(window, document, matcher->maximum);
}

int matcher_fill(struct matcher *matcher, struct window *window, struct trawl_error *error)
{
    int status = 0;
    switch (matcher->kind) {
    case MATCHER_NOTHING:
        break;
    case MATCHER_ALL:
        window_add_all(window, matcher->maximum);
        break;
    case MATCHER_FIELD:
        fill_field(matcher, window);
        break;
    case MATCHER_LIST:
        return list_fill(matcher->list, window, error);
    case MATCHER_ANY:
        for (uint32_t i = 0; i < matcher->part_count && !status; i++) {
            status = matcher_fill(matcher->parts[i], window, error);
            if (!status)
                status = window_check(window, error);
        }
        break;
    case MATCHER_CONJUNCTION:
        return fill_conjunction(matcher->conjunction, window, error);
    }
    return status;
}

static void mark_all(const struct matcher *matcher, struct batch *batch, uint8_t *flags)
{
    for (uint32_t i = 0; i < batch->count; i++) {
        if (matcher->codes && matcher->codes[batch->documents[i]] == 0)
            continue;
        batch->units[i] += matcher->maximum;
        flags[i] = 1;
    }
}

/* The batch goes through the conjunction's steps as a copy that remembers where each came from. */
static int mark_conjunction(struct conjunction *conjunction, struct batch *batch, uint8_t *flags,
                            struct trawl_error *error)
{
    struct batch copy = {.count = batch->count};
    for (uint32_t i = 0; i < batch->count; i++) {
        copy.documents[i] = batch->documents[i];
        copy.origins[i] = (uint8_t)i;
    }
    const int status = conjunction_filter(conjunction, &copy, 0, error);
    for (uint32_t i = 0; i < copy.count && !status; i++) {
        flags[copy.origins[i]] = 1;
        batch->units[copy.origins[i]] += copy.units[i];
    }
    return status;
}

int matcher_mark(struct matcher *matcher, struct batch *batch, uint8_t *flags, struct trawl_error *error)
{
    int status = 0;
    switch (matcher->kind) {
    case MATCHER_NOTHING:
        break;
    case MATCHER_ALL:
    case MATCHER_FIELD:
        mark_all(matcher, batch, flags);
        break;
    case MATCHER_LIST:
        return list_mark(matcher->list, batch, flags, error);
    case MATCHER_ANY:
        for (uint32_t i = 0; i < matcher->part_count && !status; i++)
            status = matcher_mark(matcher->parts[i], batch, flags, error);
        break;
    case MATCHER_CONJUNCTION:
        return mark_conjunction(matcher->conjunction, batch, flags, error);
    }
    return status;
}

uint32_t matcher_range_bound(struct matcher *matcher, uint32_t from, uint32_t to)
{
    uint32_t bound = 0;
    switch (matcher->kind) {
    case MATCHER_NOTHING:
        break;
    case MATCHER_ALL:
    case MATCHER_FIELD:
        return matcher->maximum;
    case MATCHER_LIST:
        return list_range_bound(matcher->list, from, to);
    case MATCHER_ANY:
        for (uint32_t i = 0; i < matcher->part_count; i++)
            bound += matcher_range_bound(matcher->parts[i], from, to);
        break;
    case MATCHER_CONJUNCTION:
        return conjunction_range_bound(matcher->conjunction, from, to);
    }
    return bound;
}

int matcher_require(struct matcher *matcher, struct batch *batch, uint32_t needed, struct trawl_error *error)
{
    uint8_t flags[BATCH_SIZE] = {0};
    const int status = matcher_mark(matcher, batch, flags, error);
    batch_select(batch, flags, 1);
    batch_keep(batch, needed);
    return status;
}

int matcher_exclude(struct matcher *matcher, struct batch *batch, struct trawl_error *error)
{
    uint8_t flags[BATCH_SIZE] = {0};
    const int status = batch->count ? matcher_mark(matcher, batch, flags, error) : 0;
    batch_select(batch, flags, 0);
    return status;
}

int matcher_add(struct matcher *matcher, struct batch *batch, uint32_t bound, uint32_t needed, struct trawl_error *error)
{
    uint8_t flags[BATCH_SIZE];
    batch_keep(batch, needed > bound ? needed - bound : 0);
    if (batch->count == 0)
        return 0;
    if (matcher->kind == MATCHER_LIST)
        return list_add(matcher->list, batch, needed, error);
    const int status = matcher_mark(matcher, batch, flags, error);
    batch_keep(batch, needed);
    return status;
}
