/* The pairs of a segment being written, as inputs for the term encoder: each
 * occurrence goes into an inverter, which is spilled when it grows too large. */
#ifndef INDEX_WRITE_PAIR_INVERTER_H
#define INDEX_WRITE_PAIR_INVERTER_H

#include "index/write/pair_choice.h"
#include "index/write/posting_source.h"
#include "index/write/spill.h"

enum { PAIR_MEMORY = 16 << 20 };

/* What pairs are made of. */
struct pair_source {
    struct segment segment;                 /* only its postings, its positions, and how many documents it has */
    const uint8_t *codes;                   /* lengths in the default field */
    struct file_map postings_file, positions_file; /* where the lists lie: what was read does not stay in memory */
};

struct pair_inverter {
    struct inverter *inverter;
    struct spill *spills;
    size_t spill_count, spill_capacity;
    struct posting_input *inputs; /* when all is in: the inverter and the spills */
    size_t input_count;
};

/* Every occurrence of the pairs that are kept. `memory`: bytes that the
 * inverter may take; `spill_path`: of a temporary file. To be released whatever comes back. */
int pair_inverter_fill(struct pair_inverter *pairs, const struct pair_source *source, const struct pair_choice *choice,
                       size_t memory, const char *spill_path, struct trawl_error *error);
void pair_inverter_release(struct pair_inverter *pairs);

#endif
