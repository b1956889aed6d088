#include "index/write/posting_decoder.h"

#include <string.h>

#include "index/write/posting_stream.h"
#include "src/util/memory.h"

enum { FIRST_POSITIONS = 4096 };

void posting_decoder_init(struct posting_decoder *decoder)
{
    *decoder = (struct posting_decoder){0};
}

void posting_decoder_release(struct posting_decoder *decoder)
{
    memory_free(decoder->positions);
    posting_decoder_init(decoder);
}

void posting_decoder_start(struct posting_decoder *decoder, struct posting_list list)
{
    decoder->at = list.bytes;
    decoder->end = list.bytes + list.length;
    decoder->next_document = decoder->next_position = 0;
}

/* Reads a unit. -> 0 or -1 */
static inline int read_unit(uint32_t *unit, const uint8_t **at, const uint8_t *end)
{
    if (end - *at < STREAM_UNIT)
        return -1;
    *unit = load_u16(*at);
    *at += STREAM_UNIT;
    return 0;
}

/* A gap whose unit was the largest stands behind it. -> 0 or -1 */
static inline int read_long(uint32_t *gap, uint32_t largest, const uint8_t **at, const uint8_t *end)
{
    if (*gap != largest)
        return 0;
    if (end - *at < 2 * STREAM_UNIT)
        return -1;
    *gap = load_u32(*at);
    *at += 2 * STREAM_UNIT;
    return 0;
}

static inline int read_document(uint32_t *document, struct posting_decoder *decoder, const uint8_t **at,
                                uint32_t documents)
{
    uint32_t gap;
    if (read_unit(&gap, at, decoder->end) || read_long(&gap, STREAM_LONG_DOCUMENT_GAP, at, decoder->end))
        return -1;
    const uint64_t found = (uint64_t)decoder->next_document + gap;
    if (found >= documents)
        return -1;
    *document = (uint32_t)found;
    decoder->next_document = *document + 1;
    return 0;
}

/* Reads as many whole documents as the batch takes and `room` positions hold.
 * frequencies[] gets where each one's positions start; *used, how many
 * positions there are. -> 0, TRAWL_ERROR_CORRUPT, or 1: the last document does not fit */
static int read_documents(struct posting_decoder *decoder, struct posting_source *source, size_t *used)
{
    const uint8_t *at = decoder->at, *const end = decoder->end;
    uint32_t *const positions = decoder->positions;
    const size_t room = decoder->position_capacity;
    uint32_t count = source->count, next = decoder->next_position;
    size_t filled = *used;
    int status = TRAWL_ERROR_CORRUPT;
    while (at < end) {
        const uint8_t *start = at;
        uint32_t unit;
        if (read_unit(&unit, &at, end))
            goto out;
        uint32_t gap = unit >> 1;
        if ((unit & 1) && count == POSTING_BATCH) {
            at = start;
            break;
        }
        if (filled == room) {
            at = start;
            status = 1;
            goto out;
        }
        if (read_long(&gap, STREAM_LONG_GAP, &at, end))
            goto out;
        if (unit & 1) {
            if (read_document(&source->documents[count], decoder, &at, source->map.documents))
                goto out;
            source->frequencies[count++] = (uint32_t)filled;
            next = 0;
        }
        const uint64_t position = (uint64_t)next + gap;
        if (position >= UINT32_MAX || count == 0)
            goto out;
        positions[filled++] = (uint32_t)position;
        next = (uint32_t)position + 1;
    }
    status = 0;
out:
    decoder->at = at;
    decoder->next_position = next;
    source->count = count;
    *used = filled;
    return status;
}

static int fill_batch(struct posting_decoder *decoder, struct posting_source *source, size_t *used)
{
    int status;
    source->count = 0;
    *used = 0;
    while ((status = read_documents(decoder, source, used)) == 1) {
        const size_t more = decoder->position_capacity + FIRST_POSITIONS;
        if (more > UINT32_MAX ||
            memory_grow(&decoder->positions, &decoder->position_capacity, more, sizeof *decoder->positions))
            return TRAWL_ERROR_MEMORY;
    }
    return status;
}

static void starts_to_frequencies(struct posting_source *source, size_t end)
{
    for (uint32_t i = source->count; i-- > 0;) {
        const uint32_t start = source->frequencies[i];
        source->frequencies[i] = (uint32_t)end - start;
        end = start;
    }
}

void posting_source_map_batch(struct posting_source *source, uint32_t *positions)
{
    if (!source->map.numbers) {
        for (uint32_t i = 0; source->map.base && i < source->count; i++)
            source->documents[i] += source->map.base;
        return;
    }
    uint32_t kept = 0;
    size_t from = 0, to = 0;
    for (uint32_t i = 0; i < source->count; i++) {
        const uint32_t tf = source->frequencies[i], document = source->map.numbers[source->documents[i]];
        if (document != DOCUMENT_DROPPED) {
            if (positions && to != from)
                memmove(positions + to, positions + from, tf * sizeof *positions);
            source->documents[kept] = document;
            source->frequencies[kept++] = tf;
            to += tf;
        }
        from += tf;
    }
    source->count = kept;
}

int posting_decoder_next(struct posting_decoder *decoder, struct posting_source *source)
{
    for (;;) {
        size_t used;
        int status = fill_batch(decoder, source, &used);
        if (status || !source->count)
            return status ? status : 1;
        starts_to_frequencies(source, used);
        posting_source_map_batch(source, decoder->positions);
        if (source->count)
            break;
    }
    source->positions = source->has_positions ? decoder->positions : NULL;
    return 0;
}
