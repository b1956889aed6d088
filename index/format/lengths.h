/* Document lengths and the ends of documents as one-byte codes: FORMAT.md,
 * "LENS" and "ENDS", sections of one form. */
#ifndef INDEX_FORMAT_LENGTHS_H
#define INDEX_FORMAT_LENGTHS_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/container.h"
#include "index/format/meta.h"

uint8_t length_encode(uint32_t length);
uint32_t length_decode(uint8_t code); /* the smallest length with this code */
uint32_t length_most(uint8_t code);   /* the largest; UINT32_MAX: any */

#define LENGTHS_SECTION SECTION_ID('L', 'E', 'N', 'S')
#define ENDS_SECTION SECTION_ID('E', 'N', 'D', 'S')

/* One field's codes as they are to be written: dense, one per document number. */
struct lengths_column {
    uint32_t field;
    const uint8_t *codes; /* [documents]; 0: no token, or as `others` says */
    const uint8_t *others; /* what the dense form has for 0; NULL: 0 */
};
int lengths_write(uint32_t section, const struct lengths_column *columns, size_t count, uint32_t documents,
                  struct container_writer *container, struct trawl_error *error);

struct lengths_field {
    uint32_t id, form;
    uint64_t count;
    const uint8_t *documents; /* form 1: u32[count] */
    const uint8_t *codes;     /* form 0: [documents], else [count] */
};
struct lengths {
    uint32_t field_count;
    struct lengths_field fields[FIELDS_MAX];
};
/* ENDS may be missing: it is then empty. */
int lengths_open(struct lengths *lengths, const struct container *container, uint32_t section, uint32_t documents,
                 struct trawl_error *error);
const struct lengths_field *lengths_find(const struct lengths *lengths, uint32_t id); /* NULL: no document has one */

static inline int lengths_are_dense(const struct lengths_field *field)
{
    return field->form == 0;
}

/* All codes of a field, [documents], written to `out`; checks the sparse form. */
int lengths_expand(uint8_t *out, const struct lengths_field *field, uint32_t documents);

/* Writes the codes that the field has over others in `out`. -> 0, or -1 when documents of the sparse form are out of order:
 * some are written then */
int lengths_put(uint8_t *out, const struct lengths_field *field, uint32_t documents);

/* The codes of ends: those of lengths but where `ends` (NULL: nowhere) says otherwise. */
void lengths_override(uint8_t *codes, const uint8_t *ends, uint32_t documents);

#endif
