/* What many documents of a frequent term score at least, whatever k1 and b are. FORMAT.md, "THSH".
 *
 * By a ratio r, a posting costs (1 + r * length / average) / tf. For some numbers k, and each of two ratios, the
 * level of costs is kept that k of the term's postings do not exceed. Where norms are no larger than
 * f * (1 + r * length / average) for any length, these k score weight / (1 + f * cost) or more: a search for the k best
 * can leave out what scores less before it has looked at anything (Kane and Tompa, "Split-Lists and Initial
 * Thresholds for WAND-based Search", 2018, keep scores for one ranking formula). */
#ifndef INDEX_FORMAT_TERM_FLOORS_H
#define INDEX_FORMAT_TERM_FLOORS_H

#include <stddef.h>
#include <stdint.h>

enum {
    FLOOR_COUNTS = 3,      /* numbers of documents */
    FLOOR_RATIOS = 2,
    FLOOR_LEVELS = 1 << 11,
    FLOOR_TF_MOST = 63,    /* larger ones cost as much as this one */
    FLOOR_DF_LEAST = 129   /* terms of fewer documents, in lists without a directory, have none */
};

static const uint32_t floor_documents[FLOOR_COUNTS] = {10, 100, 1000};
static const float floor_ratios[FLOOR_RATIOS] = {2.0f / 3.0f, 3.0f}; /* those of b = 0.4 and b = 0.75 */

/* Levels; 0: none is known. */
struct term_floors {
    uint16_t levels[FLOOR_COUNTS][FLOOR_RATIOS];
};

/* How many counts can have a floor in a term of so many documents: the first ones. */
static inline unsigned floors_known(uint64_t df)
{
    unsigned known = 0;
    while (known < FLOOR_COUNTS && df >= FLOOR_DF_LEAST && df >= floor_documents[known])
        known++;
    return known;
}

/* No posting on the level costs more. */
double floors_cost(uint16_t level);

/* Of so many documents, with lengths whose codes stand for that sum. */
float floors_average(uint64_t decoded_lengths, uint64_t documents);

/* ---- making them */
struct floors_builder;

int floors_builder_new(struct floors_builder **builder); /* -> 0 or TRAWL_ERROR_MEMORY */
void floors_builder_free(struct floors_builder *builder);

/* Of postings to come; `average` length > 0, of the documents of the segment that have any in the field. */
void floors_builder_start(struct floors_builder *builder, float average);
void floors_builder_add(struct floors_builder *builder, const uint32_t *tfs, const uint8_t *codes, size_t count);
void floors_builder_finish(struct term_floors *floors, const struct floors_builder *builder);

#endif
