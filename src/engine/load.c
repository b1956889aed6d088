#include "src/engine/load.h"

#include "src/engine/load_batch.h"
#include "src/engine/load_memory.h"
#include "src/engine/load_threads.h"
#include "src/util/memory.h"

/* ---------------------------------------------------------------------- life */

static int worker_init(struct worker *worker, struct load *load, const struct analyzer *analyzer, struct trawl_error *error)
{
    worker->load = load;
    worker->batch_is_done = 1;
    raw_batch_init(&worker->raw);
    parsed_batch_init(&worker->batch);
    int status = document_inverter_init(&worker->inverter, analyzer, load->options.has_positions, error);
    if (status == 0)
        status = parser_new(&worker->parser, load->options.max_document_size, error);
    if (status == 0)
        status = stored_packer_init(&worker->packer, error);
    return status;
}

static void worker_release(struct worker *worker)
{
    document_inverter_release(&worker->inverter);
    parser_free(worker->parser);
    raw_batch_release(&worker->raw);
    parsed_batch_release(&worker->batch);
    stored_packer_release(&worker->packer);
    memory_free(worker->columns);
    memory_free(worker->parts);
    memory_free(worker->lengths);
}

int load_new(struct load **load, struct index_writer *writer, const struct analyzer *analyzer,
             const struct load_options *options, struct report *report, struct trawl_error *error)
{
    struct load *made = memory_alloc_zero(1, sizeof *made);
    if (!made)
        return error_memory(error);
    made->writer = writer;
    made->options = *options;
    made->report = report;
    made->text_before = report->totals->text_bytes;
    turn_init(&made->reading);
    turn_init(&made->numbering);
    turn_init(&made->collecting);
    int status = 0;
    made->workers = memory_alloc_zero(options->threads, sizeof *made->workers);
    if (!made->workers)
        status = error_memory(error);
    while (status == 0 && made->worker_count < options->threads)
        status = worker_init(&made->workers[made->worker_count++], made, analyzer, error);
    if (status == 0 && !(made->segment = index_writer_begin_load(writer, error)))
        status = error ? error->code : TRAWL_ERROR_MEMORY;
    if (status) {
        load_free(made);
        return status;
    }
    *load = made;
    return 0;
}

void load_free(struct load *load)
{
    if (!load)
        return;
    for (unsigned i = 0; i < load->worker_count; i++)
        worker_release(&load->workers[i]);
    memory_free(load->workers);
    turn_release(&load->reading);
    turn_release(&load->numbering);
    turn_release(&load->collecting);
    memory_free(load);
}

/* ------------------------------------------------------ documents one by one */

/* Inverts what load_document left in the first worker's batch. */
static int load_flush(struct load *load, struct trawl_error *error)
{
    struct worker *worker = &load->workers[0];
    if (worker->batch_is_done)
        return 0;
    worker->batch_is_done = 1;
    worker->batch.number = load->numbering.next;
    worker->is_large = load_is_large(load, worker->batch.records.length);
    const int status = load_finish_batch(worker, error);
    if (status < 0)
        load_break(load);
    return status;
}

int load_document(struct load *load, const struct document *document, struct trawl_error *error)
{
    struct worker *worker = &load->workers[0];
    if (worker->batch_is_done) {
        parsed_batch_reset(&worker->batch);
        worker->bytes_read = 0;
        worker->batch_is_done = 0;
    }
    const int status = parsed_batch_add(&worker->batch, document, error);
    return status || worker->batch.records.length < LOAD_BATCH_BYTES ? status : load_flush(load, error);
}

/* ------------------------------------------------------------------- sources */

int load_source(struct load *load, struct source *source, struct trawl_error *error)
{
    int status = load_flush(load, error);
    if (status)
        return status;
    load->source = source;
    load->reading.next = load->numbering.next;
    status = load_run(load, error);
    load->source = NULL;
    return status;
}

/* Asked by the thread that reads: of several, the caller's is free to ask. */
int load_is_stopped(void *context)
{
    struct load *load = context;
    return load->report->is_threaded ? turn_is_broken(&load->reading) : report_deliver(load->report) != 0;
}

/* ----------------------------------------------------------------------- end */

int load_end(struct load *load, struct trawl_error *error)
{
    int status = load_flush(load, error);
    struct inverter **inverters = memory_alloc_array(load->worker_count, sizeof *inverters);
    if (status == 0 && !inverters)
        status = error_memory(error);
    if (status == 0) {
        struct load_totals *totals = load->report->totals;
        uint64_t replaced = 0;
        for (unsigned i = 0; i < load->worker_count; i++) {
            inverters[i] = load->workers[i].inverter.inverter;
            word_cache_reset(&load->workers[i].inverter.words);
        }
        load->report->phase = 1;
        status = index_writer_end_load(load->writer, inverters, load->worker_count, totals->text_bytes - load->text_before,
                                       &replaced, report_step, load->report, error);
        load->report->phase = 0;
        totals->replaced += replaced;
    }
    memory_free(inverters);
    return status;
}
