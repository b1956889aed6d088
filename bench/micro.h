/* Micro-benchmarks: one inner loop, over and over, on data made from a fixed
 * seed that stays in the processor's caches. A call does `units` of its work (bytes,
 * integers) and returns something that depends on all of it. The fastest of several rounds counts.
 *
 *     run/decode, width 4                1234.5 M integers/s
 *
 * They show what a change to one loop does; what it does to queries is for
 * `trawl bench` to say. */
#ifndef BENCH_MICRO_H
#define BENCH_MICRO_H

#include <stddef.h>
#include <stdint.h>

typedef uint64_t micro_call(void *context);

/* Measures a call, when the names wanted on the command line have a part of `name`. */
void micro_run(const char *name, const char *unit, double units, micro_call *call, void *context);

/* Numbers alike in every run. */
uint32_t micro_random(uint32_t limit); /* 0 .. limit-1; limit 0: any */

/* n numbers, ascending, about every `gap`-th from `from` on. */
void micro_ascend(uint32_t *numbers, size_t n, uint32_t from, uint32_t gap);

/* The text that is worked on: documents of JSON Lines. */
struct micro_text {
    char *bytes;
    size_t length;
};

void micro_codec(void);
void micro_match(void);
void micro_text(const struct micro_text *text);

#endif
