/* For each byte the numbers of its set bits, from the lowest on, a byte each. */
#ifndef INDEX_CODEC_BIT_PLACES_H
#define INDEX_CODEC_BIT_PLACES_H

#include <stdint.h>

extern const uint64_t bit_places[256];

/* Those of a word whose bits are all set. */
extern const uint8_t word_places[64];

#endif
