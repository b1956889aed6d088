#include "index/write/segment_writer.h"

#include <stdio.h>
#include <string.h>

#include "index/format/lengths.h"
#include "index/format/order.h"
#include "index/write/document_order.h"
#include "index/write/segment_postings.h"
#include "index/write/segment_stored.h"
#include "src/util/memory.h"

struct segment_writer {
    uint32_t number;
    int has_positions, has_pairs, stores;
    char path[MANIFEST_PATH_BYTES];            /* of the finished segment */
    char temporary[MANIFEST_PATH_BYTES];       /* until then */
    char stored_temporary[MANIFEST_PATH_BYTES]; /* the first file, when there has to be a second */
    char positions_temporary[MANIFEST_PATH_BYTES];
    char terms_temporary[MANIFEST_PATH_BYTES];
    char pairs_temporary[MANIFEST_PATH_BYTES];
    struct container_writer container;
    int is_open; /* the container */
    struct segment_columns columns;
    struct document_order order; /* empty: that of insertion */
    struct segment_stored stored;
    struct field_terms fields[FIELDS_MAX];
    struct meta meta;
};

/* ---------------------------------------------------------------------- life */

static int add_suffix(char *out, const char *path, const char *suffix, struct trawl_error *error)
{
    const int length = snprintf(out, MANIFEST_PATH_BYTES, "%s.%s", path, suffix);
    if (length > 0 && length < MANIFEST_PATH_BYTES)
        return 0;
    return error_set(error, TRAWL_ERROR_ARGUMENT, "the name of the index folder is too long");
}

static int make_paths(struct segment_writer *writer, const char *folder, struct trawl_error *error)
{
    int status = manifest_segment_path(writer->path, folder, writer->number, error);
    if (!status)
        status = add_suffix(writer->temporary, writer->path, "tmp", error);
    if (!status)
        status = add_suffix(writer->stored_temporary, writer->path, "stored.tmp", error);
    if (!status)
        status = add_suffix(writer->positions_temporary, writer->path, "positions.tmp", error);
    if (!status)
        status = add_suffix(writer->terms_temporary, writer->path, "terms.tmp", error);
    return status ? status : add_suffix(writer->pairs_temporary, writer->path, "pairs.tmp", error);
}

static int create(struct segment_writer *writer, const char *path, struct trawl_error *error)
{
    int status = container_create(&writer->container, path, CONTAINER_SEGMENT, error);
    if (status)
        return status;
    writer->is_open = 1;
    return writer->stores ? segment_stored_begin(&writer->stored, &writer->container, error) : 0;
}

int segment_writer_new(struct segment_writer **made, const char *folder, uint32_t number, int has_positions,
                       int has_pairs, int store, struct trawl_error *error)
{
    struct segment_writer *writer = memory_alloc_zero(1, sizeof *writer);
    *made = NULL;
    if (!writer)
        return error_memory(error);
    writer->number = number;
    writer->has_positions = has_positions;
    writer->has_pairs = has_pairs;
    writer->stores = store == TRAWL_STORE_TEXT;
    segment_columns_init(&writer->columns);
    segment_stored_init(&writer->stored);
    int status = make_paths(writer, folder, error);
    if (!status)
        status = create(writer, writer->temporary, error);
    if (status)
        segment_writer_free(writer);
    else
        *made = writer;
    return status;
}

void segment_writer_free(struct segment_writer *writer)
{
    if (!writer)
        return;
    if (writer->is_open)
        container_abandon(&writer->container);
    segment_columns_release(&writer->columns);
    document_order_release(&writer->order);
    segment_stored_release(&writer->stored);
    memory_free(writer);
}

/* -------------------------------------------------------------------- adding */

int segment_writer_add_document(struct segment_writer *writer, const uint8_t *id, size_t id_length,
                                const struct part *parts,
                                size_t part_count, const struct field_length *lengths, size_t length_count, int *replaced,
                                struct trawl_error *error)
{
    int dropped_one = 0;
    int status = segment_columns_add(&writer->columns, id, id_length, parts, part_count, lengths, length_count,
                                     &dropped_one, error);
    if (replaced)
        *replaced = dropped_one;
    return status;
}

int segment_writer_add_stored(struct segment_writer *writer, const struct stored_packer *packer,
                              struct trawl_error *error)
{
    if (!writer->stores)
        return 0;
    return segment_stored_append_packed(&writer->stored, &writer->container, packer, error);
}

int segment_writer_copy_stored(struct segment_writer *writer, const struct stored *from, const uint32_t *map,
                               struct trawl_error *error)
{
    if (!writer->stores)
        return 0;
    return segment_stored_copy(&writer->stored, &writer->container, from, map, error);
}

int segment_writer_set_insertion(struct segment_writer *writer, uint64_t insertion, struct trawl_error *error)
{
    return segment_columns_set_insertion(&writer->columns, insertion) ? error_memory(error) : 0;
}

uint32_t segment_writer_documents(const struct segment_writer *writer)
{
    return writer->columns.documents;
}

size_t segment_writer_memory(const struct segment_writer *writer)
{
    const struct stored_index *index = &writer->stored.index;
    return sizeof *writer + segment_columns_memory(&writer->columns) + index->offsets.capacity + index->firsts.capacity;
}

/* ------------------------------------------------------------------- closing */

/* The open container becomes a temporary file of stored records alone, and a
 * new one takes what of them is kept. */
static int rewrite_stored(struct segment_writer *writer, struct trawl_error *error)
{
    static const uint32_t known[] = {SECTION_ID('S', 'T', 'O', 'R'), SECTION_ID('S', 'I', 'D', 'X')};
    int status = segment_stored_end(&writer->stored, &writer->container, error);
    if (status)
        return status;
    writer->is_open = 0; /* finish removes the file when it fails */
    status = container_finish(&writer->container, 0, NULL, NULL, error);
    if (status)
        return status;
    status = file_rename(writer->temporary, writer->stored_temporary, error);
    if (status) {
        file_remove(writer->temporary, NULL);
        return status;
    }
    struct container container;
    status = container_open(&container, writer->stored_temporary, CONTAINER_SEGMENT, known, 2, error);
    file_remove(writer->stored_temporary, NULL); /* the map holds it */
    if (status)
        return status;
    struct stored stored;
    status = stored_open(&stored, &container, writer->columns.documents, error);
    if (!status)
        status = create(writer, writer->temporary, error);
    if (!status)
        status = segment_stored_copy(&writer->stored, &writer->container, &stored, writer->columns.map, error);
    container_close(&container);
    return status;
}

int segment_writer_close(struct segment_writer *writer, struct trawl_error *error)
{
    const struct segment_columns *columns = &writer->columns;
    int status = segment_columns_close(&writer->columns, error);
    if (status || !writer->stores)
        return status;
    if (columns->map) {
        status = rewrite_stored(writer, error);
        if (status)
            return status;
    }
    if (writer->stored.index.documents != columns->kept)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "%u documents are stored, %u were added",
                         (unsigned)writer->stored.index.documents, (unsigned)columns->kept);
    return segment_stored_end(&writer->stored, &writer->container, error);
}

struct document_map segment_writer_map(const struct segment_writer *writer)
{
    return (struct document_map){.numbers = writer->columns.map, .documents = writer->columns.documents};
}

int segment_writer_id(const uint8_t **id, size_t *length, const struct segment_writer *writer, uint32_t ordinal)
{
    if (!segment_columns_is_kept(&writer->columns, ordinal))
        return 0;
    const struct interner_key key = segment_columns_id(&writer->columns, ordinal);
    *id = key.bytes;
    *length = key.length;
    return 1;
}

/* ----------------------------------------------------------------- finishing */

static int make_order(struct segment_writer *writer, const struct segment_finish *finish, struct trawl_error *error)
{
    const struct document_order_options options = {.inputs = finish->inputs,
                                                   .input_count = finish->input_count,
                                                   .documents = writer->columns.kept,
                                                   .threads = finish->threads,
                                                   .progress = finish->progress,
                                                   .context = finish->context};
    if (!finish->reorder_least || writer->columns.kept < finish->reorder_least)
        return 0;
    memory_trim(); /* of the threads that inverted */
    int status = document_order_make(&writer->order, &options, error);
    if (!status)
        status = segment_columns_reorder(&writer->columns, writer->order.ordinals, error);
    return status ? status
                  : order_write(writer->order.ordinals, writer->columns.kept, &writer->container, error);
}

static int write_postings(struct segment_writer *writer, const struct segment_finish *finish, struct trawl_error *error)
{
    const uint8_t *codes[FIELDS_MAX], *ends[FIELDS_MAX];
    uint8_t *made[FIELDS_MAX] = {NULL};
    int status = 0;
    for (uint32_t field = 0; field < FIELDS_MAX && !status; field++) {
        status = writer->has_positions ? segment_columns_ends(&made[field], &writer->columns, field) : 0;
        codes[field] = writer->columns.codes[field == FIELD_PAIRS ? FIELD_DEFAULT : field].codes;
        ends[field] = made[field] ? made[field] : codes[field];
    }
    const struct segment_postings_options options = {.inputs = finish->inputs,
                                                     .input_count = finish->input_count,
                                                     .length_codes = codes,
                                                     .end_codes = ends,
                                                     .numbers = writer->order.numbers,
                                                     .documents = writer->columns.kept,
                                                     .has_positions = writer->has_positions,
                                                     .has_pairs = writer->has_pairs,
                                                     .threads = finish->threads,
                                                     .positions_path = writer->positions_temporary,
                                                     .terms_path = writer->terms_temporary,
                                                     .pairs_path = writer->pairs_temporary,
                                                     .progress = finish->progress,
                                                     .context = finish->context};
    status = status ? error_memory(error) : segment_postings_write(writer->fields, &writer->container, &options, error);
    for (size_t field = 0; field < FIELDS_MAX; field++)
        memory_free(made[field]);
    return status;
}

static void count_lengths(struct meta_field *field, const uint8_t *codes, uint32_t documents)
{
    for (uint32_t i = 0; codes && i < documents; i++) {
        field->documents += codes[i] != 0;
        field->decoded_lengths += length_decode(codes[i]);
    }
}

/* Fields without terms have an empty stretch of blocks where they would stand. */
static void fill_meta(struct segment_writer *writer, uint64_t base, uint64_t text_bytes)
{
    struct meta *meta = &writer->meta;
    *meta = (struct meta){.documents = writer->columns.kept, .base = base, .text_bytes = text_bytes};
    uint32_t block = 0;
    for (uint32_t id = 0; id < FIELDS_MAX; id++) {
        const struct field_terms *terms = &writer->fields[id];
        const uint8_t *codes = writer->columns.codes[id].codes;
        if (!codes && !terms->terms)
            continue;
        struct meta_field *field = &meta->fields[meta->field_count++];
        *field = (struct meta_field){
            .id = id, .tokens = terms->tokens, .terms = terms->terms, .first_block = block, .blocks = terms->blocks};
        count_lengths(field, codes, meta->documents);
        block += terms->blocks;
    }
}

static int write_sections(struct segment_writer *writer, const struct segment_finish *finish, struct trawl_error *error)
{
    uint64_t base = finish->base;
    int status = make_order(writer, finish, error);
    if (!status)
        status = write_postings(writer, finish, error);
    if (!status)
        status = segment_columns_write(&writer->columns, &base, &writer->container, error);
    if (status)
        return status;
    fill_meta(writer, base, finish->text_bytes);
    return meta_write(&writer->meta, &writer->container, error);
}

int segment_writer_finish(struct segment_writer *writer, const struct segment_finish *finish,
                          struct manifest_segment *entry, struct trawl_error *error)
{
    *entry = (struct manifest_segment){.number = writer->number, .documents = writer->columns.kept};
    int status = write_sections(writer, finish, error);
    if (status)
        return status;
    writer->is_open = 0; /* finish removes the file when it fails */
    status = container_finish(&writer->container, 1, &entry->toc_checksum, &entry->length, error);
    if (status)
        return status;
    status = file_rename(writer->temporary, writer->path, error);
    if (status)
        file_remove(writer->temporary, NULL);
    return status;
}
