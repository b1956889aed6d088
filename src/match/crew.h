/* The threads of one search: the searcher's own, and helpers. Each takes portions, the next that nobody has, until none is
 * left; then what they found is put together.
 *
 * The result does not depend on who took what: matches are only counted and collected, and no
 * two hits have one rank. A fault sends all home. Helpers are started when they are first wanted, and then wait
 * for the next search. Nobody waits for them: one that has not come when the last portion is taken is not needed any more, be
 * it that the processors have other things to do, or that it could not be started. */
#ifndef SRC_MATCH_CREW_H
#define SRC_MATCH_CREW_H

#include <pthread.h>

#include "src/match/pass.h"

struct crew_helper;
struct crew_work;

/* Belongs to one searcher. */
struct match_crew {
    struct crew_helper **helpers;
    size_t count, capacity;

    pthread_mutex_t mutex; /* guards what is below */
    pthread_cond_t called, left;
    struct crew_work *work; /* NULL: there is none, or none any more */
    uint64_t number;        /* of the search */
    int is_ending;
};

void crew_init(struct match_crew *crew);
void crew_release(struct match_crew *crew);

/* All portions, by `threads` threads, or one. `pass` is the caller's, nothing taken yet; in the end it has what all found. `crew`
 * may be NULL for one thread. */
int crew_take(struct match_crew *crew, struct pass *pass, const struct portions *portions, size_t threads,
              struct trawl_error *error);

#endif
