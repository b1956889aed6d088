/* A cursor over one term's postings in one segment, block by block. It is a
 * batch interface: a block's documents, frequencies and bounds are arrays; no
 * call per document.
 *
 *     postings_cursor_open(&cursor, segment, &entry)      at block 0, nothing decoded
 *     while (!cursor.at_end) {
 *         if (bound is too low) { postings_cursor_next(&cursor); continue; }
 *         postings_cursor_documents(&cursor, error)        decodes cursor.documents[0..count)
 *         postings_cursor_frequencies(&cursor, error)      decodes cursor.frequencies
 *         postings_cursor_next(&cursor);
 *     }
 *
 * Deleted documents are not filtered here. Everything decoded is checked:
 * documents ascend strictly, lie in (previous, last] and below the segment's
 * count, so that callers may index arrays by them.
 *
 * A cursor and its arrays are about 1.5 KiB; it lives in its caller's arena, belongs to one thread. */
#ifndef INDEX_READ_POSTINGS_CURSOR_H
#define INDEX_READ_POSTINGS_CURSOR_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/postings.h"
#include "index/read/segment.h"
#include "src/util/arena.h"

#define NO_DOCUMENT UINT32_MAX

struct postings_cursor {
    /* the current block; all valid from open on, until at_end */
    int at_end;
    uint32_t block;            /* 0, 1, ... */
    uint32_t first_possible;   /* last of the block before + 1: no document of the block is below */
    uint32_t last;             /* last document of the block (of a list without directory: documents - 1 until decoded) */
    uint32_t count;            /* postings in the block, 1..128 */
    const uint8_t *bounds;     /* BOUND_BYTES of the block; NULL: none kept (a list of one block) */
    int documents_decoded, frequencies_decoded;
    int all_ones;              /* every tf is 1; known once documents are decoded */
    uint32_t *documents;       /* [RUN_LENGTH], 64-byte aligned */
    uint32_t *frequencies;     /* [RUN_LENGTH], 64-byte aligned */

    /* the whole list */
    const struct segment *segment;
    struct term_entry entry;
    struct postings_directory directory; /* blocks >= 2 */
    uint32_t block_count;

    /* inside */
    const uint8_t *run;        /* the block's bytes */
    const uint8_t *frequency_run;
    const uint8_t *run_end;
    struct position_reader *position_reader; /* made at first use */
    struct arena *arena;
};

/* Has the processor fetch what opening a cursor will read. */
static inline void postings_cursor_prefetch(const struct segment *segment, const struct term_entry *entry)
{
    if (entry->df > 1)
        __builtin_prefetch(segment->postings.bytes + entry->postings);
}

/* `arena` holds the cursor's arrays and must outlive it. */
int postings_cursor_open(struct postings_cursor *cursor, const struct segment *segment, const struct term_entry *entry,
                         struct arena *arena, struct trawl_error *error);

/* To the next block (or at_end). Decodes nothing. */
int postings_cursor_next(struct postings_cursor *cursor, struct trawl_error *error);

/* To the first block, from the current one on, whose last document >= target;
 * decodes nothing. For lists without directory the only block stays current
 * unless it is decoded and ends before. */
int postings_cursor_seek(struct postings_cursor *cursor, uint32_t target, struct trawl_error *error);

int postings_cursor_documents(struct postings_cursor *cursor, struct trawl_error *error);
int postings_cursor_frequencies(struct postings_cursor *cursor, struct trawl_error *error); /* decodes documents too */

/* Takes over what another cursor of the same list has decoded, if it stands at the same block. */
void postings_cursor_share(struct postings_cursor *cursor, const struct postings_cursor *other);

/* When the current block's documents are bits: those of [first_possible, last] in words (unaligned, load_u64) whose bit 0
 * is document *first; 1. Else 0. Others may be set before and behind them. Checked; population not. */
int postings_cursor_bitset(const struct postings_cursor *cursor, const uint8_t **words, uint32_t *first);

/* Goes on to the first block that is no bitset or does not end before document `end` of the segment, which may be the current
 * one; those before it are ORed into `bits`, whose bit 0 is document `first` <= first_possible. */
int postings_cursor_or_bitsets(struct postings_cursor *cursor, uint64_t *bits, uint32_t first, uint32_t end,
                               struct trawl_error *error);

/* ---- of a dense list (postings.h) its documents are at hand without any of its blocks */
static inline int postings_cursor_is_dense(const struct postings_cursor *cursor)
{
    return cursor->directory.bits != NULL;
}

/* ORs, or ANDs, the documents [first, end), at most the segment's, into bits, whose bit 0 is document `first`, a
 * multiple of 64, and of which none is set from `end` on. The cursor stays where it is. */
void postings_cursor_or_dense(const struct postings_cursor *cursor, uint64_t *bits, uint32_t first, uint32_t end);
void postings_cursor_and_dense(const struct postings_cursor *cursor, uint64_t *bits, uint32_t first, uint32_t end);

/* Decodes the current block's frequencies, but not its documents. */
int postings_cursor_dense_frequencies(struct postings_cursor *cursor, struct trawl_error *error);

/* The indices in the current block of these documents, which it has; they ascend. */
int postings_cursor_dense_indices(const struct postings_cursor *cursor, uint8_t *indices, const uint32_t *documents,
                                  uint32_t count, struct trawl_error *error);

/* The bounds of the group of blocks that holds the current one, and the
 * group's last document; 0 when there is no second level. */
int postings_cursor_group(const struct postings_cursor *cursor, const uint8_t **bounds, uint32_t *last);

/* The bits where the positions of some documents of the current block start (frequencies must be decoded); the indices
 * ascend, and cost least when they do so from call to call. For postings_cursor_positions_at alone. */
int postings_cursor_first_bits(struct postings_cursor *cursor, uint64_t *first_bits, const uint8_t *indices, uint32_t count,
                           struct trawl_error *error);
int postings_cursor_positions_at(struct postings_cursor *cursor, uint64_t first_bit, uint32_t index, const uint32_t **positions,
                                 uint32_t *count, struct trawl_error *error);

int postings_cursor_corrupt_positions(const struct postings_cursor *cursor, struct trawl_error *error);

/* Both at once: positions of the index-th document of the current block (frequencies must be
 * decoded): ascending, *count == its frequency. The array holds until the
 * cursor's next positions call. Cheapest in ascending order of index. */
int postings_cursor_positions(struct postings_cursor *cursor, uint32_t index, const uint32_t **positions, uint32_t *count,
                              struct trawl_error *error);

#endif
