/* Document ids, both ways: section DIDS. */
#ifndef INDEX_FORMAT_IDS_H
#define INDEX_FORMAT_IDS_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/container.h"

enum { ID_MAX_BYTES = 1024, IDS_PER_BLOCK = 16 };

/* ---- writing. `ids`: by ordinal, unique. */
struct id_string {
    const uint8_t *bytes;
    uint32_t length;
};
int ids_write(const struct id_string *ids, uint32_t count, struct container_writer *container, struct trawl_error *error);

/* ---- reading */
struct ids {
    const char *path;
    const uint8_t *file; /* the container's first byte, for errors */
    uint32_t count, blocks, width;
    const uint8_t *offsets, *sorted, *data, *end;
};
int ids_open(struct ids *ids, const struct container *container, uint32_t documents, struct trawl_error *error);

/* The id of an ordinal (< count) into out; -> 0 or damage. */
int ids_get(uint8_t out[ID_MAX_BYTES], size_t *length, const struct ids *ids, uint32_t ordinal, struct trawl_error *error);

/* -> 0 and *ordinal, 1 when no document has the id, negative for damage. */
int ids_find(uint32_t *ordinal, const struct ids *ids, const uint8_t *id, size_t length, struct trawl_error *error);

#endif
