/* CRC32C (Castagnoli), by the processor's instruction where there is one. */
#ifndef INDEX_CODEC_CRC32C_H
#define INDEX_CODEC_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* Continues `crc` (0 to start) over `bytes`. */
uint32_t crc32c(uint32_t crc, const void *bytes, size_t length);

#endif
