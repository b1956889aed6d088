/* Loads: documents come, inverters are spilled, one segment is added. */
#include <inttypes.h>
#include <stdio.h>

#include "index/write/index_writer_state.h"
#include "src/util/memory.h"

struct segment_writer *index_writer_begin_load(struct index_writer *writer, struct trawl_error *error)
{
    if (writer->load) {
        error_set(error, TRAWL_ERROR_ARGUMENT, "a load is going on already");
        return NULL;
    }
    const struct manifest *manifest = &writer->building;
    if (index_writer_new_number(&writer->load_number, writer, error))
        return NULL;
    segment_writer_new(&writer->load, writer->folder, writer->load_number, manifest->has_positions,
                       manifest->has_pairs, manifest->store, error);
    return writer->load;
}

/* ------------------------------------------------------------------- spilling */

static int spill_path(char *out, const struct index_writer *writer, uint32_t number, struct trawl_error *error)
{
    const int length = snprintf(out, MANIFEST_PATH_BYTES, "%s/%08" PRIu32 ".run.%" PRIu32 ".tmp", writer->folder,
                                writer->load_number, number);
    if (length > 0 && length < MANIFEST_PATH_BYTES)
        return 0;
    return error_set(error, TRAWL_ERROR_ARGUMENT, "the name of the index folder is too long");
}

static int keep_spill(struct index_writer *writer, const struct spill *spill)
{
    pthread_mutex_lock(&writer->mutex);
    int status = memory_grow(&writer->spills, &writer->spill_capacity, writer->spill_count + 1, sizeof *writer->spills);
    if (!status)
        writer->spills[writer->spill_count++] = *spill;
    pthread_mutex_unlock(&writer->mutex);
    return status;
}

int index_writer_spill(struct index_writer *writer, struct inverter *inverter, struct trawl_error *error)
{
    if (!inverter_terms(inverter))
        return 0;
    pthread_mutex_lock(&writer->mutex);
    const uint32_t number = writer->next_spill++;
    pthread_mutex_unlock(&writer->mutex);

    char path[MANIFEST_PATH_BYTES];
    struct spill spill;
    int status = spill_path(path, writer, number, error);
    if (!status)
        status = spill_write(&spill, inverter, path, error);
    if (status)
        return status;
    inverter_reset(inverter);
    if (keep_spill(writer, &spill) == 0)
        return 0;
    spill_release(&spill);
    return error_memory(error);
}

static void release_spills(struct index_writer *writer)
{
    for (size_t i = 0; i < writer->spill_count; i++)
        spill_release(&writer->spills[i]);
    writer->spill_count = 0;
}

/* ------------------------------------------------------------------ finishing */

static int fill_inputs(struct posting_input *inputs, struct index_writer *writer, struct inverter **inverters,
                       size_t count, struct trawl_error *error)
{
    const struct document_map map = segment_writer_map(writer->load);
    for (size_t i = 0; i < count; i++) {
        int status = inverter_sort(inverters[i], error);
        if (status)
            return status;
        inputs[i] = (struct posting_input){.inverter = inverters[i], .map = map};
    }
    for (size_t i = 0; i < writer->spill_count; i++)
        inputs[count + i] = (struct posting_input){.spill = &writer->spills[i], .map = map};
    return 0;
}

static int write_segment(struct manifest_segment *entry, struct index_writer *writer, struct inverter **inverters,
                         size_t inverter_count, struct segment_finish *finish, struct trawl_error *error)
{
    finish->base = writer->building.next_insertion;
    finish->threads = writer->threads;
    finish->reorder_least = writer->reorder_least;
    finish->input_count = inverter_count + writer->spill_count;
    struct posting_input *inputs = memory_alloc_zero(finish->input_count, sizeof *inputs);
    if (!inputs)
        return error_memory(error);
    finish->inputs = inputs;
    int status = segment_writer_close(writer->load, error);
    if (!status)
        status = fill_inputs(inputs, writer, inverters, inverter_count, error);
    if (!status)
        status = segment_writer_finish(writer->load, finish, entry, error);
    memory_free(inputs);
    return status;
}

/* Deletes the documents that segments before the last one hold under ids of the load. */
static int delete_replaced(struct index_writer *writer, uint64_t *replaced, struct trawl_error *error)
{
    const size_t older = writer->building.segment_count - 1;
    for (size_t i = 0; i < older; i++) {
        struct segment *segment;
        int status = index_writer_segment(&segment, writer, i, error);
        for (uint32_t ordinal = 0; ordinal < segment_writer_documents(writer->load) && !status; ordinal++) {
            const uint8_t *id;
            size_t length;
            uint32_t document;
            if (!segment_writer_id(&id, &length, writer->load, ordinal))
                continue;
            status = segment_find_id(&document, segment, id, length, error);
            if (!status) {
                status = index_writer_mark_deleted(writer, i, document, error);
                ++*replaced;
            }
            status = status > 0 ? 0 : status;
        }
        if (status)
            return status;
    }
    return 0;
}

static int add_segment(struct index_writer *writer, struct inverter **inverters, size_t inverter_count,
                       struct segment_finish *finish, uint64_t *replaced, struct trawl_error *error)
{
    struct manifest_segment entry;
    int status = write_segment(&entry, writer, inverters, inverter_count, finish, error);
    if (!status)
        status = index_writer_replace_segments(writer, writer->building.segment_count, 0, &entry, error);
    if (status)
        return status;
    writer->building.next_insertion += entry.documents;
    *replaced = segment_writer_documents(writer->load) - entry.documents;
    return delete_replaced(writer, replaced, error);
}

int index_writer_end_load(struct index_writer *writer, struct inverter **inverters, size_t inverter_count,
                          uint64_t text_bytes, uint64_t *replaced, int (*progress)(void *context), void *context,
                          struct trawl_error *error)
{
    uint64_t count = 0;
    struct segment_finish finish = {.text_bytes = text_bytes, .progress = progress, .context = context};
    int status = 0;
    if (!writer->load)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "there is no load to end");
    if (segment_writer_documents(writer->load))
        status = add_segment(writer, inverters, inverter_count, &finish, &count, error);
    segment_writer_free(writer->load);
    writer->load = NULL;
    release_spills(writer);
    writer->failed |= status != 0;
    if (replaced)
        *replaced = count;
    return status;
}
