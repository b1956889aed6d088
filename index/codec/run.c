/* Runs read and checked in one pass. FORMAT.md, "Runs":
 *
 *     header: kind     0..32    numbers, packed
 *                      33..61   their low bits, packed; what is above them, in unary
 *                      62       vbyte
 *
 * A block's kind 63, the bitset, is no run of numbers: postings_writer.c writes and postings_cursor.c reads it.
 *
 * That documents ascend needs no look at them: gaps that add up to less than
 * 2^32 never pass it on their way. What they can add up to at most follows from
 * the width, or from the low bits and the length in unary. */
#include "index/codec/run.h"

#include "index/codec/bits.h"
#include "index/codec/kernels.h"
#include "index/codec/vbyte.h"
#include "src/util/bytes.h"

enum { WIDEST = 32 };
#define BEYOND (UINT64_C(1) << 32)

/* Where the parts of a packed or split run lie. */
struct run_parts {
    int is_split;
    unsigned width;         /* of the numbers, or of their low bits */
    const uint8_t *numbers;
    const uint8_t *unary;   /* behind them: of a packed run its end */
    size_t unary_most;      /* bytes at most */
};

/* -> 0, or -1 when they do not lie inside [at, end) */
static int run_parts(struct run_parts *parts, const uint8_t *at, const uint8_t *end, size_t n)
{
    const unsigned kind = *at & (RUN_KIND | RUN_ZERO);
    const size_t room = (size_t)(end - at) - 1;
    if (kind > RUN_SPLIT_LAST)
        return -1;
    parts->is_split = kind >= RUN_SPLIT;
    parts->width = parts->is_split ? kind - RUN_SPLIT : kind;
    const size_t number_bytes = (size_t)bits_size(n, parts->width);
    parts->numbers = at + 1;
    parts->unary = parts->numbers + number_bytes;
    if (number_bytes > room)
        return -1;
    parts->unary_most = room - number_bytes < RUN_MAX_BYTES ? room - number_bytes : RUN_MAX_BYTES;
    return 0;
}

/* May numbers that take so many bits in unary reach 2^32, one of them or their sum, each with 1 added? */
static int is_too_much(const struct run_parts *parts, size_t bits, size_t n)
{
    return ((uint64_t)bits << parts->width) + n >= BEYOND;
}

static size_t size_of(const struct run_parts *parts, const uint8_t *at, size_t unary_bits)
{
    return (size_t)(parts->unary - at) + (unary_bits + 7) / 8;
}

/* The value of a run whose numbers are all equal. -> its bytes, 0: damaged */
static size_t read_equal(uint32_t *value, const uint8_t *at, const uint8_t *end)
{
    const uint8_t *behind = at + 1;
    if ((*at & (RUN_KIND | RUN_ZERO)) != RUN_ALL_EQUAL || vbyte_get_u32(value, &behind, end))
        return 0;
    return (size_t)(behind - at);
}

static int is_equal_kind(uint8_t header)
{
    return (header & RUN_KIND) > RUN_SPLIT_LAST;
}

/* --------------------------------------------------------------------- sizes */

/* Bits up to and with the n-th one; 0 when there are not so many. */
static size_t unary_bits(const struct run_parts *parts, size_t n)
{
    for (size_t at = 0; at < parts->unary_most; at++) {
        const size_t here = (size_t)__builtin_popcount(parts->unary[at]);
        if (here < n) {
            n -= here;
            continue;
        }
        unsigned byte = parts->unary[at];
        while (--n)
            byte &= byte - 1;
        return 8 * at + (size_t)__builtin_ctz(byte) + 1;
    }
    return 0;
}

size_t run_size(const uint8_t *at, const uint8_t *end, size_t n)
{
    struct run_parts parts;
    uint32_t value;
    if (at >= end)
        return 0;
    if (is_equal_kind(*at))
        return read_equal(&value, at, end);
    if (run_parts(&parts, at, end, n))
        return 0;
    if (!parts.is_split)
        return size_of(&parts, at, 0);
    const size_t bits = unary_bits(&parts, n);
    return bits && !is_too_much(&parts, bits, n) ? size_of(&parts, at, bits) : 0;
}

/* ----------------------------------------------------------------- decoding */

static void unpack(uint32_t *numbers, const struct run_parts *parts, size_t n, uint32_t plus)
{
    if (n == RUN_LENGTH) {
        kernels()->unpack128(numbers, parts->numbers, parts->width, plus);
        return;
    }
    for (size_t i = 0; i < n; i++)
        numbers[i] = (uint32_t)bits_get(parts->numbers, i, parts->width) + plus;
}

static int has_zero(const uint32_t *numbers, size_t n)
{
    unsigned zero = 0; /* no early exit: the loop is vectorised */
    for (size_t i = 0; i < n; i++)
        zero |= numbers[i] == 0;
    return zero != 0;
}

static size_t decode_equal(uint32_t *numbers, const uint8_t *at, const uint8_t *end, size_t n, uint32_t plus)
{
    uint32_t value;
    const size_t size = read_equal(&value, at, end);
    if (!size || value > UINT32_MAX - plus)
        return 0;
    for (size_t i = 0; i < n; i++)
        numbers[i] = value + plus;
    return size;
}

size_t run_decode(uint32_t *numbers, const uint8_t *at, const uint8_t *end, size_t n, uint32_t plus)
{
    struct run_parts parts;
    if (at >= end)
        return 0;
    if (is_equal_kind(*at))
        return decode_equal(numbers, at, end, n, plus);
    if (run_parts(&parts, at, end, n))
        return 0;
    unpack(numbers, &parts, n, plus);
    if (!parts.is_split)
        return plus && parts.width == WIDEST && has_zero(numbers, n) ? 0 : size_of(&parts, at, 0);
    const size_t bits = kernels()->unary_add(numbers, parts.unary, parts.unary_most, n, parts.width);
    return bits && !is_too_much(&parts, bits, n) ? size_of(&parts, at, bits) : 0;
}

/* ---------------------------------------------------------------- documents */

static size_t decode_equal_gaps(uint32_t *documents, const uint8_t *at, const uint8_t *end, size_t n, uint32_t previous)
{
    uint32_t value;
    const size_t size = read_equal(&value, at, end);
    const uint64_t gap = (uint64_t)value + 1;
    if (!size || n * gap >= BEYOND)
        return 0;
    for (size_t i = 0; i < n; i++)
        documents[i] = previous + (uint32_t)(i + 1) * (uint32_t)gap;
    return size;
}

static uint64_t sum_of(const uint32_t *numbers, size_t n)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += numbers[i];
    return sum;
}

/* Of full runs this narrow the gaps add up to less than 2^32. */
enum { NARROW = 24 };

/* -> 0 or -1: they add up to too much */
static int unpack_documents(uint32_t *documents, const struct run_parts *parts, size_t n, uint32_t previous)
{
    if (n == RUN_LENGTH && parts->width <= NARROW) {
        kernels()->unpack128_documents(documents, parts->numbers, parts->width, previous);
        return 0;
    }
    unpack(documents, parts, n, 0);
    if (((uint64_t)n << parts->width) + n >= BEYOND && sum_of(documents, n) + n >= BEYOND)
        return -1;
    kernels()->sum_documents(documents, n, previous);
    return 0;
}

size_t run_decode_documents(uint32_t *documents, const uint8_t *at, const uint8_t *end, size_t n, uint32_t previous)
{
    struct run_parts parts;
    if (at >= end)
        return 0;
    if (is_equal_kind(*at))
        return decode_equal_gaps(documents, at, end, n, previous);
    if (run_parts(&parts, at, end, n) || unpack_documents(documents, &parts, n, previous))
        return 0;
    if (!parts.is_split)
        return size_of(&parts, at, 0);
    const size_t bits = kernels()->unary_add_sums(documents, parts.unary, parts.unary_most, n, parts.width);
    return bits && !is_too_much(&parts, bits, n) ? size_of(&parts, at, bits) : 0;
}
