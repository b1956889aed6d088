#include "src/text/word_masks.h"

#include "src/util/bytes.h"

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Of eight bytes below 128: 0x80 in each that is in [first, last]. */
static uint64_t between(uint64_t bytes, uint8_t first, uint8_t last)
{
    return (bytes + EACH(0x80u - first)) & ~(bytes + EACH(0x7Fu - last)) & EACH(0x80u);
}

/* The 0x80 of each byte to eight bits, the first byte's lowest: the product
 * brings bit 8i+7 to bit 56+i, and no two of its terms meet. */
static uint64_t gather(uint64_t marks)
{
    return (marks >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

void word_masks_find_scalar(struct word_masks *masks, const uint8_t text[WORD_MASKS_BYTES])
{
    *masks = (struct word_masks){0};
    for (unsigned at = 0; at < WORD_MASKS_BYTES; at += 8) {
        const uint64_t bytes = load_u64(text + at), low = bytes & EACH(0x7Fu), ascii = ~bytes & EACH(0x80u);
        const uint64_t letters = between(low | EACH(0x20u), 'a', 'z') | between(low, '0', '9');
        const uint64_t joiner = between(low, '\'', '\'') | between(low, ',', ',') | between(low, '.', '.') | between(low, ';', ';');
        masks->letters |= gather(letters & ascii) << at;
        masks->connector |= gather(between(low, '_', '_') & ascii) << at;
        masks->joiner |= gather(joiner & ascii) << at;
        masks->not_ascii |= gather(ascii ^ EACH(0x80u)) << at;
    }
}

#if defined(__SSE2__)

#include <emmintrin.h>

static inline __m128i in_range(__m128i bytes, char first, char count_less_1)
{
    const __m128i from_first = _mm_sub_epi8(bytes, _mm_set1_epi8(first));
    return _mm_cmpeq_epi8(_mm_min_epu8(from_first, _mm_set1_epi8(count_less_1)), from_first);
}

static inline __m128i is_byte(__m128i bytes, char byte)
{
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte));
}

static inline uint64_t bits_of(__m128i marks)
{
    return (uint16_t)_mm_movemask_epi8(marks);
}

void word_masks_find(struct word_masks *masks, const uint8_t text[WORD_MASKS_BYTES])
{
    struct word_masks found = {0};
    for (unsigned at = 0; at < WORD_MASKS_BYTES; at += 16) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
        const __m128i letters =
            _mm_or_si128(in_range(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 25), in_range(bytes, '0', 9));
        const __m128i comma_or_dot = is_byte(_mm_and_si128(bytes, _mm_set1_epi8((char)~2)), ',');
        const __m128i joiner = _mm_or_si128(comma_or_dot, _mm_or_si128(is_byte(bytes, '\''), is_byte(bytes, ';')));
        found.letters |= bits_of(letters) << at;
        found.connector |= bits_of(is_byte(bytes, '_')) << at;
        found.joiner |= bits_of(joiner) << at;
        found.not_ascii |= bits_of(bytes) << at;
    }
    *masks = found;
}

#else

void word_masks_find(struct word_masks *masks, const uint8_t text[WORD_MASKS_BYTES])
{
    word_masks_find_scalar(masks, text);
}

#endif
