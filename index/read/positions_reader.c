#include "index/read/positions_reader.h"

#include "include/trawl.h"

enum { FEWEST = 256 };

void position_reader_init(struct position_reader *reader, const struct position_places *places, const uint8_t *list,
                          size_t length, struct arena *arena)
{
    *reader = (struct position_reader){
        .places = *places, .list = list, .end = (uint64_t)length * 8, .arena = arena, .block = UINT32_MAX};
}

/* The old answer is no longer needed, and stays in the arena. */
int position_reader_make_room(struct position_reader *reader, uint32_t count)
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
