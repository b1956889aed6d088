/* Where the parts of a document (title, body, ...) start in the default field:
 * section FLDS. */
#ifndef INDEX_FORMAT_PARTS_H
#define INDEX_FORMAT_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/container.h"

enum { PARTS_PER_OFFSET = 64 }; /* documents found by one offset */

struct part {
    uint32_t field;
    uint32_t start; /* position in the default field; a part ends where the next starts */
};

/* ---- writing, in order of ordinals */
struct parts_writer {
    struct buffer records, offsets;
    uint32_t documents;
    int all_plain; /* every document so far is one body from 0 on */
};
void parts_writer_init(struct parts_writer *writer);
void parts_writer_release(struct parts_writer *writer);
int parts_writer_add(struct parts_writer *writer, const struct part *parts, size_t count, struct trawl_error *error);
int parts_writer_finish(struct parts_writer *writer, struct container_writer *container, struct trawl_error *error);

/* ---- reading */
struct parts {
    const char *path;
    const uint8_t *file; /* the container's first byte, for errors */
    struct span section; /* absent: all plain */
    uint32_t documents;
};
int parts_open(struct parts *parts, const struct container *container, uint32_t documents, struct trawl_error *error);

/* Fills out[0..*count), at most `capacity` (more parts than that: *count says how many; call again). */
int parts_get(struct part *out, size_t capacity, size_t *count, const struct parts *parts, uint32_t ordinal,
              struct trawl_error *error);

/* The parts of one document after the other: for whoever wants those of all. */
struct parts_cursor {
    const struct parts *parts;
    uint32_t ordinal;       /* of the document that comes next */
    const uint8_t *at, *end; /* what is left of its 64 records */
};
void parts_start(struct parts_cursor *cursor, const struct parts *parts);
int parts_next(struct part *out, size_t capacity, size_t *count, struct parts_cursor *cursor, struct trawl_error *error);

#endif
