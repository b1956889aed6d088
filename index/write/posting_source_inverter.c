/* Postings out of an inverter: its terms by their order, lists in place where
 * they are in one piece. */
#include "index/write/inverter_lists.h"
#include "index/write/posting_decoder.h"
#include "index/write/posting_sources.h"
#include "src/util/memory.h"

struct inverter_source {
    struct posting_source source; /* first: a source is one of these */
    const struct inverter *inverter;
    size_t next, end; /* places in order */
    struct posting_decoder decoder;
    struct buffer scratch;
};

static int next_term(struct posting_source *base, struct trawl_error *error)
{
    struct inverter_source *source = (struct inverter_source *)base;
    if (source->next == source->end)
        return 1;
    inverter_fetch_ahead(source->inverter, source->next);
    const uint32_t handle = source->inverter->order[source->next++];
    const struct interner_key *key = &source->inverter->terms.keys[handle];
    base->key = (struct term_key){key->bytes, key->length};
    struct posting_list list;
    if (inverter_list(&list, source->inverter, handle, &source->scratch))
        return error_memory(error);
    posting_decoder_start(&source->decoder, list);
    return 0;
}

static int next_batch(struct posting_source *base, struct trawl_error *error)
{
    struct inverter_source *source = (struct inverter_source *)base;
    int status = posting_decoder_next(&source->decoder, base);
    if (status == TRAWL_ERROR_MEMORY)
        return error_memory(error);
    if (status == TRAWL_ERROR_CORRUPT) /* nothing on disk is to blame */
        return error_set(error, TRAWL_ERROR_ARGUMENT, "documents were inverted that were never added");
    return status;
}

static void free_source(struct posting_source *base)
{
    struct inverter_source *source = (struct inverter_source *)base;
    posting_decoder_release(&source->decoder);
    buffer_release(&source->scratch);
    memory_free(source);
}

static const struct posting_source_class class = {next_term, next_batch, free_source};

int inverter_source_open(struct posting_source **made, const struct posting_input *input,
                         const struct term_range *range, struct trawl_error *error)
{
    struct inverter_source *source = memory_alloc_zero(1, sizeof *source);
    if (!source)
        return error_memory(error);
    const struct inverter *inverter = input->inverter;
    source->source.class = &class;
    source->inverter = inverter;
    source->end = inverter->terms.count;
    if (range->from.bytes)
        source->next = inverter_lower_bound(inverter, range->from.bytes, range->from.length);
    if (range->to.bytes)
        source->end = inverter_lower_bound(inverter, range->to.bytes, range->to.length);
    posting_decoder_init(&source->decoder);
    buffer_init(&source->scratch);
    *made = &source->source;
    return 0;
}
