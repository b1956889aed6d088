#include "src/cli/bench_run.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/cli/bench_kind.h"
#include "src/cli/cli_complain.h"
#include "src/cli/cli_memory.h"

int bench_run_commands(struct bench *bench)
{
    static const char *usual[] = {"COUNT", "TOP_10", "TOP_10_COUNT", "TOP_100", "TOP_100_COUNT", "TOP_1000"};
    const struct cli_names *wanted = &bench->settings->bench.commands;
    const char *const *names = wanted->count ? wanted->names : usual;
    bench->command_count = wanted->count ? wanted->count : sizeof usual / sizeof *usual;
    bench->commands = cli_memory_alloc(bench->command_count, sizeof *bench->commands);
    for (size_t i = 0; i < bench->command_count; i++) {
        struct bench_command *command = &bench->commands[i];
        command->name = names[i];
        if (cli_protocol_parse(&command->what, names[i], strlen(names[i])))
            return cli_complain("--commands wants COUNT, TOP_n or TOP_n_COUNT, not '%s'", names[i]);
        for (size_t other = 0; other < i; other++)
            if (strcmp(bench->commands[other].name, names[i]) == 0)
                return cli_complain("--commands has %s twice", names[i]);
        command->measures = cli_memory_alloc(bench->queries.count, sizeof *command->measures);
    }
    return 0;
}

/* ---------------------------------------------------------------- answers */

static uint64_t digest_bytes(uint64_t digest, const void *bytes, size_t length)
{
    const unsigned char *byte = bytes; /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        digest = (digest ^ byte[i]) * UINT64_C(0x100000001b3);
    return digest;
}

static uint64_t digest_hits(const trawl_results *results)
{
    uint64_t digest = UINT64_C(0xcbf29ce484222325);
    struct trawl_hit hit;
    for (size_t i = 0; trawl_results_hit(&hit, results, i) == 0; i++) {
        uint32_t bits;
        memcpy(&bits, &hit.score, sizeof bits);
        const unsigned char score[] = {(unsigned char)bits, (unsigned char)(bits >> 8), (unsigned char)(bits >> 16),
                                       (unsigned char)(bits >> 24), 0};
        digest = digest_bytes(digest, hit.id, hit.id_length);
        digest = digest_bytes(digest, score, sizeof score);
    }
    return digest;
}

static void take_answer(struct bench_measure *measure, const struct cli_answer *answer,
                        const struct cli_protocol_command *command)
{
    *measure = (struct bench_measure){.has_failed = answer->status != 0 || !answer->results};
    if (measure->has_failed)
        return;
    measure->ns = trawl_results_search_ns(answer->results);
    measure->count = command->counts ? answer->count : 0;
    measure->hits = trawl_results_size(answer->results);
    measure->digest = digest_hits(answer->results);
}

static void ask(struct bench_measure *measure, struct cli_answer *answer, const struct bench *bench,
                const struct cli_reader *reader, size_t command, size_t query)
{
    const struct bench_query *asked = &bench->queries.list[query];
    const struct cli_protocol_command *what = &bench->commands[command].what;
    cli_protocol_ask(answer, what, reader, bench->settings, asked->text, asked->length);
    take_answer(measure, answer, what);
}

void bench_run_ask(struct bench_measure *measure, const struct bench *bench, const struct cli_reader *reader,
                   size_t command, size_t query)
{
    struct cli_answer answer;
    ask(measure, &answer, bench, reader, command, query);
    cli_query_release(&answer);
}

int bench_run_is_same(const struct bench_measure *one, const struct bench_measure *other)
{
    return one->has_failed == other->has_failed && one->count == other->count && one->hits == other->hits &&
           one->digest == other->digest;
}

/* ----------------------------------------------------------------- passes */

static void complain(const struct bench *bench, const struct cli_answer *answer, size_t command, size_t query)
{
    cli_complain_warn("%s:%" PRIu64 ": %s fails and is left out", bench->file, bench->queries.list[query].line,
                      bench->commands[command].name);
    cli_query_complain(answer);
}

/* The first time: the answer that the others are held to. */
static void ask_first(struct bench *bench, size_t command, size_t query)
{
    struct cli_answer answer;
    struct bench_measure *measure = &bench->commands[command].measures[query];
    struct bench_query *asked = &bench->queries.list[query];
    ask(measure, &answer, bench, &bench->reader, command, query);
    if (measure->has_failed) {
        complain(bench, &answer, command, query);
        bench->failed++;
    }
    if (!asked->type)
        asked->type = answer.results ? bench_kind(trawl_results_parsed(answer.results), bench->reader.snapshot) : "mixed";
    cli_query_release(&answer);
}

static void ask_again(struct bench *bench, size_t command, size_t query)
{
    struct bench_measure again, *measure = &bench->commands[command].measures[query];
    if (measure->has_failed)
        return;
    bench_run_ask(&again, bench, &bench->reader, command, query);
    bench->is_unsteady |= !bench_run_is_same(measure, &again);
    if (again.ns < measure->ns)
        measure->ns = again.ns;
}

static size_t *shuffled(size_t count)
{
    size_t *order = cli_memory_alloc(count, sizeof *order);
    uint64_t state = 2;
    for (size_t i = 0; i < count; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const size_t place = (size_t)((state >> 33) % (i + 1));
        order[i] = order[place];
        order[place] = i;
    }
    return order;
}

static void show_progress(const struct bench *bench, size_t command, uint64_t pass)
{
    if (isatty(STDERR_FILENO) && pass)
        fprintf(stderr, "\r\033[K%s, pass %" PRIu64, bench->commands[command].name, pass);
    else if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}

static void forget_times(struct bench *bench, size_t command)
{
    for (size_t i = 0; i < bench->queries.count; i++)
        bench->commands[command].measures[i].ns = UINT64_MAX;
}

static void run_command(struct bench *bench, size_t command, const size_t *order)
{
    const uint64_t warm_up = bench->settings->bench.warm_up, passes = bench->settings->bench.passes;
    for (uint64_t pass = 0; pass < warm_up + passes; pass++) {
        show_progress(bench, command, pass + 1);
        if (pass == warm_up && pass)
            forget_times(bench, command);
        for (size_t i = 0; i < bench->queries.count; i++) {
            if (pass == 0)
                ask_first(bench, command, order[i]);
            else
                ask_again(bench, command, order[i]);
        }
    }
    show_progress(bench, command, 0);
}

void bench_run(struct bench *bench)
{
    size_t *order = shuffled(bench->queries.count);
    for (size_t command = 0; command < bench->command_count; command++)
        run_command(bench, command, order);
    free(order);
}
