/* Posting lists and positions on disk: sections POST and POSN. The writer takes
 * a term's postings in document order and gives bytes; the reader's directory
 * view is what index/read/postings_cursor.h walks. */
#ifndef INDEX_FORMAT_POSTINGS_H
#define INDEX_FORMAT_POSTINGS_H

#include <stddef.h>
#include <stdint.h>

#include "index/codec/run.h"
#include "index/format/bounds.h"
#include "index/format/terms.h"

enum { POSTINGS_BLOCK = RUN_LENGTH, POSTINGS_GROUP = 32 };

/* A list with a directory is dense when it has one of so many documents of the segment, or more: its documents
 * are one bitset, its blocks are frequencies alone. */
enum { POSTINGS_DENSE = 8 };

static inline int postings_are_dense(uint32_t df, uint32_t documents)
{
    return df > POSTINGS_BLOCK && (uint64_t)df * POSTINGS_DENSE >= documents;
}

/* ---- writing one term's list at a time; reused from term to term */
struct postings_writer;

int postings_writer_new(struct postings_writer **writer, int has_positions, struct trawl_error *error);
void postings_writer_free(struct postings_writer *writer);

/* For a segment of so many documents. `length_codes`: by document number, of the field; for the bounds. `end_codes`: the
 * same of ends, NULL: not known. `average`: of the lengths, for floors (term_floors.h) of lists with a directory; 0: without. */
void postings_writer_start(struct postings_writer *writer, uint32_t documents, const uint8_t *length_codes,
                           const uint8_t *end_codes, float average);

/* Documents ascend; positions ascend strictly (ignored, may be NULL, without positions). */
int postings_writer_add(struct postings_writer *writer, uint32_t document, uint32_t tf, const uint32_t *positions,
                        struct trawl_error *error);

/* Appends the list's bytes to `postings` and `positions` and fills `entry`
 * (its offsets relative to nothing: only lengths, df, cf, inline parts, floors; the
 * terms writer works out the offsets). df == 0 is allowed: nothing is appended. */
int postings_writer_finish(struct postings_writer *writer, struct term_entry *entry, struct buffer *postings,
                           struct buffer *positions, struct trawl_error *error);

/* ---- reading: the directory of a list of two blocks or more, checked to lie
 * inside; arrays are unaligned little-endian (load_u32 and friends) */
struct postings_directory {
    uint32_t blocks, groups;   /* groups is 1 without a second level */
    const uint8_t *group_last; /* u32[groups]; NULL when groups == 1, as the next three */
    const uint8_t *group_base; /* u32[groups] */
    const uint8_t *group_positions; /* u64[groups]; NULL without positions */
    const uint8_t *group_bounds;      /* u8[groups][8] */
    const uint8_t *last;        /* u32[blocks] */
    const uint8_t *offset;      /* u16[blocks] */
    const uint8_t *positions;   /* u32[blocks]; NULL without positions */
    const uint8_t *bounds;      /* u8[blocks][8] */
    const uint8_t *bits;        /* u64[ceil(documents / 64)]: the documents of a dense list; else NULL */
    const uint8_t *data, *end;  /* blocks lie here */
};

/* `list`: the term's bytes in POST. -> 0, or -1 when the directory does not fit. */
int postings_directory_open(struct postings_directory *directory, const uint8_t *list, size_t length, uint32_t df,
                            uint32_t documents, int has_positions);

/* Where in its list of positions those of a block of a list with directory start. */
uint64_t postings_directory_positions(const struct postings_directory *directory, uint32_t block);

#endif
