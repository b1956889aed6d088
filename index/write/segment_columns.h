/* What a segment keeps per document besides postings and stored records: ids,
 * lengths, parts, insertion numbers. Gathered in order of ordinals as
 * documents come; an id that comes again drops the document that had it. */
#ifndef INDEX_WRITE_SEGMENT_COLUMNS_H
#define INDEX_WRITE_SEGMENT_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/container.h"
#include "index/format/meta.h"
#include "index/format/parts.h"
#include "index/write/posting_source.h"
#include "src/util/hash.h"

struct field_length {
    uint32_t field;
    uint32_t tokens; /* > 0 */
    uint32_t end;    /* the last position + 1; 0: as many as tokens */
};

/* Codes of a field by ordinal. */
struct code_column {
    uint8_t *codes;
    size_t filled, capacity; /* behind `filled` all are 0 */
};

struct segment_columns {
    uint32_t documents; /* ordinals given, dropped ones included */
    uint32_t kept;
    struct interner ids;
    uint32_t *id_of; /* by ordinal: number of the id */
    uint32_t *owner; /* by number of an id: the ordinal that has it */
    uint64_t *insertions; /* by ordinal, when they were given */
    size_t id_of_capacity, owner_capacity, insertion_capacity;
    struct code_column codes[FIELDS_MAX], ends[FIELDS_MAX]; /* of ends where they are not as lengths, else 0 */
    struct buffer parts; /* per document vbyte: 0 for a plain one, else parts + 1; then per part vbyte field, gap */
    uint32_t *map;       /* see segment_columns_map */
};

void segment_columns_init(struct segment_columns *columns);
void segment_columns_release(struct segment_columns *columns);
size_t segment_columns_memory(const struct segment_columns *columns);

/* The next document. *replaced: an earlier one with this id was dropped. */
int segment_columns_add(struct segment_columns *columns, const uint8_t *id, size_t id_length, const struct part *parts,
                        size_t part_count, const struct field_length *lengths, size_t length_count, int *replaced,
                        struct trawl_error *error);

/* The insertion number of the next document; given for all or for none. */
int segment_columns_set_insertion(struct segment_columns *columns, uint64_t insertion);

/* ---- when all documents are in */

/* Old ordinals to new ones and takes dropped documents out of the lengths;
 * columns->map stays NULL when none was dropped. */
int segment_columns_close(struct segment_columns *columns, struct trawl_error *error);

/* Lengths from the order of new ordinals to that of document numbers, `ordinals` by document number. */
int segment_columns_reorder(struct segment_columns *columns, const uint32_t *ordinals, struct trawl_error *error);

/* The id of a kept document, by new ordinal: walk `old` over all ordinals. */
int segment_columns_is_kept(const struct segment_columns *columns, uint32_t old);
struct interner_key segment_columns_id(const struct segment_columns *columns, uint32_t old);

/* The codes of ends of a field by document number, in memory that is the caller's; NULL when they are those of lengths. */
int segment_columns_ends(uint8_t **codes, const struct segment_columns *columns, uint32_t field);

/* Sections LENS, ENDS, FLDS, DIDS, INSR; *base becomes that of the given insertion numbers. */
int segment_columns_write(struct segment_columns *columns, uint64_t *base, struct container_writer *container,
                          struct trawl_error *error);

#endif
