/* The second step of a phrase: positions decide, and what matches is scored. */
#include "src/match/phrase_ways.h"

static int find(struct phrase *phrase, struct batch *batch, uint32_t *tfs, uint32_t needed, struct trawl_error *error)
{
    return phrase->slop > 0 ? phrase_find_sloppy(phrase, batch, tfs, needed, error)
                            : phrase_find_exact(phrase, batch, tfs, needed, error);
}

int phrase_count_all(uint32_t *counts, struct phrase *phrase, struct batch *batch, struct trawl_error *error)
{
    return find(phrase, batch, counts, 0, error);
}

int phrase_count(uint32_t *count, struct phrase *phrase, uint32_t document, struct trawl_error *error)
{
    struct batch batch = {.count = 1, .documents = {document}};
    uint32_t tfs[BATCH_SIZE] = {0};
    const int status = find(phrase, &batch, tfs, 0, error);
    *count = batch.count ? tfs[0] : 0;
    return status;
}

int phrase_verify(struct phrase *phrase, struct batch *batch, uint32_t needed, struct trawl_error *error)
{
    uint32_t tfs[BATCH_SIZE];
    const int status = find(phrase, batch, tfs, needed, error);
    for (uint32_t i = 0; phrase->scored && i < batch->count; i++)
        batch->units[i] += bm25_score(&phrase->scorer, batch->documents[i], tfs[i]);
    batch_keep(batch, needed);
    return status;
}
