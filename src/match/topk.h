/* The k best documents of those offered.
 *
 * A document's rank is one number: the higher the better.
 *
 *     rank = units << 33 | (2^33 - 1 - insertion number counted from `base`)
 *
 * so that ties in score go to the lower insertion number. (Insertion numbers
 * 2^33 and more above the base tie with each other.) No two documents have one rank.
 *
 * Few are kept in a heap; many in a heap would cost a walk down it for every
 * document that enters, so that they are gathered (topk_gather.h). */
#ifndef SRC_MATCH_TOPK_H
#define SRC_MATCH_TOPK_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/arena.h"
#include "src/util/error.h"

struct topk_entry {
    uint64_t rank;
    uint32_t segment, document;
};

struct topk {
    struct topk_entry *entries;
    size_t limit, count, capacity;
    uint64_t worst; /* ranks up to this one are out */
    int is_full;    /* as many as are wanted have come, and `worst` holds */
    uint64_t base;
    /* when they are gathered: */
    struct topk_entry *spare; /* room for as many */
    uint32_t *seen;           /* once it is full: documents that came, by level of units */
    size_t above;             /* of them, those on `level` and above */
    uint32_t level;           /* the highest with `limit` of them on and above it, or 0 */
};

#define TOPK_TIE_BITS 33
#define TOPK_TIES ((UINT64_C(1) << TOPK_TIE_BITS) - 1)

/* `limit` > 0; `base`: no insertion number is below it. */
int topk_init(struct topk *topk, size_t limit, uint64_t base, struct arena *arena, struct trawl_error *error);

static inline uint64_t topk_rank(const struct topk *topk, uint32_t units, uint64_t insertion)
{
    const uint64_t after = insertion - topk->base;
    return (uint64_t)units << TOPK_TIE_BITS | (TOPK_TIES - (after < TOPK_TIES ? after : TOPK_TIES));
}

/* The fewest units with which a document inserted as number `insertion`, or
 * later, can enter. */
static inline uint32_t topk_required(const struct topk *topk, uint64_t insertion)
{
    if (!topk->is_full)
        return 0;
    const uint64_t tie = topk_rank(topk, 0, insertion);
    return (uint32_t)(topk->worst >> TOPK_TIE_BITS) + (tie <= (topk->worst & TOPK_TIES));
}

void topk_add(struct topk *topk, uint64_t rank, uint32_t segment, uint32_t document);

/* Cuts to the best `limit` and sorts them, best first. */
void topk_finish(struct topk *topk);

static inline uint32_t topk_units(uint64_t rank)
{
    return (uint32_t)(rank >> TOPK_TIE_BITS);
}

#endif
