/* An open segment: all its sections, its deletes, ready for cursors. Immutable
 * and shared by threads, once open. */
#ifndef INDEX_READ_SEGMENT_H
#define INDEX_READ_SEGMENT_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/container.h"
#include "index/format/ids.h"
#include "index/format/lengths.h"
#include "index/format/manifest.h"
#include "index/format/meta.h"
#include "index/format/order.h"
#include "index/format/pairs.h"
#include "index/format/parts.h"
#include "index/format/stored.h"
#include "index/format/terms.h"

struct segment_ways;
struct segment_places;

struct segment {
    struct container container;
    struct meta meta;
    struct terms terms;
    struct lengths lengths, ends;
    struct parts parts;
    struct ids ids;
    struct stored stored;
    struct order order;
    struct pairs pairs;
    struct span postings, positions; /* whole sections, padding behind them readable */
    uint32_t number, documents, live;
    int has_positions;
    uint64_t *deleted; /* bit = document number; NULL: none is */
    struct segment_places *places; /* with positions */
    struct segment_ways *ways; /* from ordinals back to documents; NULL: they are the same */
};

/* Opens segment `entry` of `folder` with its deletes. Reads only the frame, the
 * small tables and the deletes. A missing file is TRAWL_ERROR_NOT_FOUND (a newer commit
 * may have removed it: open the manifest again). */
int segment_open(struct segment **segment, const char *folder, const struct manifest *manifest,
                 const struct manifest_segment *entry, struct trawl_error *error);
void segment_close(struct segment *segment);

static inline int segment_is_live(const struct segment *segment, uint32_t document)
{
    return !segment->deleted || !(segment->deleted[document >> 6] >> (document & 63) & 1);
}

/* Ordinal (for ids, parts, stored documents) to document number and back. When
 * the segment was reordered the first few ways back are searches; then the
 * whole way is turned round, in four bytes per document, and kept. */
uint32_t segment_ordinal(const struct segment *segment, uint32_t document);
int segment_document(uint32_t *document, const struct segment *segment, uint32_t ordinal, struct trawl_error *error);

/* The live document with this id. -> 0, 1 none, negative for damage. */
int segment_find_id(uint32_t *document, const struct segment *segment, const uint8_t *id, size_t length,
                    struct trawl_error *error);

#endif
