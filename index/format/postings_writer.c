/* One term's postings into its bytes of POST and POSN.
 *
 * Postings are gathered in blocks of 128. A full block is encoded when the
 * next posting comes, not before: only then is it known that the list has two
 * blocks or more, and thus a directory, in which a block may be a bitset.
 *
 * That a list is dense shows at its end. Its documents, which were noted, then
 * become one bitset, and its blocks lose theirs. */
#include "index/format/postings.h"

#include <assert.h>
#include <string.h>

#include "index/codec/bits.h"
#include "index/format/positions_writer.h"
#include "src/util/bitset.h"
#include "src/util/bytes.h"
#include "src/util/memory.h"

enum {
    DOCUMENTS_GAIN = 8,     /* bytes that splitting must save, as packed runs are read faster */
    FREQUENCIES_GAIN = 4,
    BITSET_MAY_COST = 16, /* more bytes than the other forms */
    BLOCK_MOST_BYTES = 2 * RUN_MAX_BYTES,
    KEPT = 1 << 20 /* bytes of memory that a long list may leave behind */
};

static_assert(BLOCK_MOST_BYTES * (POSTINGS_GROUP - 1) <= UINT16_MAX, "where a group's last block starts fits 16 bits");

/* What a list consists of, in its order. */
enum part {
    GROUP_LAST, GROUP_BASE, GROUP_POSITIONS, GROUP_BOUNDS,
    BLOCK_LAST, BLOCK_OFFSET, BLOCK_POSITIONS, BLOCK_BOUNDS,
    BITS, BLOCKS, PARTS
};

/* Where a closed block's frequencies lie in BLOCKS; from == to: every tf is 1. */
struct frequencies_place {
    size_t from, to;
};

struct postings_writer {
    int has_positions;
    uint32_t segment_documents;
    const uint8_t *length_codes, *end_codes;
    uint32_t documents[RUN_LENGTH], frequencies[RUN_LENGTH]; /* of the open block */
    uint32_t in_block;
    uint32_t last;                                            /* document before the open block */
    uint32_t df;
    uint64_t cf;
    uint32_t first_positions[TERM_INLINE_POSITIONS];
    uint64_t group_positions, block_positions;                /* where those of the current group and block start */
    size_t group_start;                                       /* in BLOCKS */
    uint32_t blocks;                                          /* closed ones */
    int overflow;
    struct bounds group_bounds;
    int has_floors;
    struct floors_builder *floors; /* of closed blocks */
    struct buffer parts[PARTS];
    struct buffer closed_documents;                           /* u32, of closed blocks */
    struct buffer closed_frequencies;                         /* struct frequencies_place, of closed blocks */
    struct positions_writer positions;
};

/* ------------------------------------------------------------------- life */

int postings_writer_new(struct postings_writer **writer, int has_positions, struct trawl_error *error)
{
    *writer = memory_alloc_zero(1, sizeof **writer); /* buffers start as zeros */
    if (!*writer)
        return error_memory(error);
    (*writer)->has_positions = has_positions;
    positions_writer_init(&(*writer)->positions);
    if (!floors_builder_new(&(*writer)->floors))
        return 0;
    postings_writer_free(*writer);
    *writer = NULL;
    return error_memory(error);
}

void postings_writer_free(struct postings_writer *writer)
{
    if (!writer)
        return;
    for (size_t part = 0; part < PARTS; part++)
        buffer_release(&writer->parts[part]);
    buffer_release(&writer->closed_documents);
    buffer_release(&writer->closed_frequencies);
    positions_writer_release(&writer->positions);
    floors_builder_free(writer->floors);
    memory_free(writer);
}

void postings_writer_start(struct postings_writer *writer, uint32_t documents, const uint8_t *length_codes,
                           const uint8_t *end_codes, float average)
{
    for (size_t part = 0; part < PARTS; part++)
        buffer_reset_keeping(&writer->parts[part], KEPT);
    buffer_reset_keeping(&writer->closed_documents, KEPT);
    buffer_reset_keeping(&writer->closed_frequencies, KEPT);
    writer->segment_documents = documents;
    positions_writer_start(&writer->positions);
    writer->length_codes = length_codes;
    writer->end_codes = end_codes;
    writer->in_block = 0;
    writer->last = UINT32_MAX;
    writer->df = 0;
    writer->cf = 0;
    writer->group_positions = writer->block_positions = 0;
    writer->group_start = 0;
    writer->blocks = 0;
    writer->overflow = 0;
    writer->has_floors = length_codes && average > 0;
    if (writer->has_floors)
        floors_builder_start(writer->floors, average);
}

/* ----------------------------------------------------------------- one block */

static size_t bitset_bytes(const struct postings_writer *writer)
{
    return bitset_words(writer->documents[RUN_LENGTH - 1] - writer->last) * 8;
}

static size_t put_bitset(uint8_t *out, const struct postings_writer *writer)
{
    const size_t size = bitset_bytes(writer);
    *out++ = RUN_BITSET;
    memset(out, 0, size);
    for (size_t i = 0; i < RUN_LENGTH; i++) {
        const uint32_t bit = writer->documents[i] - writer->last - 1;
        out[bit / 8] |= (uint8_t)(1U << bit % 8);
    }
    return 1 + size;
}

static size_t put_documents(uint8_t *out, const struct postings_writer *writer, int has_directory)
{
    uint32_t gaps[RUN_LENGTH], last = writer->last;
    for (uint32_t i = 0; i < writer->in_block; i++) {
        gaps[i] = writer->documents[i] - last - 1;
        last = writer->documents[i];
    }
    const size_t size = run_encode(out, gaps, writer->in_block, DOCUMENTS_GAIN);
    if (has_directory && writer->in_block == RUN_LENGTH && 1 + bitset_bytes(writer) <= size + BITSET_MAY_COST)
        return put_bitset(out, writer);
    return size;
}

static size_t put_frequencies(uint8_t *out, const struct postings_writer *writer)
{
    uint32_t less_one[RUN_LENGTH];
    for (uint32_t i = 0; i < writer->in_block; i++)
        less_one[i] = writer->frequencies[i] - 1;
    return run_encode(out, less_one, writer->in_block, FREQUENCIES_GAIN);
}

static struct frequencies_place put_block(struct postings_writer *writer, int has_directory)
{
    uint8_t *room = buffer_reserve(&writer->parts[BLOCKS], BLOCK_MOST_BYTES);
    const size_t start = writer->parts[BLOCKS].length;
    if (!room)
        return (struct frequencies_place){0};
    size_t size = put_documents(room, writer, has_directory);
    int all_ones = 1;
    for (uint32_t i = 0; i < writer->in_block; i++)
        all_ones &= writer->frequencies[i] == 1;
    const size_t of_documents = size;
    if (all_ones)
        room[0] |= RUN_FLAG;
    else
        size += put_frequencies(room + size, writer);
    writer->parts[BLOCKS].length += size;
    return (struct frequencies_place){.from = start + of_documents, .to = start + size};
}

/* ------------------------------------------------------------- the directory */

static void append_bounds(struct buffer *out, const struct bounds *bounds)
{
    uint8_t bytes[BOUND_BYTES];
    bounds_write(bytes, bounds);
    buffer_append(out, bytes, sizeof bytes);
}

static void close_group(struct postings_writer *writer)
{
    buffer_append_u32(&writer->parts[GROUP_LAST], writer->last);
    append_bounds(&writer->parts[GROUP_BOUNDS], &writer->group_bounds);
}

static void open_group(struct postings_writer *writer)
{
    if (writer->blocks)
        close_group(writer);
    if (writer->parts[BLOCKS].length > UINT32_MAX)
        writer->overflow = 1;
    buffer_append_u32(&writer->parts[GROUP_BASE], (uint32_t)writer->parts[BLOCKS].length);
    buffer_append_u64(&writer->parts[GROUP_POSITIONS], writer->block_positions);
    writer->group_start = writer->parts[BLOCKS].length;
    writer->group_positions = writer->block_positions;
    bounds_init(&writer->group_bounds);
}

static void append_block_bounds(struct postings_writer *writer)
{
    uint8_t codes[RUN_LENGTH] = {0};
    struct bounds bounds;
    bounds_init(&bounds);
    for (uint32_t i = 0; i < writer->in_block && writer->length_codes; i++)
        codes[i] = writer->length_codes[writer->documents[i]];
    for (uint32_t i = 0; i < writer->in_block; i++)
        bounds_add(&bounds, writer->frequencies[i], codes[i]);
    append_bounds(&writer->parts[BLOCK_BOUNDS], &bounds);
    bounds_merge(&writer->group_bounds, &bounds);
    if (writer->has_floors)
        floors_builder_add(writer->floors, writer->frequencies, codes, writer->in_block);
}

static void close_block(struct postings_writer *writer)
{
    if (writer->blocks % POSTINGS_GROUP == 0)
        open_group(writer);
    const uint64_t positions = writer->block_positions - writer->group_positions;
    if (positions > UINT32_MAX)
        writer->overflow = 1;
    buffer_append_u32(&writer->parts[BLOCK_LAST], writer->documents[writer->in_block - 1]);
    buffer_append_u16(&writer->parts[BLOCK_OFFSET], (uint16_t)(writer->parts[BLOCKS].length - writer->group_start));
    buffer_append_u32(&writer->parts[BLOCK_POSITIONS], (uint32_t)positions);
    append_block_bounds(writer);
    const struct frequencies_place place = put_block(writer, 1);
    buffer_append(&writer->closed_frequencies, &place, sizeof place);
    buffer_append(&writer->closed_documents, writer->documents, writer->in_block * sizeof *writer->documents);
    writer->last = writer->documents[writer->in_block - 1];
    writer->blocks++;
    writer->in_block = 0;
}

static int add_positions(struct postings_writer *writer, uint32_t document, const uint32_t *positions, uint32_t tf,
                         struct trawl_error *error)
{
    if (writer->in_block == 1)
        writer->block_positions = positions_writer_block(&writer->positions);
    const uint8_t end = writer->end_codes ? writer->end_codes[document] : 0;
    const int status = positions_writer_add(&writer->positions, end, positions, tf);
    if (status == TRAWL_ERROR_ARGUMENT)
        return error_set(error, status, "a position is behind the end of document %u", (unsigned)document);
    return status ? error_memory(error) : 0;
}

int postings_writer_add(struct postings_writer *writer, uint32_t document, uint32_t tf, const uint32_t *positions,
                        struct trawl_error *error)
{
    assert(document < writer->segment_documents);
    if (writer->in_block == RUN_LENGTH) {
        close_block(writer);
        if (writer->parts[BLOCKS].status)
            return error_memory(error);
    }
    writer->documents[writer->in_block] = document;
    writer->frequencies[writer->in_block++] = tf;
    writer->df++;
    writer->cf += tf;
    if (!writer->has_positions)
        return 0;
    if (writer->df == 1 && tf <= TERM_INLINE_POSITIONS)
        memcpy(writer->first_positions, positions, tf * sizeof *positions);
    return add_positions(writer, document, positions, tf, error);
}

/* -------------------------------------------------------------- a dense list */

static void put_bits(struct postings_writer *writer)
{
    const size_t size = bitset_words(writer->segment_documents) * sizeof(uint64_t);
    uint8_t *bits = buffer_reserve(&writer->parts[BITS], size);
    if (!bits)
        return;
    const uint32_t *documents = (const uint32_t *)(const void *)writer->closed_documents.bytes;
    memset(bits, 0, size);
    for (uint32_t i = 0; i < writer->df; i++)
        bits[documents[i] / 8] |= (uint8_t)(1U << documents[i] % 8);
    writer->parts[BITS].length = size;
}

/* Moves the frequencies of all blocks together. */
static void drop_documents(struct postings_writer *writer)
{
    const struct frequencies_place *places = (const struct frequencies_place *)(const void *)writer->closed_frequencies.bytes;
    uint8_t *const blocks = writer->parts[BLOCKS].bytes;
    size_t at = 0, base = 0;
    for (uint32_t block = 0; block < writer->blocks; block++) {
        if (block % POSTINGS_GROUP == 0) {
            base = at;
            store_u32(writer->parts[GROUP_BASE].bytes + (size_t)4 * (block / POSTINGS_GROUP), (uint32_t)base);
        }
        store_u16(writer->parts[BLOCK_OFFSET].bytes + (size_t)2 * block, (uint16_t)(at - base));
        const size_t size = places[block].to - places[block].from;
        if (size)
            memmove(blocks + at, blocks + places[block].from, size);
        else
            blocks[at] = 0; /* a run of zeros */
        at += size ? size : 1;
    }
    writer->parts[BLOCKS].length = at;
}

static int make_dense(struct postings_writer *writer)
{
    for (size_t part = 0; part < PARTS; part++)
        if (writer->parts[part].status)
            return TRAWL_ERROR_MEMORY;
    if (writer->closed_documents.status || writer->closed_frequencies.status)
        return TRAWL_ERROR_MEMORY;
    put_bits(writer);
    drop_documents(writer);
    return writer->parts[BITS].status;
}

/* ------------------------------------------------------------------- finish */

static int append_list(struct buffer *out, struct postings_writer *writer, struct trawl_error *error)
{
    size_t part = BLOCKS;
    if (writer->blocks == 0) {
        put_block(writer, 0);
    } else {
        close_block(writer);
        close_group(writer);
        part = writer->blocks > POSTINGS_GROUP ? GROUP_LAST : BLOCK_LAST;
    }
    if (writer->overflow)
        return error_set(error, TRAWL_ERROR_LIMIT, "a term has too many positions for one segment");
    if (postings_are_dense(writer->df, writer->segment_documents) && make_dense(writer))
        return error_memory(error);
    for (; part < PARTS; part++) {
        const struct buffer *bytes = &writer->parts[part];
        if (bytes->status)
            return error_memory(error);
        if (writer->has_positions || (part != GROUP_POSITIONS && part != BLOCK_POSITIONS))
            buffer_append(out, bytes->bytes, bytes->length);
    }
    return out->status ? error_memory(error) : 0;
}

int postings_writer_finish(struct postings_writer *writer, struct term_entry *entry, struct buffer *postings,
                           struct buffer *positions, struct trawl_error *error)
{
    const size_t postings_start = postings->length;
    *entry = (struct term_entry){.df = writer->df, .cf = writer->cf, .has_positions = writer->has_positions};
    if (!writer->df)
        return 0;
    if (writer->df == 1) {
        entry->document = writer->documents[0];
    } else {
        int status = append_list(postings, writer, error);
        if (status)
            return status;
        entry->postings_length = postings->length - postings_start;
    }
    if (writer->has_floors)
        floors_builder_finish(&entry->floors, writer->floors);
    if (!writer->has_positions)
        return 0;
    if (writer->df == 1 && writer->cf <= TERM_INLINE_POSITIONS) {
        memcpy(entry->inline_positions, writer->first_positions, writer->cf * sizeof *entry->inline_positions);
        return 0;
    }
    const size_t positions_start = positions->length;
    if (positions_writer_finish(&writer->positions, positions))
        return error_memory(error);
    entry->positions_length = positions->length - positions_start;
    return 0;
}
