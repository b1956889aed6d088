#include "src/text/utf8.h"

#include "src/util/bytes.h"

/* Which bytes may follow a first byte is table 3-7 of the Unicode standard:
 * only the second byte's range depends on the first, and cutting that range is
 * what shuts out overlong forms, surrogates and numbers above U+10FFFF. Damage
 * ends before the first byte that cannot follow; so "the maximal damaged part"
 * falls out of decoding byte by byte. */

static const uint8_t replacement[3] = {0xEF, 0xBF, 0xBD};

struct lead {
    uint8_t follow; /* how many bytes follow; 0: no character starts so */
    uint8_t low, high; /* range of the second byte */
    uint8_t bits;   /* of the number, in the first byte */
};

static struct lead lead_of(uint8_t first)
{
    if (first < 0xC2 || first > 0xF4)
        return (struct lead){0, 0, 0, 0};
    if (first < 0xE0)
        return (struct lead){1, 0x80, 0xBF, first & 0x1F};
    if (first < 0xF0)
        return (struct lead){2, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF, first & 0x0F};
    return (struct lead){3, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF, first & 0x07};
}

size_t utf8_decode(uint32_t *character, const uint8_t *text, size_t length)
{
    if (text[0] < 0x80) {
        *character = text[0];
        return 1;
    }
    struct lead lead = lead_of(text[0]);
    uint32_t value = lead.bits;
    *character = UTF8_REPLACEMENT;
    if (lead.follow == 0)
        return 1;
    for (size_t i = 1; i <= lead.follow; i++) {
        if (i == length || text[i] < lead.low || text[i] > lead.high)
            return i;
        value = value << 6 | (text[i] & 0x3Fu);
        lead.low = 0x80;
        lead.high = 0xBF;
    }
    *character = value;
    return lead.follow + 1u;
}

size_t utf8_encode(uint8_t out[4], uint32_t character)
{
    if (character < 0x80) {
        out[0] = (uint8_t)character;
        return 1;
    }
    if (character < 0x800) {
        out[0] = (uint8_t)(0xC0 | character >> 6);
        out[1] = (uint8_t)(0x80 | (character & 0x3F));
        return 2;
    }
    if (character < 0x10000) {
        out[0] = (uint8_t)(0xE0 | character >> 12);
        out[1] = (uint8_t)(0x80 | (character >> 6 & 0x3F));
        out[2] = (uint8_t)(0x80 | (character & 0x3F));
        return 3;
    }
    out[0] = (uint8_t)(0xF0 | character >> 18);
    out[1] = (uint8_t)(0x80 | (character >> 12 & 0x3F));
    out[2] = (uint8_t)(0x80 | (character >> 6 & 0x3F));
    out[3] = (uint8_t)(0x80 | (character & 0x3F));
    return 4;
}

/* A replacement character that the text itself holds is sound; no damaged part
 * that starts with its first byte is as long. */
static int is_damage(uint32_t character, const uint8_t *text, size_t bytes)
{
    return character == UTF8_REPLACEMENT && !(text[0] == replacement[0] && bytes == sizeof replacement);
}

static size_t ascii_length(const uint8_t *text, size_t length)
{
    size_t at = 0;
    while (length - at >= 8 && (load_u64(text + at) & UINT64_C(0x8080808080808080)) == 0)
        at += 8;
    while (at < length && text[at] < 0x80)
        at++;
    return at;
}

int utf8_is_ascii(const uint8_t *text, size_t length)
{
    return ascii_length(text, length) == length;
}

size_t utf8_valid_length(const uint8_t *text, size_t length)
{
    size_t at = 0;
    for (;;) {
        at += ascii_length(text + at, length - at);
        if (at == length)
            return at;
        uint32_t character;
        size_t bytes = utf8_decode(&character, text + at, length - at);
        if (is_damage(character, text + at, bytes))
            return at;
        at += bytes;
    }
}

size_t utf8_repair(struct buffer *out, const uint8_t *text, size_t length)
{
    size_t at = 0, damaged = 0;
    for (;;) {
        size_t valid = utf8_valid_length(text + at, length - at);
        buffer_append(out, text + at, valid);
        at += valid;
        if (at == length)
            return damaged;
        uint32_t character;
        at += utf8_decode(&character, text + at, length - at);
        buffer_append(out, replacement, sizeof replacement);
        damaged++;
    }
}

size_t utf8_cut(const uint8_t *text, size_t length, size_t limit)
{
    if (length <= limit)
        return length;
    /* The character that `limit` falls into, if it does, starts at most three bytes before. */
    for (size_t back = 1; back <= 3 && back <= limit; back++) {
        uint32_t character;
        size_t start = limit - back;
        if (utf8_decode(&character, text + start, length - start) > back)
            return start;
        if ((text[start] & 0xC0) != 0x80)
            break;
    }
    return limit;
}
