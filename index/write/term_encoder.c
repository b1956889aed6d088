#include "index/write/term_encoder.h"

#include <pthread.h>

#include "index/write/posting_sorter.h"
#include "index/write/term_merge.h"
#include "index/write/term_ranges.h"
#include "src/util/memory.h"

enum {
    MOST_THREADS = 64,
    KEPT = 4 << 20 /* bytes of memory that a range of long lists may leave behind */
};

/* What a thread writes lists with. */
struct tools {
    struct postings_writer *postings;
    struct posting_sorter sorter;
};

static int tools_init(struct tools *tools, const struct term_encoder *encoder, struct trawl_error *error)
{
    posting_sorter_init(&tools->sorter);
    return postings_writer_new(&tools->postings, encoder->has_positions, error);
}

static void tools_release(struct tools *tools)
{
    posting_sorter_release(&tools->sorter);
    postings_writer_free(tools->postings);
}

/* ------------------------------------------------------------------ one range */

static void slab_release(struct term_slab *slab)
{
    buffer_release(&slab->postings);
    buffer_release(&slab->positions);
    buffer_release(&slab->keys);
    memory_free(slab->terms);
    *slab = (struct term_slab){0};
}

static int open_sources(struct posting_source **sources, const struct term_encoder *encoder,
                        const struct term_range *range, struct trawl_error *error)
{
    int status = 0;
    for (size_t i = 0; i < encoder->input_count && !status; i++)
        status = posting_source_open(&sources[i], &encoder->inputs[i], range, encoder->has_positions, error);
    return status;
}

static int add_term(struct term_slab *slab, struct term_key key, const struct term_entry *entry)
{
    if (memory_grow(&slab->terms, &slab->term_capacity, slab->term_count + 1, sizeof *slab->terms))
        return TRAWL_ERROR_MEMORY;
    slab->terms[slab->term_count++] = (struct slab_term){.key_length = key.length, .entry = *entry};
    buffer_append(&slab->keys, key.bytes, key.length);
    return slab->keys.status;
}

/* Do the inputs' postings come in another order than they are to be written in? */
static int must_sort(const struct term_encoder *encoder)
{
    for (size_t i = 0; i < encoder->input_count; i++)
        if (encoder->inputs[i].map.falls)
            return 1;
    return encoder->numbers != NULL;
}

static int encode_term(struct term_slab *slab, const struct term_encoder *encoder, struct term_merge *merge,
                       struct tools *tools, struct trawl_error *error)
{
    struct postings_writer *writer = tools->postings;
    const uint8_t field = merge->key.bytes[0];
    postings_writer_start(writer, encoder->documents, encoder->length_codes[field], encoder->end_codes[field],
                          encoder->averages ? encoder->averages[field] : 0);
    int status = must_sort(encoder) ? posting_sorter_write(&tools->sorter, merge, encoder->numbers, encoder->documents,
                                                           writer, error)
                                    : term_merge_postings(merge, writer, error);
    if (status)
        return status;
    struct term_entry entry;
    status = postings_writer_finish(writer, &entry, &slab->postings, &slab->positions, error);
    if (!status && entry.df && add_term(slab, merge->key, &entry))
        return error_memory(error);
    return status;
}

static int merge_sources(struct term_slab *slab, const struct term_encoder *encoder,
                         struct posting_source *const *sources, struct tools *tools, struct trawl_error *error)
{
    struct term_merge merge;
    int status = term_merge_init(&merge, sources, encoder->input_count, error);
    while (!status) {
        status = term_merge_next(&merge, error);
        if (!status)
            status = encode_term(slab, encoder, &merge, tools, error);
    }
    term_merge_release(&merge);
    return status < 0 ? status : 0;
}

static int encode_range(struct term_slab *slab, const struct term_encoder *encoder, const struct term_range *range,
                        struct tools *tools, struct trawl_error *error)
{
    buffer_reset_keeping(&slab->postings, KEPT);
    buffer_reset_keeping(&slab->positions, KEPT);
    buffer_reset_keeping(&slab->keys, KEPT);
    slab->term_count = 0;
    struct posting_source **sources = memory_alloc_zero(encoder->input_count, sizeof(struct posting_source *));
    if (!sources)
        return error_memory(error);
    int status = open_sources(sources, encoder, range, error);
    if (!status)
        status = merge_sources(slab, encoder, sources, tools, error);
    for (size_t i = 0; i < encoder->input_count; i++)
        posting_source_free(sources[i]);
    memory_free(sources);
    return status;
}

/* ----------------------------------------------------------------- one thread */

static int run_alone(const struct term_encoder *encoder, const struct term_ranges *ranges, struct trawl_error *error)
{
    struct tools tools;
    int status = tools_init(&tools, encoder, error);
    if (status)
        return status;
    struct term_slab slab = {0};
    for (size_t i = 0; i < ranges->count && !status; i++) {
        status = encode_range(&slab, encoder, &ranges->ranges[i], &tools, error);
        if (!status)
            status = encoder->take(encoder->context, &slab, error);
    }
    slab_release(&slab);
    tools_release(&tools);
    return status;
}

/* --------------------------------------------------------------------- threads
 * Workers take the next range as long as it is less than `window` ahead of the
 * one that is to be taken from them next; slab i % window is that of range i. */

enum slab_state { SLAB_FREE, SLAB_DONE };

struct work {
    const struct term_encoder *encoder;
    const struct term_ranges *ranges;
    pthread_mutex_t mutex;
    pthread_cond_t may_work, may_take;
    size_t next, taken, window; /* next range to encode; ranges taken */
    int stop;                   /* after an error */
    struct {
        struct term_slab slab;
        enum slab_state state;
        int status;
        struct trawl_error error;
    } slots[MOST_THREADS + 2];
};

/* -> the number of a range to encode, or SIZE_MAX: no more */
static size_t next_range(struct work *work)
{
    pthread_mutex_lock(&work->mutex);
    while (!work->stop && work->next < work->ranges->count && work->next - work->taken >= work->window)
        pthread_cond_wait(&work->may_work, &work->mutex);
    const size_t range = !work->stop && work->next < work->ranges->count ? work->next++ : SIZE_MAX;
    pthread_mutex_unlock(&work->mutex);
    return range;
}

static void finish_range(struct work *work, size_t range, int status)
{
    pthread_mutex_lock(&work->mutex);
    work->slots[range % work->window].status = status;
    work->slots[range % work->window].state = SLAB_DONE;
    pthread_cond_signal(&work->may_take);
    pthread_mutex_unlock(&work->mutex);
}

static void *run_worker(void *argument)
{
    struct work *work = argument;
    struct tools tools = {0};
    for (size_t range; (range = next_range(work)) != SIZE_MAX;) {
        struct trawl_error *error = &work->slots[range % work->window].error;
        int status = tools.postings ? 0 : tools_init(&tools, work->encoder, error);
        if (!status)
            status = encode_range(&work->slots[range % work->window].slab, work->encoder, &work->ranges->ranges[range],
                                  &tools, error);
        finish_range(work, range, status);
    }
    tools_release(&tools);
    return NULL;
}

/* Waits for a range's slab and passes it on. */
static int take_range(struct work *work, size_t range, struct trawl_error *error)
{
    const size_t slot = range % work->window;
    pthread_mutex_lock(&work->mutex);
    while (work->slots[slot].state != SLAB_DONE)
        pthread_cond_wait(&work->may_take, &work->mutex);
    pthread_mutex_unlock(&work->mutex);

    int status = work->slots[slot].status;
    if (!status)
        status = work->encoder->take(work->encoder->context, &work->slots[slot].slab, error);
    else if (error && !error->code)
        *error = work->slots[slot].error;

    pthread_mutex_lock(&work->mutex);
    work->slots[slot].state = SLAB_FREE;
    work->taken++;
    work->stop = status != 0;
    pthread_cond_broadcast(&work->may_work);
    pthread_mutex_unlock(&work->mutex);
    return status;
}

static int run_threads(struct work *work, struct trawl_error *error)
{
    pthread_t threads[MOST_THREADS];
    const unsigned wanted = work->encoder->threads < MOST_THREADS ? work->encoder->threads : MOST_THREADS;
    unsigned started = 0;
    work->window = wanted + 2;
    while (started < wanted && pthread_create(&threads[started], NULL, run_worker, work) == 0)
        started++;
    int status = 0;
    if (!started) /* no threads to be had here: it also goes without */
        return run_alone(work->encoder, work->ranges, error);
    for (size_t range = 0; range < work->ranges->count && !status; range++)
        status = take_range(work, range, error);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    return status;
}

static int run_together(const struct term_encoder *encoder, const struct term_ranges *ranges, struct trawl_error *error)
{
    struct work *work = memory_alloc_zero(1, sizeof *work);
    if (!work)
        return error_memory(error);
    work->encoder = encoder;
    work->ranges = ranges;
    pthread_mutex_init(&work->mutex, NULL);
    pthread_cond_init(&work->may_work, NULL);
    pthread_cond_init(&work->may_take, NULL);
    int status = run_threads(work, error);
    pthread_cond_destroy(&work->may_take);
    pthread_cond_destroy(&work->may_work);
    pthread_mutex_destroy(&work->mutex);
    for (size_t i = 0; i < work->window; i++)
        slab_release(&work->slots[i].slab);
    memory_free(work);
    return status;
}

int term_encoder_run(const struct term_encoder *encoder, struct trawl_error *error)
{
    struct term_ranges ranges;
    int status = term_ranges_cut(&ranges, encoder->inputs, encoder->input_count, encoder->range_bytes, error);
    if (status)
        return status;
    if (encoder->threads > 1 && ranges.count > 1)
        status = run_together(encoder, &ranges, error);
    else
        status = run_alone(encoder, &ranges, error);
    term_ranges_release(&ranges);
    return status;
}
