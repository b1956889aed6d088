#include "index/write/document_order.h"

#include "index/write/forward_index.h"
#include "index/write/term_merge.h"
#include "src/util/memory.h"

enum { ASK_EVERY = 4096 }; /* terms */

/* Terms of the default field: what stands in others stands there too. */
static const struct term_range default_field = {.to = {(const uint8_t *)"\1", 1}};

/* ----------------------------------------------------------------- gathering */

static int gather_term(struct forward_index *index, struct term_merge *merge, struct trawl_error *error)
{
    const struct posting_source *batch;
    int status;
    while ((status = term_merge_batch(merge, &batch, error)) == 0)
        if (forward_index_add(index, batch->documents, batch->count))
            return error_memory(error);
    if (status < 0)
        return status;
    return forward_index_end_term(index) ? error_memory(error) : 0;
}

static int gather_terms(struct forward_index *index, struct posting_source *const *sources,
                        const struct document_order_options *options, struct trawl_error *error)
{
    struct term_merge merge;
    int status = term_merge_init(&merge, sources, options->input_count, error);
    for (size_t terms = 0; !status; terms++) {
        if (terms % ASK_EVERY == 0 && options->progress && options->progress(options->context))
            status = error_set(error, TRAWL_ERROR_CANCELLED, "stopped while reordering");
        if (!status)
            status = term_merge_next(&merge, error);
        if (!status)
            status = gather_term(index, &merge, error);
    }
    term_merge_release(&merge);
    return status < 0 ? status : 0;
}

static int gather(struct forward_index *index, const struct document_order_options *options, struct trawl_error *error)
{
    struct posting_source **sources = memory_alloc_zero(options->input_count, sizeof(struct posting_source *));
    if (!sources)
        return error_memory(error);
    int status = 0;
    for (size_t i = 0; i < options->input_count && !status; i++)
        status = posting_source_open(&sources[i], &options->inputs[i], &default_field, 0, error);
    if (!status)
        status = gather_terms(index, sources, options, error);
    for (size_t i = 0; i < options->input_count; i++)
        posting_source_free(sources[i]);
    memory_free(sources);
    return status;
}

/* ------------------------------------------------------------------ ordering */

static int order_stretch(struct document_order *order, uint32_t first, uint32_t documents,
                         const struct document_order_options *options, struct trawl_error *error)
{
    struct forward_index index;
    struct bisection bisection = {0};
    forward_index_init(&index, first, documents);
    int status = gather(&index, options, error);
    if (!status && forward_index_turn(&bisection, &index))
        status = error_memory(error);
    forward_index_release(&index);
    bisection.threads = options->threads;
    bisection.progress = options->progress;
    bisection.context = options->context;
    if (!status)
        status = bisection_run(order->ordinals + first, &bisection, error);
    forward_index_release_turned(&bisection);
    return status;
}

int document_order_make(struct document_order *order, const struct document_order_options *options,
                        struct trawl_error *error)
{
    const uint32_t documents = options->documents;
    const uint32_t most = options->most_documents ? options->most_documents : FORWARD_MOST_DOCUMENTS;
    const uint32_t stretches = documents / most + (documents % most != 0);
    order->ordinals = memory_alloc_array(documents, sizeof *order->ordinals);
    order->numbers = memory_alloc_array(documents, sizeof *order->numbers);
    int status = order->ordinals && order->numbers ? 0 : error_memory(error);
    for (uint32_t i = 0; i < stretches && !status; i++) {
        const uint32_t first = (uint32_t)((uint64_t)documents * i / stretches);
        const uint32_t end = (uint32_t)((uint64_t)documents * (i + 1) / stretches);
        status = order_stretch(order, first, end - first, options, error);
    }
    for (uint32_t number = 0; number < documents && !status; number++)
        order->numbers[order->ordinals[number]] = number;
    return status;
}

void document_order_release(struct document_order *order)
{
    memory_free(order->ordinals);
    memory_free(order->numbers);
    *order = (struct document_order){0};
}
