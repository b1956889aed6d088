/* A posting list as queries use it: a cursor over its blocks, what its
 * postings score, and bounds of that for a block, a range of documents, the
 * whole list. On disk (a term), or in memory (the union of a prefix's terms).
 *
 * A list is walked once from its start to its end: documents that are asked
 * for never descend. The bounds of a range look ahead in the directory alone
 * and leave the cursor where it is. */
#ifndef SRC_MATCH_LIST_H
#define SRC_MATCH_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "index/read/postings_cursor.h"
#include "src/match/block_search.h"
#include "src/match/bm25.h"

/* Postings in memory, documents ascending. */
struct memory_postings {
    const uint32_t *documents, *frequencies;
    uint32_t count;
};

struct list {
    struct postings_cursor cursor;        /* of postings in memory: its first part alone, kept by hand */
    const struct memory_postings *memory; /* NULL: on disk */
    uint32_t *memory_bounds;              /* per block */
    uint32_t df;                          /* deleted documents included */

    struct scorer scorer; /* weight 0: the list only filters */
    struct bound_mix mix;
    int loose;            /* its lengths are not those that bounds were made for: only the weight bounds it */
    int adds;             /* 0: the scorer bounds what a phrase scores; the list itself adds nothing */
    uint32_t maximum;     /* bound of the whole list */

    uint32_t bound, bound_of; /* bound of block `bound_of` */
    uint32_t peek;            /* where the range last asked for starts */
    struct block_map *map;    /* shared by the lists of a search */
};

/* How to open one. */
struct list_options {
    struct scorer scorer;
    int loose, adds;
    struct block_map *map;
};

int list_open(struct list *list, const struct segment *segment, const struct term_entry *entry,
              const struct list_options *options, struct arena *arena, struct trawl_error *error);
int list_open_memory(struct list *list, const struct memory_postings *postings, const struct list_options *options,
                     struct arena *arena, struct trawl_error *error);

/* The same leaf stands in the query so many times more. */
void list_repeat(struct list *list, uint32_t times);

/* ---- the cursor: as postings_cursor_...; frequencies come with their documents */
int list_next(struct list *list, struct trawl_error *error);
int list_seek_far(struct list *list, uint32_t target, struct trawl_error *error);

static inline int list_seek(struct list *list, uint32_t target, struct trawl_error *error)
{
    return list->cursor.at_end || target <= list->cursor.last ? 0 : list_seek_far(list, target, error);
}

static inline int list_documents(struct list *list, struct trawl_error *error)
{
    return list->cursor.documents_decoded ? 0 : postings_cursor_documents(&list->cursor, error);
}

static inline int list_frequencies(struct list *list, struct trawl_error *error)
{
    const struct postings_cursor *cursor = &list->cursor;
    return cursor->documents_decoded && cursor->frequencies_decoded ? 0
                                                                    : postings_cursor_frequencies(&list->cursor, error);
}

/* ---- bounds, multiplicity included; of lists that score */
uint32_t list_block_bound(struct list *list); /* of the current block */

/* Of a document in the current block's range. */
static inline uint32_t list_document_bound(struct list *list, uint32_t document)
{
    if (list->loose || !list->cursor.bounds)
        return list_block_bound(list);
    return bm25_document_bound(&list->scorer, list->cursor.bounds, document);
}

/* Of all postings in documents [from, to]; `from` never falls from call to
 * call. 0 when there is none for sure. */
uint32_t list_range_bound(struct list *list, uint32_t from, uint32_t to);

/* Of any block: what list_block_bound() says, and its last document; of any group of POSTINGS_GROUP blocks. */
uint32_t list_bound_at(const struct list *list, uint32_t block);
uint32_t list_last_at(const struct list *list, uint32_t block);
uint32_t list_group_bound_at(const struct list *list, uint32_t group);

/* The last document of the current block's group, where skipping can go on; of the block when there is none. */
uint32_t list_group_last(const struct list *list);

#endif
