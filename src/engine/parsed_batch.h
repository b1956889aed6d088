/* A batch of parsed documents on its way through a load. A document is kept as
 * the record that will be stored (index/format/stored.h), so that parsing
 * copies each text once and the later steps read one form.
 *
 *     raw_batch -> parsed_batch_parse (any thread) -> parsed_batch_number (in turn) -> inverted, packed (any thread) */
#ifndef SRC_ENGINE_PARSED_BATCH_H
#define SRC_ENGINE_PARSED_BATCH_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/manifest.h"
#include "src/source/source.h"
#include "src/util/buffer.h"

/* A document that was skipped, or taken with a remark. */
struct parsed_remark {
    int level; /* 0 note, 1 skipped */
    struct trawl_error error;
};

struct parsed_document {
    size_t id, id_length;         /* in batch.ids */
    size_t record, record_length; /* in batch.records */
};

struct parsed_name {
    const char *bytes; /* in batch.names_arena */
    uint32_t length;
    uint32_t field; /* its number, once numbered; FIELD_DEFAULT: the list of fields is full */
};

struct parsed_batch {
    uint64_t number; /* counts batches of a load */
    struct buffer ids, records;
    struct parsed_document *documents;
    size_t document_count, document_capacity;
    struct parsed_name *names; /* of text fields, in order of first appearance */
    size_t name_count, name_capacity;
    struct arena names_arena;
    struct parsed_remark *remarks;
    size_t remark_count, remark_capacity;
    uint64_t skipped, damaged, text_bytes;
};

void parsed_batch_init(struct parsed_batch *batch);
void parsed_batch_release(struct parsed_batch *batch);
void parsed_batch_reset(struct parsed_batch *batch);

/* Adds one document; TRAWL_ERROR_MEMORY is the only error. */
int parsed_batch_add(struct parsed_batch *batch, const struct document *document, struct trawl_error *error);

/* Notes a document that is left out, or a remark on one that is not. */
int parsed_batch_remark(struct parsed_batch *batch, int level, const struct trawl_error *error);

/* Parses every record of `raw` into an emptied batch. */
int parsed_batch_parse(struct parsed_batch *batch, const struct raw_batch *raw, struct parser *parser, struct trawl_error *error);

/* Gives the batch's field names their numbers, adding to the manifest. */
int parsed_batch_number(struct parsed_batch *batch, struct manifest *manifest, struct trawl_error *error);

/* The number of a text field by its name; call after parsed_batch_number. */
uint32_t parsed_batch_field(const struct parsed_batch *batch, const uint8_t *name, size_t length);

#endif
