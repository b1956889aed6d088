/* JSON as a stream of tokens, by RFC 8259 to the letter: what a careless
 * reader lets pass (a trailing comma, 01, a raw tab in a string) is a fault.
 *
 *     {"id": 5, "tags": ["a"]}
 *     OBJECT  KEY id  NUMBER 5  KEY tags  ARRAY  STRING a  ARRAY_END  OBJECT_END  END
 *
 * Tokens point into the text; nothing is copied or allocated, and nothing
 * recurses: open containers are one bit each. Bytes above 0x7F in strings are
 * taken as they are; whether they are UTF-8 is the caller's to check. */
#ifndef SRC_SOURCE_JSON_READ_H
#define SRC_SOURCE_JSON_READ_H

#include <stddef.h>
#include <stdint.h>

enum { JSON_MAX_DEPTH = 1024 };

enum json_kind {
    JSON_OBJECT, JSON_OBJECT_END, JSON_ARRAY, JSON_ARRAY_END,
    JSON_KEY, JSON_STRING, JSON_NUMBER, JSON_TRUE, JSON_FALSE, JSON_NULL,
    JSON_END /* of the text, after one whole value */
};

struct json_token {
    enum json_kind kind;
    const uint8_t *start; /* of a key or string: after its quote */
    size_t length;        /* likewise without the quotes */
    int is_escaped;       /* a key or string with backslashes: see json_unescape */
    int is_ascii;         /* a key or string without bytes above 0x7F */
};

struct json_reader {
    const uint8_t *start, *at, *end;
    unsigned depth;                         /* open containers */
    uint64_t is_object[JSON_MAX_DEPTH / 64]; /* by depth: object or array */
    int expected;
    const char *fault; /* why json_next failed; `at` is where */
};

void json_reader_init(struct json_reader *reader, const uint8_t *text, size_t length);

/* -> 0, or TRAWL_ERROR_DOCUMENT with reader->fault set; then it is over. */
int json_next(struct json_token *token, struct json_reader *reader);

/* Reads on to the end of the innermost open container, its end token included. */
int json_leave(struct json_reader *reader);

/* Writes a key or string of `length` raw bytes, of which json_next approved,
 * without its escapes; `out` has room for `length` bytes. -> bytes written.
 * Half a surrogate pair becomes U+FFFD; *damaged is raised by one for each. */
size_t json_unescape(uint8_t *out, const uint8_t *raw, size_t length, uint64_t *damaged);

#endif
