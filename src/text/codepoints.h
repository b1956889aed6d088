/* A word as numbers of characters, while it is folded: room for whatever
 * TOKEN_MAX_BYTES bytes of text can grow to, and the Unicode library's whole
 * word operations on it. */
#ifndef TRAWL_TEXT_CODEPOINTS_H
#define TRAWL_TEXT_CODEPOINTS_H

#include <stddef.h>
#include <stdint.h>

#include "src/text/tokenizer.h"

/* Normalising grows text most at U+FDFA: three bytes to eighteen characters. */
enum { CODEPOINTS_MAX = TOKEN_MAX_BYTES * 6 };

struct codepoints {
    size_t count;
    uint32_t at[CODEPOINTS_MAX];
};

/* Reads at most TOKEN_MAX_BYTES bytes of UTF-8; damage becomes U+FFFD. */
void codepoints_read(struct codepoints *points, const uint8_t *text, size_t length);

/* Writes UTF-8, cut at a character's edge to TOKEN_MAX_BYTES. -> bytes written */
size_t codepoints_write(uint8_t out[TOKEN_MAX_BYTES], const struct codepoints *points);

int codepoints_are_ascii(const struct codepoints *points); /* 1 or 0 */

/* Each writes `to`, another than `from`. -> 0, or TRAWL_ERROR_MEMORY */
int codepoints_nfc(struct codepoints *to, const struct codepoints *from);
int codepoints_nfd(struct codepoints *to, const struct codepoints *from);
int codepoints_nfkc(struct codepoints *to, const struct codepoints *from);
int codepoints_casefold(struct codepoints *to, const struct codepoints *from); /* full folding, nothing normalised */

#endif
