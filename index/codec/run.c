/* Decoding of runs, and the check that makes it safe. FORMAT.md, "Runs":
 *
 *     header: kind, patched?     kind 0..32   [patch bytes] numbers [patches]
 *                                kind 62      vbyte
 *
 * run_size walks a run once without touching its numbers; after it, decoding
 * needs no check of its own. */
#include "index/codec/run.h"

#include "index/codec/bits.h"
#include "index/codec/kernels.h"
#include "index/codec/vbyte.h"

enum { WIDEST = 32 };

/* Where the parts of a packed run lie. */
struct packed_run {
    unsigned width;
    const uint8_t *numbers, *patches, *end;
};

static size_t packed_bytes(size_t n, unsigned width)
{
    return (n * width + 7) / 8;
}

static struct packed_run packed_run(const uint8_t *at, size_t n)
{
    struct packed_run run = {.width = *at & RUN_KIND};
    size_t patch_bytes = 0;
    if (*at++ & RUN_PATCHED)
        patch_bytes = *at++;
    run.numbers = at;
    run.patches = at + packed_bytes(n, run.width);
    run.end = run.patches + patch_bytes;
    return run;
}

/* ----------------------------------------------------------------- checking */

static int patches_are_sound(const uint8_t *at, const uint8_t *end, size_t n, unsigned width)
{
    const uint32_t most = width == WIDEST ? 0 : UINT32_MAX >> width;
    for (size_t next = 0; at < end;) {
        const size_t index = *at++;
        uint32_t high;
        if (index < next || index >= n || vbyte_get_u32(&high, &at, end) || high > most)
            return 0;
        next = index + 1;
    }
    return 1;
}

static size_t packed_size(const uint8_t *at, const uint8_t *end, size_t n)
{
    const int patched = *at & RUN_PATCHED;
    const size_t room = (size_t)(end - at);
    const size_t head = patched ? 2 : 1;
    if (room < head)
        return 0;
    const unsigned width = *at & RUN_KIND;
    const size_t patch_bytes = patched ? at[1] : 0;
    const size_t size = head + packed_bytes(n, width) + patch_bytes;
    if (size > room)
        return 0;
    return !patched || patches_are_sound(at + size - patch_bytes, at + size, n, width) ? size : 0;
}

size_t run_size(const uint8_t *at, const uint8_t *end, size_t n)
{
    if (at >= end)
        return 0;
    if ((*at & RUN_KIND) <= WIDEST)
        return packed_size(at, end, n);
    if ((*at & (RUN_KIND | RUN_PATCHED)) != RUN_ALL_EQUAL)
        return 0;
    const uint8_t *behind = at + 1;
    uint32_t value;
    return vbyte_get_u32(&value, &behind, end) ? 0 : (size_t)(behind - at);
}

/* ----------------------------------------------------------------- decoding */

/* A vbyte that is known to be sound. */
static uint32_t sound_vbyte(const uint8_t **at)
{
    uint32_t value = *(*at) & 0x7f;
    for (unsigned shift = 7; *(*at)++ & 0x80; shift += 7)
        value |= (uint32_t)(**at & 0x7f) << shift;
    return value;
}

static void unpack_short(uint32_t *numbers, const uint8_t *packed, size_t n, unsigned width)
{
    for (size_t i = 0; i < n; i++)
        numbers[i] = (uint32_t)bits_get(packed, i, width);
}

static void apply_patches(uint32_t *numbers, const struct packed_run *run)
{
    for (const uint8_t *at = run->patches; at < run->end;) {
        uint32_t *number = numbers + *at++;
        *number += (uint32_t)((uint64_t)sound_vbyte(&at) << run->width);
    }
}

static size_t decode_packed(uint32_t *numbers, const uint8_t *at, size_t n)
{
    const struct packed_run run = packed_run(at, n);
    if (n == RUN_LENGTH)
        kernels()->unpack128(numbers, run.numbers, run.width);
    else
        unpack_short(numbers, run.numbers, n, run.width);
    apply_patches(numbers, &run);
    return (size_t)(run.end - at);
}

/* numbers[i] = first + i * step */
static size_t decode_equal(uint32_t *numbers, const uint8_t *at, size_t n, uint32_t first, uint32_t per_value)
{
    const uint8_t *behind = at + 1;
    const uint32_t value = sound_vbyte(&behind);
    const uint32_t step = per_value * (value + 1);
    for (size_t i = 0; i < n; i++)
        numbers[i] = first + value + (uint32_t)i * step;
    return (size_t)(behind - at);
}

size_t run_decode(uint32_t *numbers, const uint8_t *at, size_t n)
{
    if ((*at & RUN_KIND) == RUN_ALL_EQUAL)
        return decode_equal(numbers, at, n, 0, 0);
    return decode_packed(numbers, at, n);
}

size_t run_decode_documents(uint32_t *documents, const uint8_t *at, size_t n, uint32_t previous)
{
    const unsigned kind = *at & RUN_KIND;
    if (kind == RUN_ALL_EQUAL)
        return decode_equal(documents, at, n, previous + 1, 1);
    if (n == RUN_LENGTH && !(*at & RUN_PATCHED)) {
        kernels()->unpack128_documents(documents, at + 1, kind, previous);
        return 1 + packed_bytes(n, kind);
    }
    const size_t size = decode_packed(documents, at, n);
    kernels()->sum_documents(documents, n, previous);
    return size;
}

int run_is_ascending(const uint32_t *documents, size_t n)
{
    unsigned falls = 0; /* no early exit: the loop is vectorised */
    for (size_t i = 1; i < n; i++)
        falls |= documents[i] <= documents[i - 1];
    return !falls;
}
