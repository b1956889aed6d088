/* Random small indexes, once as files and once in the reference searcher, and
 * random queries for them. Words are made of the letters a to c, short ones
 * more frequent, so that prefixes and phrases find something. */
#ifndef TRAWL_TESTS_RANDOM_INDEX_H
#define TRAWL_TESTS_RANDOM_INDEX_H

#include "index/read/snapshot.h"
#include "src/query/query.h"
#include "tests/property/reference.h"
#include "tests/unit/tap.h"

struct random_index {
    struct reference *reference;
    struct snapshot *snapshot;
    int has_fields; /* FIELD_BODY and field 2 mean something */
};

struct random_shape {
    size_t documents, segments;
    size_t longest;  /* words of most documents */
    int has_fields, has_deletes, is_reordered;
};

/* `seed`, and another one for every number in $TRAWL_TEST_SEED; says which. */
struct tap_random random_start(uint64_t seed);

/* In a folder of the running case. */
void random_index_make(struct random_index *index, const struct random_shape *shape, struct tap_random *random);
void random_index_release(struct random_index *index);

/* A tree in the arena. */
const struct query_node *random_query(const struct random_index *index, struct arena *arena, struct tap_random *random);

/* It as text, for messages; in the arena. */
const char *random_query_text(const struct query_node *node, struct arena *arena);

#endif
