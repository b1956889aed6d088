#include "tests/unit/segment_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/format/container.h"
#include "index/format/deletes.h"
#include "index/format/ids.h"
#include "index/format/lengths.h"
#include "index/format/meta.h"
#include "index/format/order.h"
#include "index/format/parts.h"
#include "index/format/postings.h"
#include "index/format/stored.h"
#include "src/util/arena.h"
#include "src/util/bitset.h"
#include "src/util/memory.h"

struct occurrence {
    uint32_t field, document, position;
    size_t length;
    const uint8_t *term;
};

struct document {
    struct id_string id;
    struct part *parts;
    size_t part_count, part_capacity;
    struct stored_field *stored;
    size_t stored_count, stored_capacity;
    uint32_t next[FIELDS_MAX]; /* where the field's next value starts */
    uint32_t tokens[FIELDS_MAX];
};

struct fixture {
    struct manifest manifest;
    int has_positions, has_stored;
    uint64_t text_bytes; /* of the next segment */
    struct arena arena;
    struct document *documents;
    size_t count, capacity;
    struct occurrence *occurrences;
    size_t occurrence_count, occurrence_capacity;
    uint32_t *ordinals; /* NULL: not reordered */
};

static void insist(int holds, const char *what)
{
    if (holds)
        return;
    printf("Bail out! fixture: %s\n", what);
    exit(EXIT_FAILURE);
}

static const void *keep(struct fixture *fixture, const void *bytes, size_t length)
{
    const void *copy = arena_copy(&fixture->arena, bytes, length);
    insist(copy != NULL, "no memory");
    return copy;
}

/* ------------------------------------------------------------------------ life */

struct fixture *fixture_new(int has_positions)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    insist(fixture && !manifest_init(&fixture->manifest), "no memory");
    fixture->has_positions = has_positions;
    fixture->manifest.has_positions = (uint8_t)has_positions;
    arena_init(&fixture->arena);
    return fixture;
}

static void forget(struct fixture *fixture)
{
    for (size_t i = 0; i < fixture->count; i++) {
        memory_free(fixture->documents[i].parts);
        memory_free(fixture->documents[i].stored);
    }
    fixture->count = fixture->occurrence_count = 0;
    fixture->has_stored = 0;
    fixture->text_bytes = 0;
    free(fixture->ordinals);
    fixture->ordinals = NULL;
    arena_reset(&fixture->arena);
}

void fixture_free(struct fixture *fixture)
{
    forget(fixture);
    memory_free(fixture->documents);
    memory_free(fixture->occurrences);
    arena_release(&fixture->arena);
    manifest_release(&fixture->manifest);
    free(fixture);
}

struct manifest *fixture_manifest(struct fixture *fixture)
{
    return &fixture->manifest;
}

/* ------------------------------------------------------------------- documents */

uint32_t fixture_document(struct fixture *fixture, const char *id)
{
    insist(!memory_grow(&fixture->documents, &fixture->capacity, fixture->count + 1, sizeof *fixture->documents),
           "no memory");
    struct document *document = &fixture->documents[fixture->count];
    *document = (struct document){.id = {keep(fixture, id, strlen(id)), (uint32_t)strlen(id)}};
    return (uint32_t)fixture->count++;
}

static struct document *current(struct fixture *fixture)
{
    insist(fixture->count > 0, "no document yet");
    return &fixture->documents[fixture->count - 1];
}

void fixture_occurrence(struct fixture *fixture, uint32_t field, const void *term, size_t length, uint32_t position)
{
    insist(!memory_grow(&fixture->occurrences, &fixture->occurrence_capacity, fixture->occurrence_count + 1,
                        sizeof *fixture->occurrences),
           "no memory");
    fixture->occurrences[fixture->occurrence_count++] =
        (struct occurrence){.field = field,
                            .document = (uint32_t)fixture->count - 1,
                            .position = position,
                            .length = length,
                            .term = keep(fixture, term, length)};
    current(fixture)->tokens[field]++;
}

/* Words into one field, from where its last value ended on. -> how many */
static uint32_t add_words(struct fixture *fixture, uint32_t field, const char *words)
{
    const uint32_t start = current(fixture)->next[field];
    uint32_t position = start;
    while (*words) {
        const size_t length = strcspn(words, " ");
        if (length)
            fixture_occurrence(fixture, field, words, length, position++);
        words += length + (words[length] == ' ');
    }
    if (position > start)
        current(fixture)->next[field] = position + FIELD_GAP;
    return position - start;
}

void fixture_value(struct fixture *fixture, uint32_t field, const char *words)
{
    struct document *document = current(fixture);
    insist(!memory_grow(&document->parts, &document->part_capacity, document->part_count + 1, sizeof *document->parts),
           "no memory");
    document->parts[document->part_count] = (struct part){.field = field, .start = document->next[FIELD_DEFAULT]};
    fixture->text_bytes += strlen(words);
    document->part_count += add_words(fixture, FIELD_DEFAULT, words) > 0;
    if (field != FIELD_BODY)
        add_words(fixture, field, words);
}

void fixture_stored(struct fixture *fixture, const char *name, const char *value, uint8_t kind)
{
    struct document *document = current(fixture);
    insist(!memory_grow(&document->stored, &document->stored_capacity, document->stored_count + 1, sizeof *document->stored),
           "no memory");
    document->stored[document->stored_count++] = (struct stored_field){.name = keep(fixture, name, strlen(name)),
                                                                       .name_length = (uint32_t)strlen(name),
                                                                       .value = keep(fixture, value, strlen(value)),
                                                                       .value_length = (uint32_t)strlen(value),
                                                                       .kind = kind};
    fixture->has_stored = 1;
}

void fixture_reorder(struct fixture *fixture, const uint32_t *ordinals)
{
    fixture->ordinals = malloc(fixture->count * sizeof *ordinals);
    insist(fixture->ordinals != NULL, "no memory");
    memcpy(fixture->ordinals, ordinals, fixture->count * sizeof *ordinals);
}

/* -------------------------------------------------------------- terms, postings */

static int compare(const void *left, const void *right)
{
    const struct occurrence *a = left, *b = right;
    if (a->field != b->field)
        return a->field < b->field ? -1 : 1;
    const int order = memcmp(a->term, b->term, a->length < b->length ? a->length : b->length);
    if (order)
        return order;
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    if (a->document != b->document)
        return a->document < b->document ? -1 : 1;
    return (a->position > b->position) - (a->position < b->position);
}

static void renumber(struct fixture *fixture)
{
    uint32_t *document_of = malloc((fixture->count + 1) * sizeof *document_of);
    insist(document_of != NULL, "no memory");
    for (uint32_t i = 0; i < fixture->count; i++)
        document_of[fixture->ordinals ? fixture->ordinals[i] : i] = i;
    for (size_t i = 0; i < fixture->occurrence_count; i++)
        fixture->occurrences[i].document = document_of[fixture->occurrences[i].document];
    free(document_of);
}

static int same_term(const struct occurrence *a, const struct occurrence *b)
{
    return a->field == b->field && a->length == b->length && memcmp(a->term, b->term, a->length) == 0;
}

struct lists {
    struct postings_writer *postings;
    struct terms_writer terms;
    struct term_hash_writer hash;
    struct buffer post, posn;
    uint32_t documents; /* of the segment */
};

/* The occurrences of one term, [first, end). */
static int write_term(struct lists *lists, const struct occurrence *first, const struct occurrence *end,
                      const uint8_t *codes, const uint8_t *ends, struct trawl_error *error)
{
    struct term_entry entry;
    uint32_t *positions = malloc((size_t)(end - first) * sizeof *positions);
    insist(positions != NULL, "no memory");
    int status = 0;
    uint64_t lengths = 0, with_length = 0;
    for (uint32_t i = 0; i < lists->documents; i++) {
        lengths += length_decode(codes[i]);
        with_length += codes[i] != 0;
    }
    postings_writer_start(lists->postings, lists->documents, codes, ends, floors_average(lengths, with_length));
    for (const struct occurrence *at = first; at < end && !status;) {
        uint32_t tf = 0;
        const uint32_t document = at->document;
        for (; at < end && at->document == document; at++)
            positions[tf++] = at->position;
        status = postings_writer_add(lists->postings, document, tf, positions, error);
    }
    free(positions);
    if (!status)
        status = postings_writer_finish(lists->postings, &entry, &lists->post, &lists->posn, error);
    if (!status)
        status = terms_writer_add(&lists->terms, first->term, first->length, &entry, error);
    entry.postings = lists->terms.postings_end - entry.postings_length;
    entry.positions = lists->terms.positions_end - entry.positions_length;
    return status ? status : term_hash_writer_add(&lists->hash, first->field, first->term, first->length, &entry, error);
}

/* Codes of all fields, [FIELDS_MAX][count]. */
static uint8_t *make_codes(const struct fixture *fixture)
{
    uint8_t *codes = calloc(FIELDS_MAX, fixture->count + 1);
    insist(codes != NULL, "no memory");
    for (uint32_t i = 0; i < fixture->count; i++) {
        const struct document *document = &fixture->documents[fixture->ordinals ? fixture->ordinals[i] : i];
        for (size_t field = 0; field < FIELDS_MAX; field++)
            codes[field * fixture->count + i] = length_encode(document->tokens[field]);
    }
    return codes;
}

/* Pairs stand in the default field. */
static uint32_t field_of_ends(uint32_t field)
{
    return field == FIELD_PAIRS ? FIELD_DEFAULT : field;
}

/* The same of ends. */
static uint8_t *make_ends(const struct fixture *fixture, const uint8_t *codes)
{
    uint8_t *ends = calloc(FIELDS_MAX, fixture->count + 1);
    insist(ends != NULL, "no memory");
    memcpy(ends, codes, FIELDS_MAX * fixture->count);
    for (size_t i = 0; i < fixture->occurrence_count; i++) {
        const struct occurrence *at = &fixture->occurrences[i];
        uint8_t *end = &ends[field_of_ends(at->field) * fixture->count + at->document];
        const uint8_t code = length_encode(at->position + 1);
        *end = code > *end ? code : *end;
    }
    return ends;
}

/* One field's terms from occurrence `from` on. -> how many occurrences were its */
static size_t write_field(struct meta_field *field, struct lists *lists, const struct fixture *fixture, size_t from,
                          const uint8_t *codes, const uint8_t *ends, int *status, struct trawl_error *error)
{
    size_t at = from;
    field->first_block = terms_writer_new_field(&lists->terms);
    while (at < fixture->occurrence_count && fixture->occurrences[at].field == field->id && !*status) {
        const size_t start = at;
        while (at < fixture->occurrence_count && same_term(&fixture->occurrences[start], &fixture->occurrences[at]))
            at++;
        *status = write_term(lists, &fixture->occurrences[start], &fixture->occurrences[at], codes, ends, error);
        field->terms++;
    }
    field->tokens = at - from;
    field->blocks = lists->terms.block_count - field->first_block;
    for (size_t i = 0; i < fixture->count; i++) {
        field->documents += codes[i] != 0;
        field->decoded_lengths += length_decode(codes[i]);
    }
    return at - from;
}

static int write_terms(struct meta *meta, const struct fixture *fixture, struct lists *lists, const uint8_t *codes,
                       const uint8_t *ends, struct trawl_error *error)
{
    int status = 0;
    for (size_t at = 0; at < fixture->occurrence_count && !status;) {
        struct meta_field *field = &meta->fields[meta->field_count++];
        field->id = fixture->occurrences[at].field;
        at += write_field(field, lists, fixture, at, codes + field->id * fixture->count,
                          ends + field_of_ends(field->id) * fixture->count, &status, error);
    }
    return status;
}

/* --------------------------------------------------------------------- columns */

static int write_lengths(const struct meta *meta, const struct fixture *fixture, const uint8_t *codes,
                         struct container_writer *container, struct trawl_error *error)
{
    struct lengths_column columns[FIELDS_MAX];
    for (uint32_t i = 0; i < meta->field_count; i++)
        columns[i] = (struct lengths_column){.field = meta->fields[i].id, .codes = codes + meta->fields[i].id * fixture->count};
    return lengths_write(LENGTHS_SECTION, columns, meta->field_count, meta->documents, container, error);
}

/* Ends that are as lengths become 0. */
static int write_ends(const struct meta *meta, const struct fixture *fixture, const uint8_t *codes, uint8_t *ends,
                      struct container_writer *container, struct trawl_error *error)
{
    struct lengths_column columns[FIELDS_MAX];
    size_t count = 0;
    for (uint32_t i = 0; i < meta->field_count; i++) {
        const size_t start = meta->fields[i].id * fixture->count;
        int differ = 0;
        for (size_t k = start; k < start + fixture->count; k++) {
            ends[k] = ends[k] == codes[k] ? 0 : ends[k];
            differ |= ends[k];
        }
        if (differ)
            columns[count++] = (struct lengths_column){meta->fields[i].id, ends + start, codes + start};
    }
    return count ? lengths_write(ENDS_SECTION, columns, count, meta->documents, container, error) : 0;
}

static int write_parts(const struct fixture *fixture, struct container_writer *container, struct trawl_error *error)
{
    struct parts_writer parts;
    int status = 0;
    parts_writer_init(&parts);
    for (size_t i = 0; i < fixture->count && !status; i++) {
        static const struct part empty = {.field = FIELD_BODY, .start = 0};
        const struct document *document = &fixture->documents[i];
        status = parts_writer_add(&parts, document->part_count ? document->parts : &empty,
                                  document->part_count ? document->part_count : 1, error);
    }
    if (!status)
        status = parts_writer_finish(&parts, container, error);
    parts_writer_release(&parts);
    return status;
}

static int write_ids(const struct fixture *fixture, struct container_writer *container, struct trawl_error *error)
{
    struct id_string *ids = calloc(fixture->count + 1, sizeof *ids);
    insist(ids != NULL, "no memory");
    for (size_t i = 0; i < fixture->count; i++)
        ids[i] = fixture->documents[i].id;
    const int status = ids_write(ids, (uint32_t)fixture->count, container, error);
    free(ids);
    return status;
}

static int pack_documents(struct stored_packer *packer, const struct fixture *fixture, struct trawl_error *error)
{
    struct buffer record;
    int status = 0;
    buffer_init(&record);
    for (size_t i = 0; i < fixture->count && !status; i++) {
        buffer_reset(&record);
        insist(!stored_encode(&record, fixture->documents[i].stored, fixture->documents[i].stored_count), "no memory");
        status = stored_packer_add(packer, record.bytes, record.length, error);
    }
    buffer_release(&record);
    return status ? status : stored_packer_flush(packer, error);
}

static int write_stored(const struct fixture *fixture, struct container_writer *container, struct trawl_error *error)
{
    struct stored_packer packer;
    struct stored_index index;
    stored_index_init(&index);
    int status = stored_packer_init(&packer, error);
    if (!status)
        status = pack_documents(&packer, fixture, error);
    for (size_t i = 0; i < packer.block_count && !status; i++)
        status = stored_index_add(&index, packer.blocks[i].documents, packer.blocks[i].length);
    if (!status)
        status = stored_index_write(&index, container, error);
    if (!status)
        status = container_add(container, SECTION_ID('S', 'T', 'O', 'R'), SECTION_REQUIRED, packer.packed.bytes,
                               packer.packed.length, error);
    stored_index_release(&index);
    stored_packer_release(&packer);
    return status;
}

/* ----------------------------------------------------------------------- files */

static int write_sections(const struct meta *meta, const struct fixture *fixture, struct lists *lists, const uint8_t *codes,
                          uint8_t *ends, struct container_writer *container, struct trawl_error *error)
{
    int status = meta_write(meta, container, error);
    if (!status)
        status = terms_writer_finish(&lists->terms, container, error);
    if (!status)
        status = term_hash_writer_finish(&lists->hash, container, error);
    if (!status)
        status = container_add(container, SECTION_ID('P', 'O', 'S', 'T'), SECTION_REQUIRED, lists->post.bytes,
                               lists->post.length, error);
    if (!status && fixture->has_positions)
        status = container_add(container, SECTION_ID('P', 'O', 'S', 'N'), SECTION_REQUIRED, lists->posn.bytes,
                               lists->posn.length, error);
    if (!status)
        status = write_lengths(meta, fixture, codes, container, error);
    if (!status && fixture->has_positions)
        status = write_ends(meta, fixture, codes, ends, container, error);
    if (!status)
        status = write_parts(fixture, container, error);
    if (!status)
        status = write_ids(fixture, container, error);
    if (!status && fixture->has_stored)
        status = write_stored(fixture, container, error);
    return status ? status : order_write(fixture->ordinals, meta->documents, container, error);
}

static int write_file(struct fixture *fixture, const char *path, const struct meta *meta, struct lists *lists,
                      const uint8_t *codes, uint8_t *ends, struct manifest_segment *entry, struct trawl_error *error)
{
    struct container_writer container;
    int status = container_create(&container, path, CONTAINER_SEGMENT, error);
    if (status)
        return status;
    status = write_sections(meta, fixture, lists, codes, ends, &container, error);
    if (!status)
        return container_finish(&container, 0, &entry->toc_checksum, &entry->length, error);
    container_abandon(&container);
    return status;
}

int fixture_write(struct fixture *fixture, const char *folder, struct trawl_error *error)
{
    char path[MANIFEST_PATH_BYTES];
    struct manifest *manifest = &fixture->manifest;
    struct manifest_segment entry = {.number = manifest->next_segment, .documents = (uint32_t)fixture->count};
    struct lists lists = {.documents = entry.documents};
    struct meta *meta = calloc(1, sizeof *meta);
    uint8_t *codes = make_codes(fixture);
    insist(meta && !postings_writer_new(&lists.postings, fixture->has_positions, error), "no memory");
    terms_writer_init(&lists.terms, fixture->has_positions);
    term_hash_writer_init(&lists.hash, term_hash_least_df(entry.documents), fixture->has_positions);
    *meta = (struct meta){.documents = entry.documents, .base = manifest->next_insertion, .text_bytes = fixture->text_bytes};
    renumber(fixture);
    uint8_t *ends = make_ends(fixture, codes);
    if (fixture->occurrence_count)
        qsort(fixture->occurrences, fixture->occurrence_count, sizeof *fixture->occurrences, compare);
    int status = write_terms(meta, fixture, &lists, codes, ends, error);
    if (!status)
        status = manifest_segment_path(path, folder, entry.number, error);
    if (!status)
        status = write_file(fixture, path, meta, &lists, codes, ends, &entry, error);
    if (!status) {
        insist(!manifest_add_segment(manifest, &entry), "no memory");
        manifest->next_segment++;
        manifest->next_insertion += fixture->count;
        forget(fixture);
    }
    postings_writer_free(lists.postings);
    terms_writer_release(&lists.terms);
    term_hash_writer_release(&lists.hash);
    buffer_release(&lists.post);
    buffer_release(&lists.posn);
    free(codes);
    free(ends);
    free(meta);
    return status;
}

int fixture_delete(struct fixture *fixture, const char *folder, size_t segment, const uint64_t *words,
                   struct trawl_error *error)
{
    char path[MANIFEST_PATH_BYTES];
    struct manifest_segment *entry = &fixture->manifest.segments[segment];
    entry->deletes_generation = fixture->manifest.generation + 1;
    entry->deleted = (uint32_t)bitset_count(words, bitset_words(entry->documents));
    int status = manifest_deletes_path(path, folder, entry->number, entry->deletes_generation, error);
    return status ? status : deletes_write(path, words, entry->documents, entry->deleted, error);
}

int fixture_commit(struct fixture *fixture, const char *folder, struct trawl_error *error)
{
    fixture->manifest.generation++;
    return manifest_write(&fixture->manifest, folder, error);
}
