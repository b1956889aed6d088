#include "src/cli/bench_threads.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "src/cli/bench_run.h"
#include "src/cli/cli_complain.h"
#include "src/cli/cli_memory.h"

struct crew {
    const struct bench *bench;
    size_t command;
    uint64_t total; /* queries to be asked, all passes */
    atomic_uint_fast64_t next;
    atomic_int is_unsteady;
};

struct worker {
    struct crew *crew;
    struct cli_reader reader;
    pthread_t thread;
};

static void *work(void *context)
{
    struct worker *worker = context;
    struct crew *crew = worker->crew;
    const struct bench *bench = crew->bench;
    const struct bench_measure *alone = bench->commands[crew->command].measures;
    uint64_t number;
    while ((number = atomic_fetch_add(&crew->next, 1)) < crew->total) {
        struct bench_measure measure;
        const size_t query = (size_t)(number % bench->queries.count);
        if (alone[query].has_failed)
            continue;
        bench_run_ask(&measure, bench, &worker->reader, crew->command, query);
        if (!bench_run_is_same(&measure, &alone[query]))
            atomic_store(&crew->is_unsteady, 1);
    }
    return NULL;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* -> 0 or the number of an error */
static int run_workers(struct worker *workers, unsigned threads)
{
    unsigned started = 0;
    int problem = 0;
    while (started < threads && !problem) {
        problem = pthread_create(&workers[started].thread, NULL, work, &workers[started]);
        started += problem == 0;
    }
    if (problem)
        atomic_store(&workers->crew->next, workers->crew->total);
    for (unsigned i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    return problem;
}

static int run_crew(struct bench_throughput *throughput, struct crew *crew, struct worker *workers, unsigned threads)
{
    atomic_init(&crew->next, 0);
    for (unsigned i = 0; i < threads; i++)
        workers[i].crew = crew;
    const double start = seconds_now();
    const int problem = run_workers(workers, threads);
    if (problem)
        return cli_complain("cannot start %u threads: %s", threads, strerror(problem));
    *throughput = (struct bench_throughput){threads, crew->total, seconds_now() - start};
    return 0;
}

/* So that nobody who is measured is the first to use searchers and processors. */
static int warm_up(struct crew *crew, struct worker *workers, unsigned threads)
{
    struct bench_throughput unused;
    const size_t total = crew->total;
    crew->total = crew->bench->settings->bench.warm_up * crew->bench->queries.count;
    const int status = run_crew(&unused, crew, workers, 1) || run_crew(&unused, crew, workers, threads);
    crew->total = total;
    return status;
}

static int run_commands(struct bench *bench, struct worker *workers, unsigned threads)
{
    for (size_t i = 0; i < bench->command_count; i++) {
        struct bench_command *command = &bench->commands[i];
        struct crew crew = {.bench = bench, .command = i, .total = bench->settings->bench.passes * bench->queries.count};
        atomic_init(&crew.is_unsteady, 0);
        if (warm_up(&crew, workers, threads) || run_crew(&command->alone, &crew, workers, 1) ||
            run_crew(&command->together, &crew, workers, threads))
            return CLI_EXIT_ERROR;
        bench->is_unsteady |= atomic_load(&crew.is_unsteady);
    }
    return 0;
}

int bench_threads(struct bench *bench, unsigned threads)
{
    struct worker *workers = cli_memory_alloc(threads, sizeof *workers);
    struct trawl_error error = {0};
    int status = 0;
    for (unsigned i = 0; i < threads && status == 0; i++) {
        workers[i].reader.snapshot = bench->reader.snapshot;
        if (trawl_searcher_new(&workers[i].reader.searcher, bench->reader.snapshot, &error))
            status = cli_complain_error(&error);
    }
    if (status == 0)
        status = run_commands(bench, workers, threads);
    for (unsigned i = 0; i < threads; i++)
        trawl_searcher_free(workers[i].reader.searcher); /* the snapshot is the bench's */
    free(workers);
    return status;
}
