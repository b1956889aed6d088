/* Postings of several inputs merged and encoded, range of terms after range,
 * by several threads; what comes out comes in order of terms and does not
 * depend on how the terms were divided. */
#ifndef INDEX_WRITE_TERM_ENCODER_H
#define INDEX_WRITE_TERM_ENCODER_H

#include "index/format/postings.h"
#include "index/write/posting_source.h"

/* The encoded lists of a stretch of terms. */
struct term_slab {
    struct buffer postings, positions; /* list behind list */
    struct buffer keys;                /* key behind key: field byte and term */
    struct slab_term *terms;
    size_t term_count, term_capacity;
};

struct slab_term {
    size_t key_length;
    struct term_entry entry; /* of df > 0 */
};

/* Of input in a range: enough that opening sources does not count, few enough to hold several. */
enum { TERM_RANGE_BYTES = 512 << 10 };

struct term_encoder {
    const struct posting_input *inputs;
    size_t input_count;
    const uint8_t *const *length_codes; /* [INVERTER_FIELDS]: by new document number, or NULL */
    const uint8_t *const *end_codes;    /* the same of ends */
    const float *averages;               /* [INVERTER_FIELDS]: of the lengths; NULL: terms get no floors */
    const uint32_t *numbers;             /* the inputs' document numbers to new ones; NULL: they are the new ones */
    uint32_t documents;                  /* new numbers are below */
    int has_positions;
    unsigned threads;
    uint64_t range_bytes; /* TERM_RANGE_BYTES, less in tests */
    /* called on the calling thread, in order */
    int (*take)(void *context, const struct term_slab *slab, struct trawl_error *error);
    void *context;
};

/* Encodes everything. An error of `take` ends the work and is passed on. */
int term_encoder_run(const struct term_encoder *encoder, struct trawl_error *error);

#endif
