#include "src/match/counting.h"

#include "src/match/build.h"
#include "src/match/conjunction.h"

/* Bits of a window: they fill half of a small first-level cache. */
enum { COUNT_WINDOW = 1 << 17 };

static void drop_deleted(struct window *window, const struct segment *segment)
{
    const uint32_t words = (window->end - window->first + 63) / 64;
    for (uint32_t i = 0; segment->deleted && i < words; i++)
        window->bits[i] &= ~segment->deleted[window->first / 64 + i];
}

static int count_by_windows(uint64_t *count, struct matcher *matcher, const struct match_context *context,
                            struct collector *collector, struct trawl_error *error)
{
    const uint32_t documents = context->segment->documents;
    const uint32_t capacity = documents < COUNT_WINDOW ? (documents + 63) / 64 * 64 : COUNT_WINDOW;
    struct window window;
    int status = window_init(&window, capacity, 0, context->arena, error);
    for (uint32_t first = 0; first < documents && !status; first = window.end) {
        window_move(&window, first, documents - first > capacity ? first + capacity : documents);
        status = matcher_fill(matcher, &window, error);
        drop_deleted(&window, context->segment);
        *count += window_count(&window);
        if (!status)
            status = collector_check_clock(collector, error);
    }
    return status;
}

static int count_conjunction(uint64_t *count, struct conjunction *conjunction, const struct match_context *context,
                             struct collector *collector, struct trawl_error *error)
{
    struct batch batch;
    int status;
    while ((status = conjunction_next(conjunction, &batch, context->segment->documents, 0, error)) == 0) {
        collector_drop_deleted(context->segment, &batch);
        *count += batch.count;
        status = collector_check_clock(collector, error);
        if (status)
            break;
    }
    return status < 0 ? status : 0;
}

int count_matches(uint64_t *count, struct matcher *matcher, const struct match_context *context,
                  struct collector *collector, struct trawl_error *error)
{
    *count = 0;
    switch (matcher->kind) {
    case MATCHER_NOTHING:
        return 0;
    case MATCHER_ALL:
        *count = context->segment->live;
        return 0;
    case MATCHER_LIST:
        if (context->segment->deleted)
            break;
        *count = matcher->list->df;
        return 0;
    case MATCHER_CONJUNCTION:
        return count_conjunction(count, matcher->conjunction, context, collector, error);
    case MATCHER_ANY:
        break;
    }
    return count_by_windows(count, matcher, context, collector, error);
}
