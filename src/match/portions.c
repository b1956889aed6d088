#include "src/match/portions.h"

enum { GRAIN = 64 }; /* documents: a word of the sets of bits that windows and deletes are */

static uint32_t size_of_portion(const struct snapshot *snapshot, size_t wanted)
{
    const uint64_t size = (snapshot->documents / wanted / GRAIN + 1) * GRAIN;
    return size < UINT32_MAX - GRAIN ? (uint32_t)size : UINT32_MAX - GRAIN + 1;
}

static size_t count_of_segment(const struct segment *segment, uint32_t size)
{
    return segment->documents / size + (segment->documents % size > 0);
}

int portions_make(struct portions *portions, const struct snapshot *snapshot, size_t wanted, struct arena *arena,
                  struct trawl_error *error)
{
    const uint32_t size = wanted > 1 ? size_of_portion(snapshot, wanted) : UINT32_MAX;
    size_t count = 0;
    for (size_t i = 0; i < snapshot->segment_count; i++)
        count += count_of_segment(snapshot->segments[i], size);
    *portions = (struct portions){.list = arena_alloc(arena, (count ? count : 1) * sizeof *portions->list)};
    if (!portions->list)
        return error_memory(error);
    for (size_t i = 0; i < snapshot->segment_count; i++) {
        const uint32_t documents = snapshot->segments[i]->documents;
        for (uint32_t first = 0; first < documents;) {
            const uint32_t end = documents - first > size ? first + size : documents;
            portions->list[portions->count++] = (struct portion){.segment = i, .first = first, .end = end};
            first = end;
        }
    }
    return 0;
}
