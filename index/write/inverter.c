#include "index/write/inverter.h"

#include <string.h>

#include "index/write/inverter_lists.h"
#include "index/write/posting_stream.h"
#include "index/write/term_sort.h"
#include "src/util/memory.h"

enum {
    LINK_BYTES = 4,
    LARGEST_CLASS = 15,
    MAX_KEY = 1 + INVERTER_MAX_TERM,
    INVERTER_LAST_BYTES = 1000000000, /* what may yet come before the memory is looked at again */
    SHORT_OCCURRENCE = 2 * STREAM_UNIT
};

/* By class; a chunk of the last class is followed by another of it. Sizes grow
 * by about half of what a list has so far: a quarter of the memory is not used
 * in the end. */
static const uint16_t chunk_size[LARGEST_CLASS + 1] = {0,   16,  16,  32,  32,   64,   64,   128,
                                                       128, 256, 256, 512, 1024, 2048, 4096, 4096};

/* ---------------------------------------------------------------------- life */

int inverter_new(struct inverter **made, int has_positions, struct trawl_error *error)
{
    struct inverter *inverter = memory_alloc_zero(1, sizeof *inverter);
    *made = inverter;
    if (!inverter)
        return error_memory(error);
    interner_init(&inverter->terms);
    inverter->has_positions = has_positions;
    return 0;
}

void inverter_reset(struct inverter *inverter)
{
    /* All is given back: what was kept here would be missing elsewhere when
     * the next documents are of another kind. */
    interner_release(&inverter->terms);
    memory_free(inverter->states);
    memory_free(inverter->first_chunks);
    chunk_store_release(&inverter->chunks);
    memory_free(inverter->order);
    *inverter = (struct inverter){.has_positions = inverter->has_positions};
    interner_init(&inverter->terms);
}

void inverter_free(struct inverter *inverter)
{
    if (!inverter)
        return;
    inverter_reset(inverter);
    memory_free(inverter);
}

int64_t inverter_term(struct inverter *inverter, uint32_t field, const uint8_t *term, size_t length)
{
    uint8_t key[MAX_KEY];
    if (field >= INVERTER_FIELDS || length == 0 || length > INVERTER_MAX_TERM)
        return -1;
    key[0] = (uint8_t)field;
    memcpy(key + 1, term, length);

    const size_t needed = inverter->terms.count + 1;
    if (memory_grow(&inverter->states, &inverter->state_capacity, needed, sizeof *inverter->states) ||
        memory_grow(&inverter->first_chunks, &inverter->first_capacity, needed, sizeof *inverter->first_chunks) ||
        chunk_store_prepare(&inverter->chunks))
        return -1;
    int added;
    const int64_t handle = interner_add(&inverter->terms, key, 1 + length, hash_bytes(key, 1 + length), &added);
    if (added) {
        inverter->states[handle] = (struct term_state){0};
        inverter->first_chunks[handle] = 0;
    }
    return handle;
}

/* -------------------------------------------------------------------- adding */

static int extend_chain(struct inverter *inverter, uint32_t handle)
{
    struct term_state *state = &inverter->states[handle];
    const uint16_t next = state->chunk_class < LARGEST_CLASS ? (uint16_t)(state->chunk_class + 1) : LARGEST_CLASS;
    const uint32_t start = chunk_store_add(&inverter->chunks, chunk_size[next]);
    if (start == UINT32_MAX)
        return TRAWL_ERROR_MEMORY;
    if (state->chunk_class)
        store_u32(chunk_at(&inverter->chunks, state->at), start);
    else
        inverter->first_chunks[handle] = start;
    state->at = start;
    state->room = (uint16_t)(chunk_size[next] - LINK_BYTES);
    state->chunk_class = next;
    return 0;
}

/* An occurrence that crosses into a new chunk, or has a long gap. */
static int put_units(struct inverter *inverter, uint32_t handle, uint32_t gap, int starts, uint32_t document_gap_less_1)
{
    struct term_state *state = &inverter->states[handle];
    uint16_t units[STREAM_OCCURRENCE_UNITS];
    const unsigned count = stream_put(units, gap, starts, document_gap_less_1);
    for (unsigned i = 0; i < count; i++) {
        if (state->room == 0 && extend_chain(inverter, handle))
            return TRAWL_ERROR_MEMORY;
        store_u16(chunk_at(&inverter->chunks, state->at), units[i]);
        state->at += STREAM_UNIT;
        state->room = (uint16_t)(state->room - STREAM_UNIT);
    }
    return 0;
}

/* -> 1 when this is a term's first occurrence: it stays in the state until there is a second. */
static int is_first(int *status, struct inverter *inverter, uint32_t handle, uint32_t document, uint32_t position)
{
    struct term_state *state = &inverter->states[handle];
    if (!state->next_position) {
        *state = (struct term_state){.document = document, .next_position = position + 1};
        return 1;
    }
    *status = put_units(inverter, handle, state->next_position - 1, 1, state->document);
    return *status != 0;
}

static inline int add(struct inverter *inverter, uint32_t handle, uint32_t document, uint32_t position)
{
    struct term_state *state = &inverter->states[handle];
    int status = 0;
    if (state->chunk_class == 0 && is_first(&status, inverter, handle, document, position))
        return status;
    const uint32_t document_gap = document - state->document;
    const uint32_t starts = document_gap != 0;
    const uint32_t gap = position - (starts ? 0 : state->next_position);
    state->document = document;
    state->next_position = position + 1;
    if (state->room < SHORT_OCCURRENCE || gap >= STREAM_LONG_GAP || document_gap > STREAM_LONG_DOCUMENT_GAP)
        return put_units(inverter, handle, gap, (int)starts, document_gap - 1);

    /* Both units are stored; the second counts when a document starts. */
    store_u32(chunk_at(&inverter->chunks, state->at), (gap << 1 | starts) | (document_gap - 1) << 16);
    const uint32_t used = (uint32_t)STREAM_UNIT << starts;
    state->at += used;
    state->room = (uint16_t)(state->room - used);
    return 0;
}

/* -> 0 or TRAWL_ERROR_MEMORY */
static int add_waiting(struct inverter *inverter)
{
    const uint32_t *handles = inverter->waiting;
    const size_t count = inverter->waiting_count;
    inverter->waiting_count = 0;
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(chunk_at(&inverter->chunks, inverter->states[handles[i]].at), 1);
    for (size_t i = 0; i < count; i++)
        if (add(inverter, handles[i], inverter->waiting_document, inverter->waiting_position + (uint32_t)i))
            return TRAWL_ERROR_MEMORY;
    return 0;
}

/* Most of the time went into waiting for memory. So what occurrences touch is
 * fetched into the cache first: the terms' states while the words before are
 * added, and then, where those say, the ends of their streams. */
static int add_batch(struct inverter *inverter, const uint32_t *handles, size_t count, uint32_t document, uint32_t position)
{
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(&inverter->states[handles[i]], 1);
    const int status = add_waiting(inverter);
    memcpy(inverter->waiting, handles, count * sizeof *handles);
    inverter->waiting_count = count;
    inverter->waiting_document = document;
    inverter->waiting_position = position;
    return status;
}

int inverter_add(struct inverter *inverter, uint32_t handle, uint32_t document, uint32_t position)
{
    return add_batch(inverter, &handle, 1, document, position);
}

int inverter_add_words(struct inverter *inverter, const uint32_t *handles, size_t count, uint32_t document, uint32_t position)
{
    int status = 0;
    for (size_t at = 0; at < count && !status; at += INVERTER_BATCH)
        status = add_batch(inverter, handles + at, count - at < INVERTER_BATCH ? count - at : INVERTER_BATCH, document,
                           position + (uint32_t)at);
    return status;
}

/* ------------------------------------------------------------------- figures */

size_t inverter_memory(const struct inverter *inverter)
{
    enum { SORT_BYTES = 2 * 16 + 4 }; /* for a term, while sorting in the end */
    if (inverter->chunks.used > CHUNK_STORE_MAX - INVERTER_LAST_BYTES)
        return SIZE_MAX / 2;
    return sizeof *inverter + interner_memory(&inverter->terms) + inverter->state_capacity * sizeof *inverter->states +
           inverter->first_capacity * sizeof *inverter->first_chunks + inverter->chunks.used + inverter->terms.count * SORT_BYTES;
}

size_t inverter_terms(const struct inverter *inverter)
{
    return inverter->terms.count;
}

size_t inverter_list_bytes(const struct inverter *inverter, uint32_t handle)
{
    const struct term_state *state = &inverter->states[handle];
    return (size_t)chunk_size[state->chunk_class] * 3 + SHORT_OCCURRENCE;
}

/* ------------------------------------------------------------------- reading */

static int list_of_one(struct posting_list *list, const struct term_state *state, struct buffer *scratch)
{
    uint16_t units[STREAM_OCCURRENCE_UNITS];
    const unsigned count = stream_put(units, state->next_position - 1, 1, state->document);
    for (unsigned i = 0; i < count; i++)
        buffer_append_u16(scratch, units[i]);
    *list = (struct posting_list){scratch->bytes, scratch->length};
    return scratch->status;
}

static int list_of_chunks(struct posting_list *list, const struct inverter *inverter, uint32_t handle, struct buffer *scratch)
{
    const struct term_state *state = &inverter->states[handle];
    uint32_t chunk = inverter->first_chunks[handle];
    for (unsigned class = 1;; class += class < LARGEST_CLASS) {
        const uint32_t payload = chunk_size[class] - (uint32_t)LINK_BYTES;
        if (state->at >= chunk && state->at - chunk <= payload)
            break;
        const uint8_t *bytes = chunk_at(&inverter->chunks, chunk);
        buffer_append(scratch, bytes, payload);
        chunk = load_u32(bytes + payload);
    }
    buffer_append(scratch, chunk_at(&inverter->chunks, chunk), state->at - chunk);
    *list = (struct posting_list){scratch->bytes, scratch->length};
    return scratch->status;
}

int inverter_list(struct posting_list *list, const struct inverter *inverter, uint32_t handle, struct buffer *scratch)
{
    const struct term_state *state = &inverter->states[handle];
    *list = (struct posting_list){(const uint8_t *)"", 0};
    buffer_reset(scratch);
    if (!state->next_position)
        return 0;
    if (state->chunk_class == 0)
        return list_of_one(list, state, scratch);
    if (state->chunk_class > 1)
        return list_of_chunks(list, inverter, handle, scratch);
    const uint32_t first = inverter->first_chunks[handle];
    *list = (struct posting_list){chunk_at(&inverter->chunks, first), state->at - first};
    return 0;
}

static const uint8_t *link_of_first(const struct inverter *inverter, uint32_t handle)
{
    return chunk_at(&inverter->chunks, inverter->first_chunks[handle]) + chunk_size[1] - LINK_BYTES;
}

/* In steps, for each follows pointers out of the one before. */
void inverter_fetch_ahead(const struct inverter *inverter, size_t place)
{
    enum { FIRST = 24, SECOND = 16, THIRD = 8 };
    if (inverter->terms.count - place <= FIRST)
        return;
    const uint32_t first = inverter->order[place + FIRST], second = inverter->order[place + SECOND];
    const uint32_t third = inverter->order[place + THIRD];
    __builtin_prefetch(&inverter->terms.keys[first]);
    __builtin_prefetch(&inverter->states[first]);
    __builtin_prefetch(&inverter->first_chunks[first]);
    __builtin_prefetch(inverter->terms.keys[second].bytes);
    __builtin_prefetch(chunk_at(&inverter->chunks, inverter->first_chunks[second]));
    if (inverter->states[third].chunk_class > 1)
        __builtin_prefetch(chunk_at(&inverter->chunks, load_u32(link_of_first(inverter, third))));
}

int inverter_sort(struct inverter *inverter, struct trawl_error *error)
{
    if (inverter->order)
        return 0;
    if (add_waiting(inverter))
        return error_memory(error);
    inverter->order = memory_alloc_array(inverter->terms.count, sizeof *inverter->order);
    if (inverter->order && !term_sort(inverter->order, inverter->terms.keys, inverter->terms.count))
        return 0;
    memory_free(inverter->order);
    inverter->order = NULL;
    return error_memory(error);
}

size_t inverter_lower_bound(const struct inverter *inverter, const uint8_t *key, size_t length)
{
    size_t from = 0, to = inverter->terms.count;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        const struct interner_key *here = &inverter->terms.keys[inverter->order[middle]];
        if (key_compare(here->bytes, here->length, key, length) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}
