#include "src/engine/load_memory.h"

#include "src/util/memory.h"

enum { SHARE_LEAST = 2 * LOAD_BATCH_BYTES, LARGE_LEAST = 4 * LOAD_BATCH_BYTES };

/* ----------------------------------------------------------------- inverters */

/* Words go first: sorting the terms takes about as much as they held. */
static int spill(struct worker *worker, struct trawl_error *error)
{
    word_cache_reset(&worker->inverter.words);
    const int status = index_writer_spill(worker->load->writer, worker->inverter.inverter, error);
    document_inverter_reset(&worker->inverter);
    return status;
}

int load_spill_if_over(struct worker *worker, size_t columns, struct trawl_error *error)
{
    struct load *load = worker->load;
    const uint64_t budget = load->options.memory / 4 * 3;
    const uint64_t share = (budget > columns ? budget - columns : 0) / load->options.threads;
    const uint64_t most = share > SHARE_LEAST ? share : SHARE_LEAST;
    return document_inverter_memory(&worker->inverter) > most ? spill(worker, error) : 0;
}

int load_spill_before_large(struct worker *worker, struct trawl_error *error)
{
    return document_inverter_memory(&worker->inverter) > SHARE_LEAST ? spill(worker, error) : 0;
}

/* ------------------------------------------------------------- large batches */

int load_is_large(const struct load *load, uint64_t bytes)
{
    enum { COPIES = 4 }; /* as it was read, unescaped, parsed, packed */
    const uint64_t share = load->options.memory / 4 / COPIES / load->options.threads;
    return bytes > (share > LARGE_LEAST ? share : LARGE_LEAST);
}

void load_release_raw(struct worker *worker)
{
    raw_batch_release(&worker->raw);
    parser_release_document(worker->parser);
}

void load_release_parsed(struct worker *worker)
{
    parsed_batch_release(&worker->batch);
    stored_packer_forget(&worker->packer);
}
