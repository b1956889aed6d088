/* For each byte the numbers of its set bits, from the lowest on, a byte each. */
#ifndef INDEX_CODEC_BIT_PLACES_H
#define INDEX_CODEC_BIT_PLACES_H

#include <stdint.h>

extern const uint64_t bit_places[256];

#endif
