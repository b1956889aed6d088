/* From document numbers to ordinals, from ordinals to insertion numbers:
 * sections ORDR and INSR. */
#ifndef INDEX_FORMAT_ORDER_H
#define INDEX_FORMAT_ORDER_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/container.h"

/* `ordinals`: by document number, a permutation; nothing is written when it is the identity or NULL. */
int order_write(const uint32_t *ordinals, uint32_t documents, struct container_writer *container, struct trawl_error *error);
/* `extra`: by ordinal: insertion number - base - ordinal; nothing is written when all are 0 or NULL. */
int insertions_write(const uint64_t *extra, uint32_t documents, struct container_writer *container,
                     struct trawl_error *error);

struct order {
    const uint8_t *ordinals; /* NULL: the identity */
    const uint8_t *extra;    /* NULL: all 0 */
    uint32_t ordinal_width, extra_width, documents;
    uint64_t base;
};
int order_open(struct order *order, const struct container *container, uint32_t documents, uint64_t base,
               struct trawl_error *error);
/* Damaged bytes give a number below documents all the same. */
uint32_t order_ordinal(const struct order *order, uint32_t document);
uint64_t order_insertion(const struct order *order, uint32_t ordinal);

#endif
