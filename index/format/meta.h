/* Section META: counts and statistics of a segment. */
#ifndef INDEX_FORMAT_META_H
#define INDEX_FORMAT_META_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/container.h"

enum {
    FIELD_DEFAULT = 0,      /* all text of a document */
    FIELD_BODY = 1,         /* virtual: FIELD_DEFAULT within the body's positions */
    FIELD_PAIRS = 255,      /* hidden: word pairs */
    FIELDS_MAX = 256,
    FIELD_GAP = 128         /* positions between values in the default field */
};

enum { META_HEAD_BYTES = 24, META_FIELD_BYTES = 40 }; /* as they are stored */

struct meta_field {
    uint32_t id;
    uint32_t documents;       /* with a token in it, deleted ones included */
    uint64_t decoded_lengths; /* sum of decoded length codes */
    uint64_t tokens;
    uint32_t terms, first_block, blocks;
};

struct meta {
    uint32_t documents;
    uint64_t base; /* insertion number of ordinal 0 */
    uint64_t text_bytes;
    uint32_t field_count;
    struct meta_field fields[FIELDS_MAX];
};

int meta_write(const struct meta *meta, struct container_writer *container, struct trawl_error *error);
int meta_open(struct meta *meta, const struct container *container, struct trawl_error *error);
const struct meta_field *meta_find_field(const struct meta *meta, uint32_t id); /* NULL: not in this segment */

#endif
