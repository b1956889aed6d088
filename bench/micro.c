/* micro [-q] FILE [NAME...]
 *
 * Runs all micro-benchmarks, or those whose names have one of the words in them,
 * on the first megabyte of FILE (JSON Lines). -q: each only once, to see that it runs. */
#include "bench/micro.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "index/codec/kernels.h"

enum { ROUNDS = 7, TEXT_MOST = 1 << 20 };
static const double round_seconds = 0.02;

/* What all benchmarks share: set once by main. */
static int is_quick;
static char **wanted;
static uint64_t random_state = 1;
static volatile uint64_t sink; /* so that no work is without a use */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double time_calls(micro_call *call, void *context, uint64_t calls)
{
    uint64_t sum = 0;
    const double start = now();
    for (uint64_t i = 0; i < calls; i++)
        sum += call(context);
    sink = sum;
    return now() - start;
}

static int is_wanted(const char *name)
{
    for (char **word = wanted; *word; word++)
        if (strstr(name, *word))
            return 1;
    return !*wanted;
}

void micro_run(const char *name, const char *unit, double units, micro_call *call, void *context)
{
    uint64_t calls = 1;
    if (!is_wanted(name))
        return;
    double best = time_calls(call, context, calls);
    while (!is_quick && best < round_seconds) {
        calls *= 2;
        best = time_calls(call, context, calls);
    }
    for (int i = 1; !is_quick && i < ROUNDS; i++) {
        const double seconds = time_calls(call, context, calls);
        if (seconds < best)
            best = seconds;
    }
    const double rate = units * (double)calls / (best > 0 ? best : 1e-9);
    printf("%-42s %10.1f M %s/s\n", name, rate / 1e6, unit);
}

uint32_t micro_random(uint32_t limit)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    const uint32_t bits = (uint32_t)(random_state >> 32);
    return limit ? (uint32_t)((uint64_t)bits * limit >> 32) : bits;
}

void micro_ascend(uint32_t *numbers, size_t n, uint32_t from, uint32_t gap)
{
    for (size_t i = 0; i < n; i++)
        numbers[i] = from += 1 + micro_random(2 * gap - 1);
}

static int read_text(struct micro_text *text, const char *name)
{
    FILE *file = fopen(name, "rb");
    text->bytes = malloc(TEXT_MOST);
    if (!file || !text->bytes)
        return -1;
    text->length = fread(text->bytes, 1, TEXT_MOST, file);
    fclose(file);
    while (text->length && text->bytes[text->length - 1] != '\n')
        text->length--; /* whole lines */
    return text->length ? 0 : -1;
}

int main(int argument_count, char **arguments)
{
    struct micro_text text = {0};
    int first = 1;
    if (argument_count > 1 && strcmp(arguments[1], "-q") == 0)
        is_quick = first++;
    if (first >= argument_count || read_text(&text, arguments[first])) {
        fprintf(stderr, "usage: micro [-q] FILE [NAME...]; FILE: documents, one a line\n");
        return 2;
    }
    wanted = arguments + first + 1;
    printf("kernels: %s\n", kernels()->name);
    micro_codec();
    micro_match();
    micro_text(&text);
    free(text.bytes);
    return 0;
}
