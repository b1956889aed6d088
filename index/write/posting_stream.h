/* The form of postings between inversion and encoding, in memory and in
 * spilled runs; private to this folder, never part of an index.
 *
 * A number takes n = 1 to 5 bytes: from the lowest bit n - 1 ones, a zero, then
 * 7 n bits of value, little-endian. Other than vbyte's, its length is known
 * from the first byte, so that neither writing nor reading branches on it.
 *
 * A term has two streams of numbers:
 *
 *     documents   tf of the last document - 1; the first document; then per further document
 *                 (gap - 1) * 2 + (tf of the document before > 1), and when so that tf - 2
 *     positions   document after document: position less the one before less 1 (before the first comes -1)
 *
 * A tf is known only when the next document begins: hence the shift by one. */
#ifndef INDEX_WRITE_POSTING_STREAM_H
#define INDEX_WRITE_POSTING_STREAM_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/bytes.h"

enum {
    STREAM_NUMBER_BYTES = 5, /* at most: 35 bits */
    STREAM_SLACK = 8         /* bytes that must be readable behind a stream */
};

static inline unsigned stream_size(uint64_t number)
{
    const unsigned bits = 64 - (unsigned)__builtin_clzll(number | 1);
    return (bits * 9 + 64) >> 6; /* ceil(bits / 7) up to 63 */
}

static inline uint64_t stream_encode(uint64_t number, unsigned size)
{
    return number << size | ((UINT64_C(1) << (size - 1)) - 1);
}

/* Reads a number at *at and moves behind it. Reads up to STREAM_SLACK bytes.
 * -> 0, or -1 when it does not lie inside [*at, end) */
static inline int stream_get(uint64_t *number, const uint8_t **at, const uint8_t *end)
{
    const uint64_t coded = load_u64(*at);
    const unsigned size = (unsigned)__builtin_ctz(~(unsigned)coded | 1u << STREAM_NUMBER_BYTES) + 1;
    if (size > STREAM_NUMBER_BYTES || size > (size_t)(end - *at))
        return -1;
    *number = coded >> size & ((UINT64_C(1) << 7 * size) - 1);
    *at += size;
    return 0;
}

/* Appends to room for STREAM_SLACK bytes. -> the bytes that count */
static inline unsigned stream_put(uint8_t *at, uint64_t number)
{
    const unsigned size = stream_size(number);
    store_u64(at, stream_encode(number, size));
    return size;
}

#endif
