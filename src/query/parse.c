#include "src/query/parse.h"

#include <string.h>

#include "src/util/error.h"

void parse_no_memory(struct parse *parse)
{
    if (!parse->status)
        parse->status = error_memory(parse->error);
}

void *parse_alloc(struct parse *parse, size_t size)
{
    void *bytes = parse->status ? NULL : arena_alloc(parse->arena, size);
    if (!bytes)
        parse_no_memory(parse);
    return bytes;
}

void *parse_copy(struct parse *parse, const void *bytes, size_t length)
{
    void *copy = parse->status ? NULL : arena_copy(parse->arena, bytes, length);
    if (!copy)
        parse_no_memory(parse);
    return copy;
}

int parse_room(struct parse *parse, void *array, size_t *capacity, size_t count, size_t element_size)
{
    if (count < *capacity)
        return 1;
    size_t grown_capacity = *capacity ? *capacity * 2 : 4;
    void *grown = parse_alloc(parse, grown_capacity * element_size);
    if (!grown)
        return 0;
    /* The caller's pointer has a type of its own: copied, not cast. */
    void *old;
    memcpy(&old, array, sizeof old);
    if (count)
        memcpy(grown, old, count * element_size);
    memcpy(array, &grown, sizeof grown);
    *capacity = grown_capacity;
    return 1;
}
