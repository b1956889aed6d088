/* What kind of query this is, told from its canonical form (docs/QUERY.md):
 *
 *     term, phrase, prefix    one of these alone
 *     intersection            nothing but words, all of which must match
 *     union                   nothing but words, any of which may
 *     negated                 something is excluded
 *     mixed                   the rest
 *
 * A written word that is several terms (a-b) is a phrase. */
#ifndef SRC_CLI_BENCH_KIND_H
#define SRC_CLI_BENCH_KIND_H

#include "include/trawl.h"

/* `parsed`: NUL-terminated. The snapshot tells what a word is by its analysis; NULL: each is a term. */
const char *bench_kind(const char *parsed, trawl_snapshot *snapshot);

#endif
