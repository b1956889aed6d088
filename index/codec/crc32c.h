/* CRC32C (Castagnoli), by the processor's instruction where there is one. */
#ifndef INDEX_CODEC_CRC32C_H
#define INDEX_CODEC_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* Continues `crc` (0 to start) over `bytes`. */
uint32_t crc32c(uint32_t crc, const void *bytes, size_t length);

/* Are the bytes those that gave `stored`? Always, in builds for fuzzing: they
 * are to reach what lies behind checksums. */
static inline int crc32c_holds(uint32_t stored, const void *bytes, size_t length)
{
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
    (void)stored, (void)bytes, (void)length;
    return 1;
#else
    return crc32c(0, bytes, length) == stored;
#endif
}

#endif
