/* Frequencies summed up by document over many lists of one segment, and then a list in memory. */
#ifndef SRC_MATCH_TF_SUMS_H
#define SRC_MATCH_TF_SUMS_H

#include <stdint.h>

#include "index/read/segment.h"
#include "src/match/list.h"
#include "src/util/arena.h"
#include "src/util/bitset.h"

struct tf_sums {
    const struct segment *segment;
    uint64_t *bits;
    uint32_t *tfs; /* a document's is set once its bit is */
};

int tf_sums_init(struct tf_sums *sums, const struct segment *segment, struct trawl_error *error);
void tf_sums_release(struct tf_sums *sums);

static inline void tf_sums_add(struct tf_sums *sums, uint32_t document, uint32_t tf)
{
    if (tf == 0)
        return;
    const uint32_t before = bitset_test(sums->bits, document) ? sums->tfs[document] : 0;
    sums->tfs[document] = before + tf;
    bitset_set(sums->bits, document);
}

/* The live documents that something was added to, and how often. */
uint32_t tf_sums_count(const struct tf_sums *sums);
int tf_sums_list(struct memory_postings *postings, const struct tf_sums *sums, struct arena *arena,
                 struct trawl_error *error);

/* Back to nothing. */
void tf_sums_clear(struct tf_sums *sums);

#endif
