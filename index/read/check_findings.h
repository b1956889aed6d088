/* What the parts of the check share: where findings go, and what is being
 * looked at. Private to check*.c. */
#ifndef INDEX_READ_CHECK_FINDINGS_H
#define INDEX_READ_CHECK_FINDINGS_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/manifest.h"
#include "index/read/postings_cursor.h"
#include "index/read/segment.h"
#include "src/util/error.h"
#include "src/util/printf_like.h"

struct check {
    trawl_damage_callback *damage;
    void *context;
    struct trawl_error *error; /* gets the first finding, or why we could not look */
    size_t findings;
    int failure; /* a status other than damage: the check stops */
    const struct manifest *manifest;
};

/* 1: enough was found, or looking failed. */
int check_must_stop(const struct check *check);

/* Damage at `at` in the segment's file. */
void check_found(struct check *check, const struct segment *segment, const char *section, const uint8_t *at,
                 const char *format, ...) TRAWL_PRINTF(5, 6);

/* What a reading function returned: damage becomes a finding, another error ends the check. -> status */
int check_status(struct check *check, int status, const struct trawl_error *error);

/* What the postings of a field say of its documents, by document number. */
struct field_counts {
    uint32_t *tokens;
    uint32_t *ends; /* the last position + 1; 0: none, or no positions */
};

/* ---- the parts, each over one segment */

/* The dictionary and all postings; lengths and ends against them. `counts` is room for it. */
void check_terms(struct check *check, const struct segment *segment, const struct field_counts *counts);

/* One term's postings and positions. Adds them to the counts, and those of a list with a directory to `floors`. */
void check_postings(struct check *check, const struct segment *segment, const struct terms_cursor *term,
                    const uint8_t *length_codes, const struct field_counts *counts, struct floors_builder *floors);

/* Word pairs against positions; `codes`: of the default field. */
void check_pairs(struct check *check, const struct segment *segment, const uint8_t *codes);

void check_lengths(struct check *check, const struct segment *segment, const struct meta_field *field,
                   const uint8_t *codes, const struct field_counts *counts);
/* Of a field with positions; `codes`: of its lengths. */
void check_ends(struct check *check, const struct segment *segment, const struct meta_field *field, const uint8_t *codes,
                const struct field_counts *counts);
void check_columns(struct check *check, const struct segment *segment);
void check_ids(struct check *check, const struct segment *segment);
void check_stored(struct check *check, const struct segment *segment);

/* What is zero until it means something. */
void check_reserved(struct check *check, const struct segment *segment);

/* No id is live in two segments. */
void check_ids_apart(struct check *check, struct segment *const *segments, size_t count);

#endif
