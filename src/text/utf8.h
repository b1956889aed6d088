/* UTF-8, strictly: no surrogates, no overlong forms, nothing above U+10FFFF. */
#ifndef TRAWL_TEXT_UTF8_H
#define TRAWL_TEXT_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/buffer.h"

#define UTF8_REPLACEMENT 0xFFFDu

/* Decodes the character at text[0..length), length > 0. -> its bytes, 1 to 4.
 * Damage gives UTF8_REPLACEMENT and the length of the maximal damaged part, as
 * the Unicode standard (section 3.9) recommends. */
size_t utf8_decode(uint32_t *character, const uint8_t *text, size_t length);

/* -> bytes written to `out`, 1 to 4 */
size_t utf8_encode(uint8_t out[4], uint32_t character);

/* Length of the longest valid part at the front; == length when all is valid. Fast on ASCII. */
size_t utf8_valid_length(const uint8_t *text, size_t length);

int utf8_is_ascii(const uint8_t *text, size_t length); /* 1 when every byte is; else 0 */

/* Appends `text` with each damaged part replaced by U+FFFD. -> how many were. */
size_t utf8_repair(struct buffer *out, const uint8_t *text, size_t length);

/* Length of the longest front of at most `limit` bytes that ends at a character's edge. */
size_t utf8_cut(const uint8_t *text, size_t length, size_t limit);

#endif
