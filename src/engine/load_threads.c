#include "src/engine/load_threads.h"

#include <pthread.h>

#include "src/engine/load_batch.h"
#include "src/util/memory.h"

static void *work(void *context)
{
    struct worker *worker = context;
    struct report *report = worker->load->report;
    while ((worker->status = load_next_batch(worker, &worker->error)) == 0)
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

/* -> 0, or an error, after which those that were started go home */
static int start_threads(unsigned *started, pthread_t *threads, struct load *load, struct trawl_error *error)
{
    load->running = load->worker_count;
    for (*started = 0; *started < load->worker_count; ++*started) {
        struct worker *worker = &load->workers[*started];
        worker->error = (struct trawl_error){0};
        if (pthread_create(&threads[*started], NULL, work, worker))
            break;
    }
    if (*started == load->worker_count)
        return 0;
    load_break(load);
    pthread_mutex_lock(&load->report->mutex);
    load->running -= load->worker_count - *started;
    pthread_mutex_unlock(&load->report->mutex);
    return error_set(error, TRAWL_ERROR_IO, "cannot start a thread");
}

/* Delivers until all threads are home. -> 1 when a callback wanted them to stop */
static int deliver_while_running(struct load *load)
{
    int cancelled = 0;
    while (still_running(load)) {
        report_wait(load->report);
        if (report_deliver(load->report) && !cancelled) {
            cancelled = 1;
            load_break(load);
        }
    }
    return cancelled;
}

static int run_threads(struct load *load, struct trawl_error *error)
{
    pthread_t *threads = memory_alloc_array(load->worker_count, sizeof *threads);
    if (!threads)
        return error_memory(error);
    unsigned started;
    load->report->is_threaded = 1;
    int status = start_threads(&started, threads, load, error);
    int cancelled = deliver_while_running(load);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    memory_free(threads);
    load->report->is_threaded = 0;
    cancelled |= report_deliver(load->report) != 0;
    if (status == 0)
        status = first_error(load, error);
    return cancelled ? error_set(error, TRAWL_ERROR_CANCELLED, "stopped") : status;
}

static int run_here(struct load *load, struct trawl_error *error)
{
    int status;
    do {
        status = load_next_batch(&load->workers[0], error);
        if (report_deliver(load->report))
            return error_set(error, TRAWL_ERROR_CANCELLED, "stopped");
    } while (status == 0);
    return status > 0 ? 0 : status;
}

int load_run(struct load *load, struct trawl_error *error)
{
    return load->worker_count > 1 ? run_threads(load, error) : run_here(load, error);
}
