#include "src/text/codepoints.h"

#include <unicase.h>
#include <uninorm.h>

#include "include/trawl.h"
#include "src/text/utf8.h"
#include "src/util/memory.h"

void codepoints_read(struct codepoints *points, const uint8_t *text, size_t length)
{
    length = utf8_cut(text, length, TOKEN_MAX_BYTES);
    points->count = 0;
    for (size_t at = 0; at < length;)
        at += utf8_decode(&points->at[points->count++], text + at, length - at);
}

size_t codepoints_write(uint8_t out[TOKEN_MAX_BYTES], const struct codepoints *points)
{
    size_t length = 0;
    for (size_t i = 0; i < points->count; i++) {
        uint8_t bytes[4];
        const size_t count = utf8_encode(bytes, points->at[i]);
        if (count > TOKEN_MAX_BYTES - length)
            break;
        for (size_t j = 0; j < count; j++)
            out[length++] = bytes[j];
    }
    return length;
}

int codepoints_are_ascii(const struct codepoints *points)
{
    uint32_t all = 0;
    for (size_t i = 0; i < points->count; i++)
        all |= points->at[i];
    return all < 0x80;
}

/* The library writes into the room given when the result fits, as it always
 * does by the bound above; else into memory of its own, which it left to us. */
static int keep(struct codepoints *to, uint32_t *result, size_t count)
{
    if (result != to->at) {
        memory_free(result);
        return TRAWL_ERROR_MEMORY;
    }
    to->count = count;
    return 0;
}

static int normalize(struct codepoints *to, const struct codepoints *from, uninorm_t form)
{
    size_t count = CODEPOINTS_MAX;
    uint32_t *result = u32_normalize(form, from->at, from->count, to->at, &count);
    return keep(to, result, count);
}

int codepoints_nfc(struct codepoints *to, const struct codepoints *from)
{
    return normalize(to, from, UNINORM_NFC);
}

int codepoints_nfd(struct codepoints *to, const struct codepoints *from)
{
    return normalize(to, from, UNINORM_NFD);
}

int codepoints_nfkc(struct codepoints *to, const struct codepoints *from)
{
    return normalize(to, from, UNINORM_NFKC);
}

int codepoints_casefold(struct codepoints *to, const struct codepoints *from)
{
    size_t count = CODEPOINTS_MAX;
    uint32_t *result = u32_casefold(from->at, from->count, NULL, NULL, to->at, &count);
    return keep(to, result, count);
}
