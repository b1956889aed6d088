/* Runs of up to 128 numbers in the fewest bytes: FORMAT.md, "Runs". The kind
 * byte's bit 7 belongs to the caller and is ignored here.
 *
 * Padding contract: decoding may read up to RUN_PADDING bytes past the end of
 * the run's own bytes (the container guarantees them) and writes exactly n
 * numbers, except that n == 128 may be written by whole vectors. */
#ifndef INDEX_CODEC_RUN_H
#define INDEX_CODEC_RUN_H

#include <stddef.h>
#include <stdint.h>

enum {
    RUN_LENGTH = 128,
    RUN_PADDING = 64,
    RUN_SPLIT = 33, /* and so many low bits more, up to */
    RUN_SPLIT_LAST = 61,
    RUN_ALL_EQUAL = 62,
    RUN_BITSET = 63,
    RUN_KIND = 0x3f,
    RUN_ZERO = 0x40, /* a bit that must be 0: the way to more kinds, all 64 being taken */
    RUN_FLAG = 0x80,
    RUN_MAX_BYTES = 1 + 16 * 32
};

/* Encodes n (1..128) numbers behind a header byte. `gain` is how many bytes splitting
 * must save over packing. -> bytes written, header included, at most RUN_MAX_BYTES */
size_t run_encode(uint8_t *out, const uint32_t *numbers, size_t n, size_t gain);

/* Bytes of the run at [at, end), header included; 0 when it is damaged or does
 * not lie inside. Not for bitsets. */
size_t run_size(const uint8_t *at, const uint8_t *end, size_t n);

/* Decodes n (1..128) numbers, each with `plus` (0 or 1) added, which must fit 32 bits.
 * -> the run's bytes; 0: damaged, and what was written says nothing */
size_t run_decode(uint32_t *numbers, const uint8_t *at, const uint8_t *end, size_t n, uint32_t plus);

/* The same for document numbers: documents[i] = previous + 1 + i + sum of
 * numbers[0..i], modulo 2^32; `previous` is UINT32_MAX before the first document.
 * n + the sum of all must be less than 2^32: so documents ascend from previous + 1
 * on unless the last one is below that, which the caller checks. */
size_t run_decode_documents(uint32_t *documents, const uint8_t *at, const uint8_t *end, size_t n, uint32_t previous);

#endif
