#include "src/match/disjunction.h"

#include "src/match/build.h"
#include "src/match/conjunction.h"
#include "src/match/room.h"

/* Windows after skipped ones grow up to this. */
enum { LONGEST_SKIP = 1 << 18 };

int disjunction_open(struct disjunction *disjunction, struct matcher *any, const struct match_context *context,
                     struct trawl_error *error)
{
    *disjunction = (struct disjunction){.context = context, .part_count = any->part_count, .position = context->first};
    disjunction->parts = arena_alloc_zero(context->arena, any->part_count, sizeof *disjunction->parts);
    if (!disjunction->parts)
        return error_memory(error);
    for (uint32_t i = 0; i < any->part_count; i++)
        disjunction->parts[i].matcher = any->parts[i];
    const uint32_t sparse = any->cost < context->segment->documents / 16;
    disjunction->size = sparse ? WINDOW_LARGE : WINDOW_SMALL;
    room_take_window(context->room, &disjunction->window, disjunction->size);
    disjunction->window.deadline = context->plan->deadline;
    return 0;
}

/* --------------------------------------------------------- choosing a window */

static uint32_t window_end(const struct disjunction *disjunction)
{
    const uint32_t end = disjunction->context->end;
    const uint32_t left = end - disjunction->position;
    return disjunction->size < left ? disjunction->position + disjunction->size : end;
}

/* Insertion: the order changes little from window to window. */
static void set_bounds(struct disjunction *disjunction)
{
    struct disjunction_part *parts = disjunction->parts;
    for (uint32_t i = 0; i < disjunction->part_count; i++) {
        struct disjunction_part part = parts[i];
        uint32_t at = i;
        part.bound = matcher_range_bound(part.matcher, disjunction->position, disjunction->end - 1);
        for (; at > 0 && parts[at - 1].bound > part.bound; at--)
            parts[at] = parts[at - 1];
        parts[at] = part;
    }
}

static void split(struct disjunction *disjunction, uint32_t required)
{
    disjunction->first_essential = disjunction->others_bound = 0;
    for (uint32_t i = 0; i < disjunction->part_count; i++) {
        const uint32_t sum = disjunction->others_bound + disjunction->parts[i].bound;
        if (sum >= required)
            break;
        disjunction->others_bound = sum;
        disjunction->first_essential++;
    }
}

static uint32_t essentials(const struct disjunction *disjunction)
{
    return disjunction->part_count - disjunction->first_essential;
}

/* Where the block of the one essential list ends, the window does. */
static int end_with_block(struct disjunction *disjunction, struct trawl_error *error)
{
    const struct matcher *matcher = disjunction->parts[disjunction->part_count - 1].matcher;
    if (matcher->kind != MATCHER_LIST)
        return 0;
    const int status = list_seek(matcher->list, disjunction->position, error);
    if (status || matcher->list->cursor.at_end)
        return status;
    if (matcher->list->cursor.last < disjunction->end)
        disjunction->end = matcher->list->cursor.last + 1;
    return 0;
}

/* Moves on to the next window that has an essential clause. -> 0, 1 at the end, or negative */
static int next_window(struct disjunction *disjunction, uint32_t required, struct trawl_error *error)
{
    const uint32_t usual = disjunction->window.capacity;
    while (disjunction->position < disjunction->context->end) {
        disjunction->end = window_end(disjunction);
        if (disjunction->size == usual && essentials(disjunction) == 1) {
            const int status = end_with_block(disjunction, error);
            if (status)
                return status;
        }
        const int late = deadline_check(disjunction->context->plan->deadline, DEADLINE_BLOCK, error);
        if (late)
            return late;
        set_bounds(disjunction);
        split(disjunction, required);
        if (essentials(disjunction) == 0) {
            disjunction->position = disjunction->end;
            disjunction->size *= disjunction->size < LONGEST_SKIP ? 2 : 1;
        } else if (disjunction->size == usual) {
            return 0;
        } else {
            disjunction->size = usual;
        }
    }
    room_return_window(disjunction->context->room);
    return 1;
}

/* -------------------------------------------------------------- its documents */

static int open_window(struct disjunction *disjunction, struct trawl_error *error)
{
    struct disjunction_part *last = &disjunction->parts[disjunction->part_count - 1];
    int status = 0;
    disjunction->is_open = 1;
    if (essentials(disjunction) == 1) {
        if (!last->lead)
            status = build_conjunction_of(&last->lead, last->matcher, disjunction->context, error);
        if (!status)
            conjunction_skip(last->lead, disjunction->position);
        return status;
    }
    window_move(&disjunction->window, disjunction->position, disjunction->end);
    for (uint32_t i = disjunction->first_essential; i < disjunction->part_count && !status; i++)
        status = matcher_fill(disjunction->parts[i].matcher, &disjunction->window, error);
    return status ? status : window_check(&disjunction->window, error);
}

static uint32_t less(uint32_t a, uint32_t b)
{
    return a > b ? a - b : 0;
}

/* The essential clauses' next documents. -> 0, 1 when the window is done, or negative */
static int next_documents(struct disjunction *disjunction, struct batch *batch, uint32_t required,
                          struct trawl_error *error)
{
    const uint32_t needed = less(required, disjunction->others_bound);
    if (essentials(disjunction) == 1)
        return conjunction_next(disjunction->parts[disjunction->part_count - 1].lead, batch, disjunction->end, needed,
                                error);
    window_take(&disjunction->window, batch, needed);
    return batch->count == 0;
}

static int add_others(struct disjunction *disjunction, struct batch *batch, uint32_t required, struct trawl_error *error)
{
    uint32_t to_come = disjunction->others_bound;
    int status = 0;
    for (uint32_t i = disjunction->first_essential; i-- > 0 && batch->count > 0 && !status;) {
        const struct disjunction_part *part = &disjunction->parts[i];
        if (part->bound == 0)
            break;
        to_come -= part->bound;
        status = matcher_add(part->matcher, batch, part->bound, less(required, to_come), error);
    }
    return status;
}

int disjunction_next(struct disjunction *disjunction, struct batch *batch, uint32_t required, struct trawl_error *error)
{
    for (;;) {
        int status = 0;
        if (!disjunction->is_open) {
            status = next_window(disjunction, required, error);
            if (!status)
                status = open_window(disjunction, error);
            if (status)
                return status;
        }
        status = next_documents(disjunction, batch, required, error);
        if (status == 0)
            return add_others(disjunction, batch, required, error);
        if (status < 0)
            return status;
        disjunction->is_open = 0;
        disjunction->position = disjunction->end;
    }
}
