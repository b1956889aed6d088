#include "src/engine/load_batch.h"

#include "src/engine/load_memory.h"
#include "src/engine/load_steps.h"
#include "src/util/memory.h"

void load_break(struct load *load)
{
    turn_break(&load->reading);
    turn_break(&load->numbering);
    turn_break(&load->collecting);
}

int load_finish_batch(struct worker *worker, struct trawl_error *error)
{
    struct load *load = worker->load;
    int status = turn_take(&load->numbering, worker->batch.number);
    if (status)
        return status;
    status = load_number(worker, error);
    turn_pass(&load->numbering);
    if (status == 0 && worker->is_large)
        status = load_spill_before_large(worker, error);
    if (status == 0)
        status = load_invert(worker, error);
    if (status || (status = turn_take(&load->collecting, worker->batch.number)))
        return status;
    status = load_collect(worker, error);
    const size_t columns = segment_writer_memory(load->segment);
    turn_pass(&load->collecting);
    if (worker->is_large)
        load_release_parsed(worker);
    return status ? status : load_spill_if_over(worker, columns, error);
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
    worker->is_large = status == 0 && load_is_large(load, worker->raw.arena.total);
    if (!worker->is_large)
        turn_pass(&load->reading);
    return status;
}

int load_next_batch(struct worker *worker, struct trawl_error *error)
{
    int status = read_batch(worker, error);
    if (status == 0)
        status = parsed_batch_parse(&worker->batch, &worker->raw, worker->parser, error);
    if (worker->is_large)
        load_release_raw(worker);
    if (status == 0)
        status = load_finish_batch(worker, error);
    if (worker->is_large) {
        memory_trim();
        turn_pass(&worker->load->reading);
    }
    if (status < 0)
        load_break(worker->load);
    return status;
}
