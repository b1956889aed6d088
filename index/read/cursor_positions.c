/* The positions of documents of a cursor's block (postings_cursor.h): where they
 * start follows from the sizes of those before. */
#include "index/read/postings_cursor.h"

#include "index/read/positions_reader.h"

static int is_inline(const struct postings_cursor *cursor)
{
    return cursor->entry.df == 1 && cursor->entry.cf <= TERM_INLINE_POSITIONS;
}

static int open_reader(struct postings_cursor *cursor, struct trawl_error *error)
{
    const struct term_entry *entry = &cursor->entry;
    struct position_places places;
    int status = segment_position_places(&places, cursor->segment, entry->field, error);
    if (status)
        return status;
    struct position_reader *reader = arena_alloc(cursor->arena, sizeof *reader);
    if (!reader)
        return error_memory(error);
    position_reader_init(reader, &places, cursor->segment->positions.bytes + entry->positions, entry->positions_length,
                         cursor->arena);
    cursor->position_reader = reader;
    return 0;
}

int postings_cursor_corrupt_positions(const struct postings_cursor *cursor, struct trawl_error *error)
{
    const struct container *container = &cursor->segment->container;
    const uint8_t *at = cursor->segment->positions.bytes + cursor->entry.positions;
    return error_corrupt(error, container->path, "POSN", (uint64_t)(at - container->map.bytes),
                         "the positions of this term are not sound");
}

static void start_block(struct position_reader *reader, const struct postings_cursor *cursor)
{
    reader->block = cursor->block;
    reader->index = 0;
    reader->bit = cursor->block_count == 1 ? 0 : 8 * postings_directory_positions(&cursor->directory, cursor->block);
}

/* Adds up sizes from the document that was asked for last to the last that is asked for; in one loop, as how many lie between two
 * of them nobody foresees. */
static void walk(struct position_reader *reader, const struct postings_cursor *cursor, uint64_t *first_bits,
                 const uint8_t *indices, uint32_t count)
{
    const struct position_code *code = reader->places.code;
    const uint32_t *documents = cursor->documents, *tfs = cursor->frequencies;
    const uint8_t *ends = reader->places.ends;
    const uint32_t first = reader->index, last = indices[count - 1];
    uint64_t starts[RUN_LENGTH], bit = starts[first] = reader->bit;
    if (cursor->all_ones)
        for (uint32_t at = first; at < last; at++)
            starts[at + 1] = bit += code->bits[ends[documents[at]]][1];
    else
        for (uint32_t at = first; at < last; at++)
            starts[at + 1] = bit += position_code_bits(code, ends[documents[at]], tfs[at]);
    for (uint32_t i = 0; i < count; i++)
        first_bits[i] = starts[indices[i]];
    reader->bit = bit;
    reader->index = last;
}

int postings_cursor_first_bits(struct postings_cursor *cursor, uint64_t *first_bits, const uint8_t *indices, uint32_t count,
                           struct trawl_error *error)
{
    if (is_inline(cursor))
        return 0;
    const int status = cursor->position_reader ? 0 : open_reader(cursor, error);
    if (status)
        return status;
    struct position_reader *reader = cursor->position_reader;
    if (count == 0)
        return 0;
    if (reader->block != cursor->block || indices[0] < reader->index)
        start_block(reader, cursor);
    walk(reader, cursor, first_bits, indices, count);
    return 0;
}

int postings_cursor_positions_at(struct postings_cursor *cursor, uint64_t first_bit, uint32_t index, const uint32_t **positions,
                                 uint32_t *count, struct trawl_error *error)
{
    struct position_reader *reader = cursor->position_reader;
    const uint32_t tf = *count = cursor->frequencies[index];
    if (is_inline(cursor)) {
        *positions = cursor->entry.inline_positions;
        return 0;
    }
    if (tf > POSITION_FEW && tf > reader->end) /* each takes a bit at least: no room is made for what is not there */
        return postings_cursor_corrupt_positions(cursor, error);
    if (position_reader_make_room(reader, tf))
        return error_memory(error);
    *positions = reader->positions;
    return position_reader_get(reader->positions, reader, first_bit, cursor->documents[index], tf)
               ? postings_cursor_corrupt_positions(cursor, error)
               : 0;
}

int postings_cursor_positions(struct postings_cursor *cursor, uint32_t index, const uint32_t **positions, uint32_t *count,
                              struct trawl_error *error)
{
    const uint8_t indices[1] = {(uint8_t)index};
    uint64_t first_bit = 0;
    const int status = postings_cursor_first_bits(cursor, &first_bit, indices, 1, error);
    return status ? status : postings_cursor_positions_at(cursor, first_bit, index, positions, count, error);
}
