#include "index/write/inverter.h"

#include <string.h>

#include "index/write/inverter_lists.h"
#include "index/write/posting_stream.h"
#include "index/write/term_sort.h"
#include "src/util/memory.h"

enum {
    LINK_BYTES = 4,
    CLASS_BITS = 4,
    CLASS_MASK = (1 << CLASS_BITS) - 1,
    FIRST_CHUNKS = 64 * 1024,
    MAX_KEY = 1 + INVERTER_MAX_TERM
};

/* By class; a chunk of the last class is followed by another of it. Sizes grow
 * by about half of what a list has so far, so that a fifth of the memory is not used in the middle. */
static const uint16_t chunk_size[CLASS_MASK + 1] = {0,   16,  16,  32,  32,   64,   64,   128,
                                                    128, 256, 256, 512, 1024, 2048, 4096, 4096};

static_assert(4096 - LINK_BYTES < 1 << (16 - CLASS_BITS), "the room of a chunk fits its bits");

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
    /* All is given back: what is kept here would be missing elsewhere when the
     * next load of documents has other proportions. */
    interner_release(&inverter->terms);
    memory_free(inverter->states);
    memory_free(inverter->chunks);
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

    const size_t count = inverter->terms.count;
    if (memory_grow(&inverter->states, &inverter->state_capacity, count + 1, sizeof *inverter->states))
        return -1;
    int added;
    const int64_t handle = interner_add(&inverter->terms, key, 1 + length, hash_bytes(key, 1 + length), &added);
    if (added)
        inverter->states[handle] = (struct term_state){0};
    return handle;
}

/* ------------------------------------------------------------------ streams */

/* -> the offset of `size` new bytes, or UINT32_MAX: no memory */
static uint32_t new_chunk(struct inverter *inverter, size_t size)
{
    const size_t start = inverter->chunks_used;
    const size_t needed = start + size + STREAM_SLACK;
    if (needed >= INVERTER_MAX_BYTES
        || memory_grow(&inverter->chunks, &inverter->chunks_capacity, needed < FIRST_CHUNKS ? FIRST_CHUNKS : needed, 1))
        return UINT32_MAX;
    inverter->chunks_used += size;
    return (uint32_t)start;
}

static int extend_chain(struct inverter *inverter, struct chain *chain, uint16_t *room)
{
    const unsigned old = *room & CLASS_MASK, class = old < CLASS_MASK ? old + 1 : old;
    const uint32_t start = new_chunk(inverter, chunk_size[class]);
    if (start == UINT32_MAX)
        return TRAWL_ERROR_MEMORY;
    if (old)
        store_u32(inverter->chunks + chain->at, start);
    else
        chain->first = start;
    chain->at = start;
    *room = (uint16_t)((chunk_size[class] - (unsigned)LINK_BYTES) << CLASS_BITS | class);
    return 0;
}

/* A number that crosses into a new chunk, or is long. */
static int put_bytewise(struct inverter *inverter, struct chain *chain, uint16_t *room, uint64_t coded, unsigned size)
{
    for (; size > 0; size--, coded >>= 8) {
        if (*room >> CLASS_BITS == 0 && extend_chain(inverter, chain, room))
            return TRAWL_ERROR_MEMORY;
        inverter->chunks[chain->at++] = (uint8_t)coded;
        *room = (uint16_t)(*room - (1 << CLASS_BITS));
    }
    return 0;
}

/* The store of four bytes may spill over into the chunk's link, never further,
 * and the link is written last. */
static inline int put(struct inverter *inverter, struct chain *chain, uint16_t *room, uint64_t number)
{
    const unsigned size = stream_size(number);
    const uint64_t coded = stream_encode(number, size);
    if (size > LINK_BYTES || *room >> CLASS_BITS < size)
        return put_bytewise(inverter, chain, room, coded, size);
    store_u32(inverter->chunks + chain->at, (uint32_t)coded);
    chain->at += size;
    *room = (uint16_t)(*room - (size << CLASS_BITS));
    return 0;
}

static int start_document(struct inverter *inverter, struct term_state *state, uint32_t document)
{
    int status = 0;
    if (!state->documents_room)
        status = put(inverter, &state->documents, &state->documents_room, state->document);
    const uint64_t gap = document - state->document - 1;
    status |= put(inverter, &state->documents, &state->documents_room, gap << 1 | (state->tf > 1));
    if (state->tf > 1)
        status |= put(inverter, &state->documents, &state->documents_room, state->tf - 2);
    state->document = document;
    state->tf = 0;
    return status;
}

/* The first occurrence of all stays in the state until there is a second. */
static int add_position(struct inverter *inverter, struct term_state *state, uint32_t gap, uint32_t first)
{
    int status = 0;
    if (!state->positions_room)
        status = put(inverter, &state->positions, &state->positions_room, first);
    return status | put(inverter, &state->positions, &state->positions_room, gap);
}

int inverter_add(struct inverter *inverter, uint32_t handle, uint32_t document, uint32_t position)
{
    struct term_state *state = &inverter->states[handle];
    if (!state->tf) {
        *state = (struct term_state){.document = document, .next_position = position + 1, .tf = 1};
        return 0;
    }
    const uint32_t next = state->next_position;
    uint32_t from = next;
    int status = 0;
    if (state->document != document) {
        status = start_document(inverter, state, document);
        from = 0;
    }
    state->tf++;
    state->next_position = position + 1;
    if (inverter->has_positions)
        status |= add_position(inverter, state, position - from, next - 1);
    return status;
}

/* ------------------------------------------------------------------- figures */

size_t inverter_memory(const struct inverter *inverter)
{
    enum { SORT_BYTES = 2 * 16 + 4 }; /* for a term, while sorting at the end */
    return sizeof *inverter + interner_memory(&inverter->terms) + inverter->state_capacity * sizeof *inverter->states
           + inverter->chunks_used + inverter->terms.count * SORT_BYTES;
}

size_t inverter_terms(const struct inverter *inverter)
{
    return inverter->terms.count;
}

static size_t chain_bytes(uint16_t room)
{
    const unsigned class = room & CLASS_MASK;
    return (size_t)chunk_size[class] * 3;
}

size_t inverter_list_bytes(const struct inverter *inverter, uint32_t handle)
{
    const struct term_state *state = &inverter->states[handle];
    return STREAM_SLACK + chain_bytes(state->documents_room) + chain_bytes(state->positions_room);
}

/* ------------------------------------------------------------------- reading */

static void append_chain(struct buffer *out, const struct inverter *inverter, struct chain chain, uint16_t last_room)
{
    uint32_t at = chain.first;
    const unsigned last_class = last_room & CLASS_MASK;
    for (unsigned class = 1; last_class; class += class < CLASS_MASK) {
        const uint32_t payload = chunk_size[class] - LINK_BYTES;
        if (chain.at >= at && chain.at - at <= payload) {
            buffer_append(out, inverter->chunks + at, chain.at - at);
            return;
        }
        buffer_append(out, inverter->chunks + at, payload);
        at = load_u32(inverter->chunks + at + payload);
    }
}

static void append_number(struct buffer *out, uint64_t number)
{
    uint8_t *at = buffer_reserve(out, STREAM_SLACK);
    if (at)
        out->length += stream_put(at, number);
}

void inverter_append_documents(struct buffer *out, const struct inverter *inverter, uint32_t handle)
{
    const struct term_state *state = &inverter->states[handle];
    if (state->tf) {
        append_number(out, state->tf - 1);
        if (state->documents_room)
            append_chain(out, inverter, state->documents, state->documents_room);
        else
            append_number(out, state->document);
    }
    buffer_reserve(out, STREAM_SLACK);
}

void inverter_append_positions(struct buffer *out, const struct inverter *inverter, uint32_t handle)
{
    const struct term_state *state = &inverter->states[handle];
    if (state->tf && inverter->has_positions) {
        if (state->positions_room)
            append_chain(out, inverter, state->positions, state->positions_room);
        else
            append_number(out, state->next_position - 1);
    }
    buffer_reserve(out, STREAM_SLACK);
}

int inverter_sort(struct inverter *inverter, struct trawl_error *error)
{
    if (inverter->order)
        return 0;
    inverter->order = memory_alloc_array(inverter->terms.count, sizeof *inverter->order);
    if (!inverter->order)
        return error_memory(error);
    if (!term_sort(inverter->order, inverter->terms.keys, inverter->terms.count))
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
