#include "src/engine/load.h"

#include <inttypes.h>
#include <pthread.h>
#include <string.h>

#include "src/engine/parsed_batch.h"
#include "src/engine/document_inverter.h"
#include "src/engine/turn.h"
#include "src/util/memory.h"

enum { BATCH_BYTES = 1 << 20, SHARE_LEAST = 2 * BATCH_BYTES, LARGE_LEAST = 4 * BATCH_BYTES };

/* Where a document's parts and lengths lie in its worker's columns, between
 * inverting and collecting. */
struct document_columns {
    size_t parts, part_count, lengths, length_count;
};

/* One thread's own. */
struct worker {
    struct load *load;
    struct document_inverter inverter;
    struct parser *parser;
    struct raw_batch raw;
    struct parsed_batch batch;
    int batch_is_done; /* nothing in it waits to be inverted */
    int is_large;      /* the batch: no other is read until it is done */
    uint32_t first_ordinal; /* of the batch */
    uint64_t bytes_read;    /* of the source, for the batch */
    uint64_t source_bytes;  /* all of the source, as known when the batch was read; 0: unknown */
    struct stored_packer packer;
    struct document_columns *columns; /* by document of the batch */
    size_t column_capacity;
    struct part *parts;
    size_t part_count, part_capacity;
    struct field_length *lengths;
    size_t length_count, length_capacity;
    struct trawl_error error;
    int status;
};

struct load {
    struct index_writer *writer;
    struct segment_writer *segment;
    struct load_options options;
    struct report *report;
    struct worker *workers;
    unsigned worker_count; /* initialised so far */
    uint32_t next_ordinal;
    struct source *source;
    uint64_t text_before; /* text of the loads before this one */
    struct turn reading, numbering, collecting;
    unsigned running; /* threads; under the report's mutex */
};

/* ------------------------------------------------------------- set-up */

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

/* ------------------------------------------------------ steps of a batch */

static int keep_columns(struct worker *worker, size_t number)
{
    const struct document_inverter *inverter = &worker->inverter;
    if (memory_grow(&worker->columns, &worker->column_capacity, number + 1, sizeof *worker->columns)
        || memory_grow(&worker->parts, &worker->part_capacity, worker->part_count + inverter->part_count, sizeof *worker->parts)
        || memory_grow(&worker->lengths, &worker->length_capacity, worker->length_count + inverter->length_count,
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

static int invert_batch(struct worker *worker, struct trawl_error *error)
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

static int number_batch(struct worker *worker, struct trawl_error *error)
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

static int collect_batch(struct worker *worker, struct trawl_error *error)
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

/* Words go first: sorting the terms takes about as much as they held. */
static int spill(struct worker *worker, struct trawl_error *error)
{
    word_cache_reset(&worker->inverter.words);
    const int status = index_writer_spill(worker->load->writer, worker->inverter.inverter, error);
    document_inverter_reset(&worker->inverter);
    return status;
}

/* A thread's share is what the columns of all leave of three quarters of the
 * budget: the rest is for batches on the way and for merging. */
static int spill_if_over(struct worker *worker, size_t columns, struct trawl_error *error)
{
    struct load *load = worker->load;
    const uint64_t budget = load->options.memory / 4 * 3;
    const uint64_t share = (budget > columns ? budget - columns : 0) / load->options.threads;
    const uint64_t most = share > SHARE_LEAST ? share : SHARE_LEAST;
    return document_inverter_memory(&worker->inverter) > most ? spill(worker, error) : 0;
}

/* ----------------------------------------------------------- large batches */

/* Is this more than every thread may have at hand? A batch is, when a large
 * document is in it. Nobody reads another one while it is on its way, and
 * nothing of it stays: so that however many such documents come, there is
 * memory for one. */
static int is_large(const struct load *load, uint64_t bytes)
{
    enum { COPIES = 4 }; /* as it was read, unescaped, parsed, packed */
    const uint64_t share = load->options.memory / 4 / COPIES / load->options.threads;
    return bytes > (share > LARGE_LEAST ? share : LARGE_LEAST);
}

/* What was read, when all of it is parsed. */
static void release_raw(struct worker *worker)
{
    raw_batch_release(&worker->raw);
    parser_release_document(worker->parser);
}

static void release_parsed(struct worker *worker)
{
    parsed_batch_release(&worker->batch);
    stored_packer_forget(&worker->packer);
}

/* ------------------------------------------------------------- one thread */

/* A parsed batch through the steps that follow. */
static int finish_batch(struct worker *worker, struct trawl_error *error)
{
    struct load *load = worker->load;
    int status = turn_take(&load->numbering, worker->batch.number);
    if (status)
        return status;
    status = number_batch(worker, error);
    turn_pass(&load->numbering);
    if (status == 0 && worker->is_large && document_inverter_memory(&worker->inverter) > SHARE_LEAST)
        status = spill(worker, error);
    if (status == 0)
        status = invert_batch(worker, error);
    if (status || (status = turn_take(&load->collecting, worker->batch.number)))
        return status;
    status = collect_batch(worker, error);
    const size_t columns = segment_writer_memory(load->segment);
    turn_pass(&load->collecting);
    if (worker->is_large)
        release_parsed(worker);
    return status ? status : spill_if_over(worker, columns, error);
}

/* A large batch keeps the reading turn. */
static int read_batch(struct worker *worker, struct trawl_error *error)
{
    struct load *load = worker->load;
    worker->is_large = 0;
    int status = turn_take(&load->reading, TURN_ANY);
    if (status)
        return status;
    worker->batch.number = load->reading.next;
    status = source_next_batch(load->source, &worker->raw, error);
    worker->source_bytes = source_total_bytes(load->source);
    worker->bytes_read = worker->raw.bytes_read;
    worker->is_large = status == 0 && is_large(load, worker->raw.arena.total);
    if (!worker->is_large)
        turn_pass(&load->reading);
    return status;
}

static void break_turns(struct load *load)
{
    turn_break(&load->reading);
    turn_break(&load->numbering);
    turn_break(&load->collecting);
}

/* Takes one batch from the source through all steps. -> 0, 1 when the source
 * has ended, negative for an error, after which no thread goes on. */
static int load_batch(struct worker *worker, struct trawl_error *error)
{
    int status = read_batch(worker, error);
    if (status == 0)
        status = parsed_batch_parse(&worker->batch, &worker->raw, worker->parser, error);
    if (worker->is_large)
        release_raw(worker);
    if (status == 0)
        status = finish_batch(worker, error);
    if (worker->is_large) {
        memory_trim();
        turn_pass(&worker->load->reading);
    }
    if (status < 0)
        break_turns(worker->load);
    return status;
}

/* Inverts what load_document left in the first worker's batch. */
static int load_flush(struct load *load, struct trawl_error *error)
{
    struct worker *worker = &load->workers[0];
    if (worker->batch_is_done)
        return 0;
    worker->batch_is_done = 1;
    worker->batch.number = load->numbering.next;
    worker->is_large = is_large(load, worker->batch.records.length);
    const int status = finish_batch(worker, error);
    if (status < 0)
        break_turns(load);
    return status;
}

/* ------------------------------------------------------------ all threads */

static void *work(void *context)
{
    struct worker *worker = context;
    struct report *report = worker->load->report;
    while ((worker->status = load_batch(worker, &worker->error)) == 0)
        ;
    pthread_mutex_lock(&report->mutex);
    worker->load->running--;
    pthread_cond_broadcast(&report->changed);
    pthread_mutex_unlock(&report->mutex);
    return NULL;
}

static int still_running(struct load *load)
{
    pthread_mutex_lock(&load->report->mutex);
    const unsigned running = load->running;
    pthread_mutex_unlock(&load->report->mutex);
    return running > 0;
}

/* The fault that began it; the others were only sent home. */
static int first_error(const struct load *load, struct trawl_error *error)
{
    int status = 0;
    for (unsigned i = 0; i < load->worker_count; i++) {
        const struct worker *worker = &load->workers[i];
        if (worker->status >= 0 || (status < 0 && worker->error.code == 0))
            continue;
        status = worker->status;
        if (error && worker->error.code && !error->code)
            *error = worker->error;
    }
    return status;
}

static int load_threaded(struct load *load, struct trawl_error *error)
{
    pthread_t *threads = memory_alloc_array(load->worker_count, sizeof *threads);
    if (!threads)
        return error_memory(error);
    unsigned started = 0;
    int status = 0, cancelled = 0;
    load->report->is_threaded = 1;
    load->running = load->worker_count;
    for (; started < load->worker_count && status == 0; started++) {
        load->workers[started].error = (struct trawl_error){0};
        status = pthread_create(&threads[started], NULL, work, &load->workers[started]);
    }
    if (status) {
        started--;
        break_turns(load);
        pthread_mutex_lock(&load->report->mutex);
        load->running -= load->worker_count - started;
        pthread_mutex_unlock(&load->report->mutex);
        status = error_set(error, TRAWL_ERROR_IO, "cannot start a thread");
    }
    while (still_running(load)) {
        report_wait(load->report);
        if (report_deliver(load->report) && !cancelled) {
            cancelled = 1;
            break_turns(load);
        }
    }
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    memory_free(threads);
    load->report->is_threaded = 0;
    cancelled |= report_deliver(load->report) != 0;
    if (status == 0)
        status = first_error(load, error);
    return cancelled ? error_set(error, TRAWL_ERROR_CANCELLED, "stopped") : status;
}

static int load_inline(struct load *load, struct trawl_error *error)
{
    int status;
    do {
        status = load_batch(&load->workers[0], error);
        if (report_deliver(load->report))
            return error_set(error, TRAWL_ERROR_CANCELLED, "stopped");
    } while (status == 0);
    return status > 0 ? 0 : status;
}

int load_source(struct load *load, struct source *source, struct trawl_error *error)
{
    int status = load_flush(load, error);
    if (status)
        return status;
    load->source = source;
    load->reading.next = load->numbering.next;
    status = load->worker_count > 1 ? load_threaded(load, error) : load_inline(load, error);
    load->source = NULL;
    return status;
}

/* Asked by the thread that reads: of several, the caller's is free to ask. */
int load_is_stopped(void *context)
{
    struct load *load = context;
    return load->report->is_threaded ? turn_is_broken(&load->reading) : report_deliver(load->report) != 0;
}

/* --------------------------------------------------- documents one by one */

int load_document(struct load *load, const struct document *document, struct trawl_error *error)
{
    struct worker *worker = &load->workers[0];
    if (worker->batch_is_done) {
        parsed_batch_reset(&worker->batch);
        worker->bytes_read = 0;
        worker->batch_is_done = 0;
    }
    const int status = parsed_batch_add(&worker->batch, document, error);
    return status || worker->batch.records.length < BATCH_BYTES ? status : load_flush(load, error);
}

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
