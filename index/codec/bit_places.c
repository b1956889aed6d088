#include "index/codec/bit_places.h"

#define PUT(places, byte, bit) ((places) << 8 * ((byte) >> (bit) & 1) | (uint64_t)((bit) * ((byte) >> (bit) & 1)))
#define PLACES(byte) \
    PUT(PUT(PUT(PUT(PUT(PUT(PUT(PUT(UINT64_C(0), byte, 7), byte, 6), byte, 5), byte, 4), byte, 3), byte, 2), byte, 1), byte, 0)
#define FOUR_PLACES(byte) PLACES(byte), PLACES(byte + 1), PLACES(byte + 2), PLACES(byte + 3)
#define SIXTEEN_PLACES(byte) FOUR_PLACES(byte), FOUR_PLACES(byte + 4), FOUR_PLACES(byte + 8), FOUR_PLACES(byte + 12)
#define ALL_PLACES(byte) SIXTEEN_PLACES(byte), SIXTEEN_PLACES(byte + 16), SIXTEEN_PLACES(byte + 32), SIXTEEN_PLACES(byte + 48)
const uint64_t bit_places[256] = {ALL_PLACES(0), ALL_PLACES(64), ALL_PLACES(128), ALL_PLACES(192)};

#define EIGHT_FROM(n) n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7
const uint8_t word_places[64] = {EIGHT_FROM(0),  EIGHT_FROM(8),  EIGHT_FROM(16), EIGHT_FROM(24),
                                 EIGHT_FROM(32), EIGHT_FROM(40), EIGHT_FROM(48), EIGHT_FROM(56)};
