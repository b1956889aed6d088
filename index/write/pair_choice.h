/* Choosing the common terms of a segment, as its terms pass by in order: the
 * PAIR_TERMS of the highest document frequency, without those that are as frequent as the
 * first one left out, so that a frequency alone says which terms they are.
 *
 * Of their pairs those are kept whose terms would stand in enough documents together if words
 * fell by chance: there a phrase takes long without a list. (In Wikipedia a quarter of the bytes goes,
 * and a thirtieth of the time saved.) */
#ifndef INDEX_WRITE_PAIR_CHOICE_H
#define INDEX_WRITE_PAIR_CHOICE_H

#include "index/read/pair_walk.h"

enum {
    PAIR_LEAST = 8,    /* in fewer documents no term is common */
    PAIR_TOGETHER = 40 /* in one of so many documents the two of a pair are expected together */
};

struct pair_choice {
    struct common_term *terms; /* in the end by bytes */
    size_t count, capacity;
    struct pairs pairs; /* .least so far: it rises */
};

void pair_choice_init(struct pair_choice *choice, uint32_t documents);
void pair_choice_release(struct pair_choice *choice);

/* The next term of the default field. -> 0 or TRAWL_ERROR_MEMORY */
int pair_choice_add(struct pair_choice *choice, const uint8_t *term, size_t length, const struct term_entry *entry);
void pair_choice_close(struct pair_choice *choice);

#endif
