/* A run as a page that stands alone: figures, charts, slowest queries, changes.
 * It loads nothing and runs nothing, follows the reader's light or dark scheme,
 * and is well-formed as XML too. */
#ifndef SRC_CLI_BENCH_HTML_H
#define SRC_CLI_BENCH_HTML_H

#include "src/cli/bench.h"
#include "src/cli/bench_compare.h"
#include "src/cli/bench_groups.h"
#include "src/cli/cli_text.h"

/* `compare` NULL: nothing is compared. */
void bench_html_add(struct cli_text *out, const struct bench *bench, const struct bench_groups *groups,
                    const struct bench_compare *compare);

#endif
