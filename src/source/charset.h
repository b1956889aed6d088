/* Texts that are not UTF-8 become it. Two ways in: a UTF-16 byte order mark at
 * the front of a file, whose bytes are converted as they stream by; and the
 * character set that an HTML page declares of itself. */
#ifndef SRC_SOURCE_CHARSET_H
#define SRC_SOURCE_CHARSET_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/buffer.h"

/* ---------------------------------------------------------------- UTF-16 */

struct utf16 {
    int is_big_endian;
    int has_byte; /* half a unit is held back */
    uint8_t byte;
    uint16_t high; /* a surrogate that waits for its second half; 0: none */
};

/* Converts a piece. Half a pair becomes a byte 0xFF, which is damage in UTF-8
 * and will be counted as such. -> bytes written, at most length / 2 * 3 + 8 */
size_t utf16_decode(uint8_t *out, struct utf16 *state, const uint8_t *bytes, size_t length);

/* What is still held back at the end: damage, if anything. -> bytes written, at most 2 */
size_t utf16_end(uint8_t *out, struct utf16 *state);

/* ------------------------------------------------------------------ HTML */

enum { CHARSET_NAME_SIZE = 32 };

/* The character set that an HTML page declares in its first kilobyte, lower
 * case; "" for none. */
void charset_declared(char name[CHARSET_NAME_SIZE], const uint8_t *page, size_t length);

/* Appends `text` as UTF-8; what cannot be read becomes U+FFFD and raises
 * *damaged. -> 1 done, 0 no such character set here (nothing is appended).
 * out->status tells of memory. */
int charset_to_utf8(struct buffer *out, const char *name, const uint8_t *text, size_t length, uint64_t *damaged);

#endif
