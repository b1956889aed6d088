/* Reading all that can be read of a segment, for tests with damaged bytes:
 * the promises that readers make to their callers are held against what they
 * give, and a broken promise ends the program. */
#ifndef TRAWL_TESTS_SEGMENT_WALK_H
#define TRAWL_TESTS_SEGMENT_WALK_H

#include <stddef.h>
#include <stdint.h>

#include "index/read/snapshot.h"

/* Terms, postings, positions, columns, ids, stored documents. Goes on behind damage. -> how often there was some */
size_t segment_walk(const struct segment *segment);

/* The same of all segments, and statistics. */
size_t snapshot_walk(struct snapshot *snapshot);

/* Makes the checksums of a segment file right again, as far as its frame can
 * be read. -> the checksum of its table of contents, 0 when it has none */
uint32_t fix_checksums(uint8_t *bytes, size_t length);

#endif
