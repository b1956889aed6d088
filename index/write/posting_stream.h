/* The form of a term's postings between inversion and encoding, in memory and
 * in spilled runs; private to this folder, never part of an index.
 *
 * A stream of 16-bit units, little-endian, occurrence after occurrence:
 *
 *     gap * 2 + (1 when a document starts)   gap: position less the one before less 1 (at a start, -1 comes before);
 *                                            from 0x7fff on: 0x7fff there, and the gap in two units more, low first
 *     document gap - 1, when one starts      gap: to the document before (before the first comes -1);
 *                                            from 0xffff on: 0xffff, and gap - 1 in two units more
 *
 * Nearly every occurrence so is one store of four bytes, of which two or four
 * count, without a branch on what the text is like; that made inversion twice
 * as fast as byte-wise numbers do, for half as much memory again. Streams of an index
 * without positions are the same: a position costs less than its absence. */
#ifndef INDEX_WRITE_POSTING_STREAM_H
#define INDEX_WRITE_POSTING_STREAM_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/bytes.h"

enum {
    STREAM_UNIT = 2,          /* bytes */
    STREAM_LONG_GAP = 0x7fff,
    STREAM_LONG_DOCUMENT_GAP = 0xffff,
    STREAM_OCCURRENCE_UNITS = 6 /* at most */
};

/* The units of one occurrence. -> how many */
static inline unsigned stream_put(uint16_t units[STREAM_OCCURRENCE_UNITS], uint32_t gap, int starts,
                                  uint32_t document_gap_less_1)
{
    unsigned count = 0;
    const unsigned flag = starts != 0;
    if (gap < STREAM_LONG_GAP) {
        units[count++] = (uint16_t)(gap << 1 | flag);
    } else {
        units[count++] = (uint16_t)(STREAM_LONG_GAP << 1 | flag);
        units[count++] = (uint16_t)gap;
        units[count++] = (uint16_t)(gap >> 16);
    }
    if (!starts)
        return count;
    if (document_gap_less_1 < STREAM_LONG_DOCUMENT_GAP) {
        units[count++] = (uint16_t)document_gap_less_1;
    } else {
        units[count++] = STREAM_LONG_DOCUMENT_GAP;
        units[count++] = (uint16_t)document_gap_less_1;
        units[count++] = (uint16_t)(document_gap_less_1 >> 16);
    }
    return count;
}

#endif
