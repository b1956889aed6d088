#include "index/read/positions_reader.h"

#include "include/trawl.h"
#include "src/util/bytes.h"

enum { NO_RUN = UINT32_MAX, FEWEST = 256 };

int position_reader_init(struct position_reader *reader, const uint8_t *list, size_t length, uint64_t cf,
                         struct arena *arena)
{
    reader->cf = cf;
    reader->run = NO_RUN;
    reader->positions = NULL;
    reader->capacity = 0;
    reader->arena = arena;
    reader->block = UINT32_MAX;
    return positions_directory_open(&reader->directory, list, length, cf);
}

static int decode_run(struct position_reader *reader, uint32_t run)
{
    const struct positions_directory *directory = &reader->directory;
    const uint64_t before = (uint64_t)run * RUN_LENGTH;
    const size_t n = reader->cf - before < RUN_LENGTH ? (size_t)(reader->cf - before) : RUN_LENGTH;
    uint64_t offset = 0;
    if (directory->base)
        offset = (uint64_t)load_u32(directory->base + (size_t)4 * (run / POSTINGS_GROUP)) +
                 load_u16(directory->offset + (size_t)2 * run);
    if (offset >= (size_t)(directory->end - directory->data) ||
        !run_decode(reader->numbers, directory->data + offset, directory->end, n, 0))
        return TRAWL_ERROR_CORRUPT;
    reader->run = run;
    return 0;
}

/* The old answer is no longer needed, and stays in the arena. */
static int make_room(struct position_reader *reader, uint32_t count)
{
    uint64_t capacity = reader->capacity ? reader->capacity : FEWEST;
    if (count <= reader->capacity)
        return 0;
    while (capacity < count)
        capacity *= 2;
    reader->positions = arena_alloc(reader->arena, (size_t)capacity * sizeof *reader->positions);
    reader->capacity = reader->positions ? (uint32_t)(capacity < UINT32_MAX ? capacity : UINT32_MAX) : 0;
    return reader->positions ? 0 : TRAWL_ERROR_MEMORY;
}

/* Numbers [from, to) of the decoded run to positions; `next` is the smallest that the first could be. */
static uint64_t sum_gaps(uint32_t *positions, const uint32_t *numbers, uint32_t from, uint32_t to, uint64_t next)
{
    for (uint32_t i = from; i < to; i++) {
        next += numbers[i];
        *positions++ = (uint32_t)next++;
    }
    return next;
}

int position_reader_get(struct position_reader *reader, uint64_t start, uint32_t count)
{
    if (start > reader->cf || count > reader->cf - start)
        return TRAWL_ERROR_CORRUPT;
    int status = make_room(reader, count);
    uint64_t next = 0; /* cannot wrap: counts and gaps are below 2^32 */
    for (uint32_t done = 0, taken; done < count && !status; done += taken) {
        const uint32_t run = (uint32_t)((start + done) / RUN_LENGTH);
        const uint32_t from = (uint32_t)((start + done) % RUN_LENGTH);
        taken = count - done < RUN_LENGTH - from ? count - done : RUN_LENGTH - from;
        if (run != reader->run)
            status = decode_run(reader, run);
        if (!status)
            next = sum_gaps(reader->positions + done, reader->numbers, from, from + taken, next);
    }
    if (!status && next > (uint64_t)UINT32_MAX + 1)
        return TRAWL_ERROR_CORRUPT;
    return status;
}
