#include "src/engine/load_steps.h"

#include <inttypes.h>
#include <string.h>

#include "src/util/memory.h"

/* -------------------------------------------------------------------- number */

int load_number(struct worker *worker, struct trawl_error *error)
{
    struct load *load = worker->load;
    worker->first_ordinal = load->next_ordinal;
    if (worker->batch.document_count > UINT32_MAX - 1 - load->next_ordinal)
        return error_set(error, TRAWL_ERROR_LIMIT, "more than %" PRIu32 " documents in one load", UINT32_MAX - 1);
    load->next_ordinal += (uint32_t)worker->batch.document_count;
    const int status = parsed_batch_number(&worker->batch, index_writer_manifest(load->writer), error);
    if (status == 0 && report_refused_fields(load->report, &worker->batch))
        return error_memory(error);
    return status;
}

/* -------------------------------------------------------------------- invert */

/* One element more than there are, so that the arrays exist for documents without any. */
static int keep_columns(struct worker *worker, size_t number)
{
    const struct document_inverter *inverter = &worker->inverter;
    if (memory_grow(&worker->columns, &worker->column_capacity, number + 1, sizeof *worker->columns)
        || memory_grow(&worker->parts, &worker->part_capacity, worker->part_count + inverter->part_count + 1,
                       sizeof *worker->parts)
        || memory_grow(&worker->lengths, &worker->length_capacity, worker->length_count + inverter->length_count + 1,
                       sizeof *worker->lengths))
        return TRAWL_ERROR_MEMORY;
    worker->columns[number] = (struct document_columns){
        .parts = worker->part_count,
        .part_count = inverter->part_count,
        .lengths = worker->length_count,
        .length_count = inverter->length_count,
    };
    if (inverter->part_count)
        memcpy(worker->parts + worker->part_count, inverter->parts, inverter->part_count * sizeof *worker->parts);
    if (inverter->length_count)
        memcpy(worker->lengths + worker->length_count, inverter->lengths, inverter->length_count * sizeof *worker->lengths);
    worker->part_count += inverter->part_count;
    worker->length_count += inverter->length_count;
    return 0;
}

static int pack_documents(struct worker *worker, struct trawl_error *error)
{
    const struct parsed_batch *batch = &worker->batch;
    stored_packer_reset(&worker->packer);
    int status = 0;
    for (size_t i = 0; i < batch->document_count && status == 0; i++)
        status = stored_packer_add(&worker->packer, batch->records.bytes + batch->documents[i].record,
                                   batch->documents[i].record_length, error);
    return status ? status : stored_packer_flush(&worker->packer, error);
}

int load_invert(struct worker *worker, struct trawl_error *error)
{
    worker->part_count = worker->length_count = 0;
    for (size_t i = 0; i < worker->batch.document_count; i++) {
        const int status =
            document_inverter_add(&worker->inverter, &worker->batch, i, worker->first_ordinal + (uint32_t)i, error);
        if (status)
            return status;
        if (keep_columns(worker, i))
            return error_memory(error);
    }
    return worker->load->options.store == TRAWL_STORE_TEXT ? pack_documents(worker, error) : 0;
}

/* ------------------------------------------------------------------- collect */

static int collect_documents(struct worker *worker, struct trawl_error *error)
{
    const struct parsed_batch *batch = &worker->batch;
    for (size_t i = 0; i < batch->document_count; i++) {
        const struct document_columns *columns = &worker->columns[i];
        int replaced = 0;
        const int status = segment_writer_add_document(
            worker->load->segment, batch->ids.bytes + batch->documents[i].id, batch->documents[i].id_length,
            worker->parts + columns->parts, columns->part_count, worker->lengths + columns->lengths, columns->length_count,
            &replaced, error);
        if (status)
            return status;
    }
    return 0;
}

static int first_fault(const struct parsed_batch *batch, struct trawl_error *error)
{
    for (size_t i = 0; i < batch->remark_count; i++) {
        if (batch->remarks[i].level == 0)
            continue;
        if (error && !error->code)
            *error = batch->remarks[i].error;
        return batch->remarks[i].error.code;
    }
    return 0;
}

int load_collect(struct worker *worker, struct trawl_error *error)
{
    struct load *load = worker->load;
    if (load->options.strict && worker->batch.skipped)
        return first_fault(&worker->batch, error);
    int status = collect_documents(worker, error);
    if (status == 0 && load->options.store == TRAWL_STORE_TEXT)
        status = segment_writer_add_stored(load->segment, &worker->packer, error);
    if (status)
        return status;
    return report_batch(load->report, &worker->batch, worker->bytes_read, worker->source_bytes) ? error_memory(error) : 0;
}
