#include "src/match/tf_sums.h"

#include <string.h>

#include "src/util/memory.h"

int tf_sums_init(struct tf_sums *sums, const struct segment *segment, struct trawl_error *error)
{
    *sums = (struct tf_sums){.segment = segment};
    sums->bits = memory_alloc_zero(bitset_words(segment->documents), sizeof *sums->bits);
    sums->tfs = memory_alloc_array(segment->documents, sizeof *sums->tfs);
    return sums->bits && sums->tfs ? 0 : error_memory(error);
}

void tf_sums_release(struct tf_sums *sums)
{
    memory_free(sums->bits);
    memory_free(sums->tfs);
}

void tf_sums_clear(struct tf_sums *sums)
{
    memset(sums->bits, 0, bitset_words(sums->segment->documents) * sizeof *sums->bits);
}

static uint64_t live_bits(const struct tf_sums *sums, size_t word)
{
    return sums->segment->deleted ? sums->bits[word] & ~sums->segment->deleted[word] : sums->bits[word];
}

uint32_t tf_sums_count(const struct tf_sums *sums)
{
    const size_t words = bitset_words(sums->segment->documents);
    uint32_t count = 0;
    for (size_t word = 0; word < words; word++)
        count += (uint32_t)__builtin_popcountll(live_bits(sums, word));
    return count;
}

int tf_sums_list(struct memory_postings *postings, const struct tf_sums *sums, struct arena *arena,
                 struct trawl_error *error)
{
    const size_t words = bitset_words(sums->segment->documents);
    const size_t count = tf_sums_count(sums);
    uint32_t *documents = arena_alloc(arena, (count ? count : 1) * sizeof *documents);
    uint32_t *frequencies = arena_alloc(arena, (count ? count : 1) * sizeof *frequencies);
    if (!documents || !frequencies)
        return error_memory(error);
    uint32_t at = 0;
    for (size_t word = 0; word < words; word++)
        for (uint64_t bits = live_bits(sums, word); bits; bits &= bits - 1) {
            const uint32_t document = (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(bits);
            documents[at] = document;
            frequencies[at++] = sums->tfs[document];
        }
    *postings = (struct memory_postings){.documents = documents, .frequencies = frequencies, .count = at};
    return 0;
}
