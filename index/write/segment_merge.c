#include "index/write/segment_merge.h"

#include "index/write/segment_writer.h"
#include "src/util/memory.h"

enum { ASK_EVERY = 16384 }; /* documents */

struct merger {
    const struct segment_merge *merge;
    struct segment_writer *writer;
    uint32_t **maps; /* per segment: document number to ordinal of the new segment, later document number */
    struct posting_input *inputs;
    struct part *parts; /* of one document */
    size_t part_capacity;
};

/* What is needed of a segment while its documents are added. */
struct documents {
    const struct segment *segment;
    uint32_t *document_of;   /* by ordinal; NULL: the same */
    uint32_t *kept_ordinals; /* by ordinal: 0 or DOCUMENT_DROPPED */
    uint8_t *codes[FIELDS_MAX], *ends[FIELDS_MAX]; /* by place in segment->lengths, by document number */
};

/* ------------------------------------------------------------ one segment's columns */

static void documents_release(struct documents *documents)
{
    memory_free(documents->document_of);
    memory_free(documents->kept_ordinals);
    for (size_t i = 0; i < FIELDS_MAX; i++) {
        memory_free(documents->codes[i]);
        memory_free(documents->ends[i]);
    }
}

/* The inverse of the order, if there is one. */
static int invert_order(struct documents *documents, struct trawl_error *error)
{
    const struct segment *segment = documents->segment;
    if (!segment->order.ordinals)
        return 0;
    uint32_t *document_of = memory_alloc_array(segment->documents, sizeof *document_of);
    documents->document_of = document_of;
    if (!document_of)
        return error_memory(error);
    for (uint32_t ordinal = 0; ordinal < segment->documents; ordinal++)
        document_of[ordinal] = DOCUMENT_DROPPED;
    for (uint32_t document = 0; document < segment->documents; document++) {
        const uint32_t ordinal = segment_ordinal(segment, document);
        if (document_of[ordinal] != DOCUMENT_DROPPED)
            return error_corrupt(error, segment->container.path, "ORDR", 0, "two documents have one ordinal");
        document_of[ordinal] = document;
    }
    return 0;
}

static int expand_field(uint8_t **codes, const struct segment *segment, const struct lengths_field *field,
                        const char *section, struct trawl_error *error)
{
    *codes = memory_alloc_array(segment->documents, 1);
    if (!*codes)
        return error_memory(error);
    if (lengths_expand(*codes, field, segment->documents))
        return error_corrupt(error, segment->container.path, section, 0, "documents do not ascend");
    return 0;
}

static int expand_codes(struct documents *documents, struct trawl_error *error)
{
    const struct segment *segment = documents->segment;
    int status = 0;
    for (uint32_t i = 0; i < segment->lengths.field_count && !status; i++) {
        const struct lengths_field *field = &segment->lengths.fields[i];
        const struct lengths_field *ends = lengths_find(&segment->ends, field->id);
        status = expand_field(&documents->codes[i], segment, field, "LENS", error);
        if (!status && ends)
            status = expand_field(&documents->ends[i], segment, ends, "ENDS", error);
    }
    return status;
}

static int documents_open(struct documents *documents, const struct segment *segment, struct trawl_error *error)
{
    *documents = (struct documents){.segment = segment};
    documents->kept_ordinals = memory_alloc_zero(segment->documents, sizeof *documents->kept_ordinals);
    if (!documents->kept_ordinals)
        return error_memory(error);
    int status = invert_order(documents, error);
    return status ? status : expand_codes(documents, error);
}

/* ------------------------------------------------------------------- documents */

static int get_parts(struct merger *merger, size_t *count, const struct segment *segment, uint32_t ordinal,
                     struct trawl_error *error)
{
    int status = parts_get(merger->parts, merger->part_capacity, count, &segment->parts, ordinal, error);
    if (status || *count <= merger->part_capacity)
        return status;
    if (memory_grow(&merger->parts, &merger->part_capacity, *count, sizeof *merger->parts))
        return error_memory(error);
    return parts_get(merger->parts, merger->part_capacity, count, &segment->parts, ordinal, error);
}

static size_t get_lengths(struct field_length *lengths, const struct documents *documents, uint32_t document)
{
    size_t count = 0;
    for (uint32_t i = 0; i < documents->segment->lengths.field_count; i++) {
        const uint8_t code = documents->codes[i][document];
        const uint8_t end = documents->ends[i] ? documents->ends[i][document] : 0;
        if (code)
            lengths[count++] = (struct field_length){.field = documents->segment->lengths.fields[i].id,
                                                     .tokens = length_decode(code),
                                                     .end = length_decode(end)};
    }
    return count;
}

static int add_document(struct merger *merger, const struct documents *documents, uint32_t ordinal, uint32_t document,
                        struct trawl_error *error)
{
    const struct segment *segment = documents->segment;
    uint8_t id[ID_MAX_BYTES];
    size_t id_length, part_count = 0;
    struct field_length lengths[FIELDS_MAX];
    int replaced;
    int status = ids_get(id, &id_length, &segment->ids, ordinal, error);
    if (!status)
        status = get_parts(merger, &part_count, segment, ordinal, error);
    if (!status)
        status = segment_writer_set_insertion(merger->writer, order_insertion(&segment->order, ordinal), error);
    if (status)
        return status;
    const size_t length_count = get_lengths(lengths, documents, document);
    status = segment_writer_add_document(merger->writer, id, id_length, merger->parts, part_count, lengths,
                                         length_count, &replaced, error);
    if (!status && replaced)
        return error_corrupt(error, segment->container.path, "DIDS", 0, "two live documents have one id");
    return status;
}

static int ask_progress(const struct segment_merge *merge, struct trawl_error *error)
{
    if (merge->progress && merge->progress(merge->context))
        return error_set(error, TRAWL_ERROR_CANCELLED, "stopped while merging");
    return 0;
}

static int add_documents(struct merger *merger, struct documents *documents, uint32_t *map, struct trawl_error *error)
{
    const struct segment *segment = documents->segment;
    for (uint32_t ordinal = 0; ordinal < segment->documents; ordinal++) {
        const uint32_t document = documents->document_of ? documents->document_of[ordinal] : ordinal;
        if (!segment_is_live(segment, document)) {
            map[document] = documents->kept_ordinals[ordinal] = DOCUMENT_DROPPED;
            continue;
        }
        map[document] = segment_writer_documents(merger->writer);
        int status = ordinal % ASK_EVERY ? 0 : ask_progress(merger->merge, error);
        if (!status)
            status = add_document(merger, documents, ordinal, document, error);
        if (status)
            return status;
    }
    return 0;
}

static int copy_stored(struct merger *merger, const struct documents *documents, struct trawl_error *error)
{
    const struct segment *segment = documents->segment;
    if (merger->merge->store == TRAWL_STORE_TEXT && segment->documents && !segment->stored.data.bytes)
        return error_corrupt(error, segment->container.path, "table of contents", 0,
                             "the stored documents are missing");
    return segment_writer_copy_stored(merger->writer, &segment->stored,
                                      segment->deleted ? documents->kept_ordinals : NULL, error);
}

static int add_segment(struct merger *merger, size_t index, struct trawl_error *error)
{
    const struct segment *segment = merger->merge->segments[index];
    int status = container_check(&segment->container, NULL, NULL, error);
    if (status)
        return status;
    uint32_t *map = memory_alloc_array(segment->documents, sizeof *map);
    merger->maps[index] = map;
    if (!map)
        return error_memory(error);
    struct documents documents;
    status = documents_open(&documents, segment, error);
    if (!status)
        status = add_documents(merger, &documents, map, error);
    if (!status)
        status = copy_stored(merger, &documents, error);
    documents_release(&documents);
    merger->inputs[index] = (struct posting_input){
        .segment = segment,
        .map = {.numbers = map, .documents = segment->documents, .falls = segment->order.ordinals != NULL}};
    return status;
}

/* ----------------------------------------------------------------------- merge */

/* About the text that is still there: the lengths of single documents are not kept. */
static uint64_t live_text(const struct segment *segment)
{
    if (segment->live == segment->documents)
        return segment->meta.text_bytes;
    return (uint64_t)((double)segment->meta.text_bytes * segment->live / segment->documents);
}

static int finish(struct merger *merger, struct manifest_segment *entry, struct trawl_error *error)
{
    const struct segment_merge *merge = merger->merge;
    if (!segment_writer_documents(merger->writer))
        return 0;
    int status = segment_writer_close(merger->writer, error);
    if (status)
        return status;
    struct segment_finish finish = {.inputs = merger->inputs,
                                    .input_count = merge->segment_count,
                                    .threads = merge->threads,
                                    .reorder_least = merge->reorder_least,
                                    .progress = merge->progress,
                                    .context = merge->context};
    for (size_t i = 0; i < merge->segment_count; i++)
        finish.text_bytes += live_text(merge->segments[i]);
    return segment_writer_finish(merger->writer, &finish, entry, error);
}

static int run(struct merger *merger, struct manifest_segment *entry, struct trawl_error *error)
{
    const struct segment_merge *merge = merger->merge;
    merger->maps = memory_alloc_zero(merge->segment_count, sizeof *merger->maps);
    merger->inputs = memory_alloc_zero(merge->segment_count, sizeof *merger->inputs);
    if (!merger->maps || !merger->inputs)
        return error_memory(error);
    int status = segment_writer_new(&merger->writer, merge->folder, merge->number, merge->has_positions,
                                    merge->has_pairs, merge->store, error);
    for (size_t i = 0; i < merge->segment_count && !status; i++)
        status = add_segment(merger, i, error);
    return status ? status : finish(merger, entry, error);
}

int segment_merge_run(struct manifest_segment *entry, const struct segment_merge *merge, struct trawl_error *error)
{
    struct merger merger = {.merge = merge};
    *entry = (struct manifest_segment){.number = merge->number};
    int status = run(&merger, entry, error);
    segment_writer_free(merger.writer);
    for (size_t i = 0; merger.maps && i < merge->segment_count; i++)
        memory_free(merger.maps[i]);
    memory_free(merger.maps);
    memory_free(merger.inputs);
    memory_free(merger.parts);
    return status;
}
