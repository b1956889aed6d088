#include "index/format/pairs.h"

#include <string.h>

#include "src/util/bytes.h"

enum { SECTION_BYTES = 16 };

static const uint32_t section_id = SECTION_ID('P', 'A', 'I', 'R');

/* Not required: a reader that does not know it finds phrases by their positions. */
int pairs_write(const struct pairs *pairs, struct container_writer *container, struct trawl_error *error)
{
    uint8_t bytes[SECTION_BYTES] = {0};
    store_u32(bytes, pairs->least);
    store_u64(bytes + 8, pairs->together);
    return container_add(container, section_id, 0, bytes, sizeof bytes, error);
}

int pairs_open(struct pairs *pairs, const struct container *container, struct trawl_error *error)
{
    const struct span section = container_section(container, section_id);
    *pairs = (struct pairs){.is_there = section.bytes != NULL};
    if (!section.bytes)
        return 0;
    if (section.length != SECTION_BYTES || load_u32(section.bytes) == 0)
        return error_corrupt(error, container->path, "PAIR", (uint64_t)(section.bytes - container->map.bytes),
                             "it does not say which terms are common");
    pairs->least = load_u32(section.bytes);
    pairs->together = load_u64(section.bytes + 8);
    return 0;
}

size_t pair_key(uint8_t key[PAIR_KEY_BYTES], const uint8_t *first, size_t first_length, const uint8_t *second,
                size_t second_length)
{
    key[0] = (uint8_t)first_length;
    memcpy(key + 1, first, first_length);
    memcpy(key + 1 + first_length, second, second_length);
    return 1 + first_length + second_length;
}
