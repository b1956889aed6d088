/* Four 32-bit numbers at once, by the compilers' portable vectors: every
 * processor's baseline instructions, or plain ones where there are none. */
#ifndef INDEX_CODEC_LANES_H
#define INDEX_CODEC_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "src/util/bytes.h"

typedef uint32_t lanes __attribute__((vector_size(16)));

/* LANES_SHUFFLE(a, b, four of 0..7): 0 to 3 name a's lanes, 4 to 7 b's. */
#if defined(__clang__) || __GNUC__ >= 12
#define LANES_SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define LANES_SHUFFLE(a, b, ...) __builtin_shuffle(a, b, (lanes){__VA_ARGS__})
#endif

static inline lanes lanes_of(uint32_t value)
{
    return (lanes){value, value, value, value};
}

static inline lanes lanes_load_bytes(const uint8_t *at) /* little-endian */
{
    return (lanes){load_u32(at), load_u32(at + 4), load_u32(at + 8), load_u32(at + 12)};
}

static inline lanes lanes_load(const uint32_t *numbers)
{
    lanes four;
    memcpy(&four, numbers, sizeof four);
    return four;
}

static inline void lanes_store(uint32_t *numbers, lanes four)
{
    memcpy(numbers, &four, sizeof four);
}

/* Sums from the first lane on. */
static inline lanes lanes_running_sum(lanes four)
{
    const lanes zero = {0};
    four += LANES_SHUFFLE(zero, four, 0, 4, 5, 6);
    return four + LANES_SHUFFLE(zero, four, 0, 1, 4, 5);
}

/* The portable kernels, for levels whose vectors are no wider. */
void lanes_unpack128(uint32_t *numbers, const uint8_t *packed, unsigned width, uint32_t plus);
void lanes_unpack128_documents(uint32_t *documents, const uint8_t *packed, unsigned width, uint32_t previous);
void lanes_sum_documents(uint32_t *numbers, size_t n, uint32_t previous);

#endif
