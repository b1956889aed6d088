/* JSON, written: strings escaped, numbers that no locale changes. Appends to a
 * buffer; look at its status at the end. */
#ifndef SRC_UTIL_JSON_WRITE_H
#define SRC_UTIL_JSON_WRITE_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/buffer.h"

/* A string in quotes. Control characters are escaped; the bytes are otherwise
 * taken as the valid UTF-8 that they must be. */
void json_write_string(struct buffer *out, const void *bytes, size_t length);

/* `"name":` */
void json_write_key(struct buffer *out, const char *name);

/* A value that is JSON already, on one line: line ends in it become blanks. */
void json_write_json(struct buffer *out, const void *json, size_t length);

void json_write_u64(struct buffer *out, uint64_t value);

/* The shortest decimal that reads back as the same float. Must be finite. */
void json_write_float(struct buffer *out, float value);

/* Seventeen digits at most, likewise. */
void json_write_double(struct buffer *out, double value);

#endif
