/* The public snapshot: an index snapshot with the analysis to search it by. */
#ifndef SRC_ENGINE_READER_H
#define SRC_ENGINE_READER_H

#include <stdatomic.h>

#include "index/read/snapshot.h"
#include "src/text/analyzer.h"

struct trawl_snapshot {
    struct snapshot *index;
    struct analyzer *analyzer;
    int analysis_differs; /* 1: the index was built by another version of the analysis */
    atomic_uint references;
};

/* One reference to a snapshot that a searcher and its results have together: searches on many threads would else count
 * themselves in and out in one place, and wait for each other's processors to hand it over. */
struct snapshot_share {
    struct trawl_snapshot *snapshot;
    atomic_uint references;
    char apart[112]; /* from those of other searchers */
};

struct snapshot_share *reader_share_new(struct trawl_snapshot *snapshot); /* NULL: no memory */
void reader_share_retain(struct snapshot_share *share);
void reader_share_release(struct snapshot_share *share); /* NULL is fine */

/* The analysis of an index. TRAWL_ERROR_UNSUPPORTED: its language is not known here. */
int reader_analyzer(struct analyzer **analyzer, const struct manifest *manifest, const char *folder, struct trawl_error *error);

/* Wraps an index snapshot, taking over the caller's reference, whatever happens. */
int reader_wrap(struct trawl_snapshot **snapshot, struct snapshot *index, struct trawl_error *error);

/* For query_parse: the number of a field by its name. context: struct trawl_snapshot */
int reader_find_field(void *context, const char *name, size_t length);
/* For query_canonical. */
const char *reader_field_name(void *context, uint32_t field);

#endif
