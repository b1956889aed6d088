/* One document into an inverter: its text fields run together in the default
 * field, and once more each under its own name. Also says what the segment
 * keeps beside postings: where the parts start, and how long each field is. */
#ifndef SRC_ENGINE_DOCUMENT_INVERTER_H
#define SRC_ENGINE_DOCUMENT_INVERTER_H

#include <stddef.h>
#include <stdint.h>

#include "index/format/parts.h"
#include "index/write/segment_writer.h"
#include "src/engine/parsed_batch.h"
#include "src/engine/word_cache.h"

struct document_inverter {
    struct word_cache words;
    struct inverter *inverter; /* owned */
    /* the document at hand */
    uint32_t ends[FIELDS_MAX];          /* behind a field's last token, if it has one */
    uint32_t next_position[FIELDS_MAX]; /* where a field's next value starts, 0: it has none yet */
    uint32_t tokens[FIELDS_MAX];
    uint32_t field_end; /* the fields that it has are below */
    struct part *parts;
    size_t part_count, part_capacity;
    struct field_length lengths[FIELDS_MAX];
    size_t length_count;
};

int document_inverter_init(struct document_inverter *inverter, const struct analyzer *analyzer, int has_positions,
                           struct trawl_error *error);
void document_inverter_release(struct document_inverter *inverter);

/* Forgets words and terms, after the inverter was spilled. */
void document_inverter_reset(struct document_inverter *inverter);
size_t document_inverter_memory(const struct document_inverter *inverter);

/* Inverts document `number` of the batch as document `ordinal`; afterwards parts
 * and lengths are those of this document. */
int document_inverter_add(struct document_inverter *inverter, const struct parsed_batch *batch, size_t number, uint32_t ordinal,
                          struct trawl_error *error);

#endif
