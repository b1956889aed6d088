/* A run as one line of JSON, which --compare reads again (docs/CLI.md has the members). */
#ifndef SRC_CLI_BENCH_JSON_H
#define SRC_CLI_BENCH_JSON_H

#include "src/cli/bench.h"
#include "src/cli/bench_compare.h"
#include "src/cli/bench_groups.h"
#include "src/cli/cli_text.h"

/* `compare` NULL: nothing is compared. */
void bench_json_add(struct cli_text *out, const struct bench *bench, const struct bench_groups *groups,
                    const struct bench_compare *compare);

/* The settings that shape answers and times, as an object of its own. */
void bench_json_add_settings(struct cli_text *out, const struct bench *bench);

#endif
