/* Runs read and checked in one pass. FORMAT.md, "Runs":
 *
 *     header: kind, patched?     kind 0..32   [patch bytes] numbers [patches]
 *                                kind 62      vbyte
 *
 * A block's kind 63, the bitset, is no run of numbers: postings_writer.c writes and postings_cursor.c reads it.
 *
 * That documents ascend needs no look at them: gaps that add up to less than
 * 2^32 never pass it on their way. What they can add up to at most follows from
 * the width and the patches. */
#include "index/codec/run.h"

#include "index/codec/bits.h"
#include "index/codec/kernels.h"
#include "index/codec/vbyte.h"

enum { WIDEST = 32 };
#define BEYOND (UINT64_C(1) << 32)

/* Where the parts of a packed run lie. */
struct packed_run {
    unsigned width;
    const uint8_t *numbers, *patches, *end;
};

/* -> 0, or -1 when they do not lie inside [at, end) */
static int packed_run(struct packed_run *run, const uint8_t *at, const uint8_t *end, size_t n)
{
    const int patched = *at & RUN_PATCHED;
    const size_t room = (size_t)(end - at), head = patched ? 2 : 1;
    if (room < head)
        return -1;
    run->width = *at & RUN_KIND;
    const size_t patch_bytes = patched ? at[1] : 0;
    const size_t number_bytes = (size_t)bits_size(n, run->width);
    run->numbers = at + head;
    run->patches = run->numbers + number_bytes;
    run->end = run->patches + patch_bytes;
    return head + number_bytes + patch_bytes <= room ? 0 : -1;
}

/* The value of a run whose numbers are all equal. -> its bytes, 0: damaged */
static size_t read_equal(uint32_t *value, const uint8_t *at, const uint8_t *end)
{
    const uint8_t *behind = at + 1;
    if ((*at & (RUN_KIND | RUN_PATCHED)) != RUN_ALL_EQUAL || vbyte_get_u32(value, &behind, end))
        return 0;
    return (size_t)(behind - at);
}

/* The next patch, for a number from `next` to n - 1. -> 0, -1: damaged */
static inline int read_patch(size_t *index, uint32_t *high, const uint8_t **at, const uint8_t *end, size_t next, size_t n)
{
    *index = *(*at)++;
    if (*index - next >= n - next)
        return -1;
    if (*at < end && **at < 0x80) {
        *high = *(*at)++;
        return 0;
    }
    return vbyte_get_u32(high, at, end);
}

/* --------------------------------------------------------------------- sizes */

static int patches_are_sound(const struct packed_run *run, size_t n)
{
    const uint32_t most = run->width == WIDEST ? 0 : UINT32_MAX >> run->width;
    size_t index, next = 0;
    for (const uint8_t *at = run->patches; at < run->end; next = index + 1) {
        uint32_t high;
        if (read_patch(&index, &high, &at, run->end, next, n) || high > most)
            return 0;
    }
    return 1;
}

size_t run_size(const uint8_t *at, const uint8_t *end, size_t n)
{
    struct packed_run run;
    uint32_t value;
    if (at >= end)
        return 0;
    if ((*at & RUN_KIND) > WIDEST)
        return read_equal(&value, at, end);
    return packed_run(&run, at, end, n) || !patches_are_sound(&run, n) ? 0 : (size_t)(run.end - at);
}

/* ----------------------------------------------------------------- decoding */

static void unpack_short(uint32_t *numbers, const uint8_t *packed, size_t n, unsigned width, uint32_t plus)
{
    for (size_t i = 0; i < n; i++)
        numbers[i] = (uint32_t)bits_get(packed, i, width) + plus;
}

/* Puts what is above `width` bits onto the numbers. *sum grows by it. -> 0, -1: damaged */
static int apply_patches(uint64_t *sum, uint32_t *numbers, const struct packed_run *run, size_t n)
{
    size_t index, next = 0;
    for (const uint8_t *at = run->patches; at < run->end; next = index + 1) {
        uint32_t high;
        if (read_patch(&index, &high, &at, run->end, next, n))
            return -1;
        const uint64_t above = (uint64_t)high << run->width, number = numbers[index] + above;
        if (number >= BEYOND)
            return -1;
        numbers[index] = (uint32_t)number;
        *sum += above;
    }
    return 0;
}

/* *most: no less than the sum of all numbers. -> 0, -1: damaged */
static int decode_packed(uint64_t *most, uint32_t *numbers, const struct packed_run *run, size_t n, uint32_t plus)
{
    if (n == RUN_LENGTH)
        kernels()->unpack128(numbers, run->numbers, run->width, plus);
    else
        unpack_short(numbers, run->numbers, n, run->width, plus);
    *most = (uint64_t)n << run->width;
    return run->patches < run->end ? apply_patches(most, numbers, run, n) : 0;
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
    struct packed_run run;
    uint64_t most;
    if (at >= end)
        return 0;
    if ((*at & RUN_KIND) > WIDEST)
        return decode_equal(numbers, at, end, n, plus);
    if (packed_run(&run, at, end, n) || decode_packed(&most, numbers, &run, n, plus))
        return 0;
    if (plus && run.width == WIDEST && has_zero(numbers, n))
        return 0;
    return (size_t)(run.end - at);
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

size_t run_decode_documents(uint32_t *documents, const uint8_t *at, const uint8_t *end, size_t n, uint32_t previous)
{
    struct packed_run run;
    uint64_t most;
    if (at >= end)
        return 0;
    if ((*at & RUN_KIND) > WIDEST)
        return decode_equal_gaps(documents, at, end, n, previous);
    if (packed_run(&run, at, end, n))
        return 0;
    if (n == RUN_LENGTH && run.width <= NARROW && run.patches == run.end) {
        kernels()->unpack128_documents(documents, run.numbers, run.width, previous);
        return (size_t)(run.end - at);
    }
    if (decode_packed(&most, documents, &run, n, 0))
        return 0;
    if (most + n >= BEYOND && sum_of(documents, n) + n >= BEYOND)
        return 0;
    kernels()->sum_documents(documents, n, previous);
    return (size_t)(run.end - at);
}
