#include "index/read/segment_places.h"

#include <stdatomic.h>

#include "index/codec/run.h"
#include "src/util/memory.h"

/* Two threads may both make a thing; one of them is kept. */
struct segment_places {
    _Atomic(struct position_code *) code;
    _Atomic(uint8_t *) ends[FIELDS_MAX];
};

int segment_places_new(struct segment_places **places)
{
    *places = memory_alloc_zero(1, sizeof **places);
    if (!*places)
        return TRAWL_ERROR_MEMORY;
    atomic_init(&(*places)->code, NULL);
    for (size_t i = 0; i < FIELDS_MAX; i++)
        atomic_init(&(*places)->ends[i], NULL);
    return 0;
}

void segment_places_free(struct segment_places *places)
{
    if (!places)
        return;
    memory_free(atomic_load(&places->code));
    for (size_t i = 0; i < FIELDS_MAX; i++)
        memory_free(atomic_load(&places->ends[i]));
    memory_free(places);
}

static int find_code(const struct position_code **code, struct segment_places *places)
{
    struct position_code *known = atomic_load(&places->code);
    if (!known) {
        struct position_code *made = memory_alloc_array(1, sizeof *made);
        if (!made)
            return TRAWL_ERROR_MEMORY;
        position_code_init(made);
        if (atomic_compare_exchange_strong(&places->code, &known, made))
            known = made;
        else
            memory_free(made);
    }
    *code = known;
    return 0;
}

static int damaged(const struct segment *segment, const char *section, struct trawl_error *error)
{
    return error_corrupt(error, segment->container.path, section, 0, "documents with a length are out of order");
}

/* Lengths, and over them what is said of ends. */
static int fill_ends(uint8_t *ends, const struct segment *segment, uint32_t field, struct trawl_error *error)
{
    const struct lengths_field *lengths = lengths_find(&segment->lengths, field);
    const struct lengths_field *stored = lengths_find(&segment->ends, field);
    if (lengths && lengths_expand(ends, lengths, segment->documents))
        return damaged(segment, "LENS", error);
    return stored && lengths_put(ends, stored, segment->documents) ? damaged(segment, "ENDS", error) : 0;
}

static int make_ends(const uint8_t **ends, const struct segment *segment, uint32_t field, struct trawl_error *error)
{
    uint8_t *known = NULL;
    uint8_t *made = memory_alloc_zero((size_t)segment->documents + RUN_PADDING, 1);
    if (!made)
        return error_memory(error);
    const int status = fill_ends(made, segment, field, error);
    if (status) {
        memory_free(made);
        return status;
    }
    if (atomic_compare_exchange_strong(&segment->places->ends[field], &known, made))
        known = made;
    else
        memory_free(made);
    *ends = known;
    return 0;
}

/* A section that has them all; NULL: they have to be put together. */
static const uint8_t *ends_at_hand(const struct segment *segment, uint32_t field)
{
    const struct lengths_field *ends = lengths_find(&segment->ends, field);
    const struct lengths_field *known = ends ? ends : lengths_find(&segment->lengths, field);
    return known && lengths_are_dense(known) ? known->codes : NULL;
}

int segment_position_places(struct position_places *places, const struct segment *segment, uint32_t field,
                            struct trawl_error *error)
{
    const uint32_t stored = field == FIELD_PAIRS ? FIELD_DEFAULT : field;
    if (find_code(&places->code, segment->places))
        return error_memory(error);
    places->ends = ends_at_hand(segment, stored);
    if (!places->ends)
        places->ends = atomic_load(&segment->places->ends[stored]);
    return places->ends ? 0 : make_ends(&places->ends, segment, stored, error);
}
