/* Several threads find what one finds: the same documents, in the same order, with the same scores to the bit and
 * the same exact counts; and a bound in place of a count does not depend on who was quick. In portions so small that each
 * list and window is cut many times. */
#include <stdlib.h>
#include <string.h>

#include "src/match/crew.h"
#include "src/match/room.h"
#include "src/util/memory.h"
#include "src/util/thread.h"
#include "tests/property/random_index.h"
#include "tests/unit/tap.h"

static const size_t crews[] = {2, 3, 7};
enum { CREWS = sizeof crews / sizeof *crews };

/* One searching thread and its helpers, from search to search of a case. */
static struct match_room room;
static struct match_crew *crew;

/* A case that failed leaves its crew behind, whose helpers may be anywhere. */
static void start_crew(void)
{
    crew = malloc(sizeof *crew);
    REQUIRE(crew != NULL);
    crew_init(crew);
}

static void end_crew(void)
{
    crew_release(crew);
    free(crew);
}

struct trial {
    const struct random_index *index;
    struct query query;
    struct match_options options;
    struct arena arena;
    const char *text; /* of the query and the options */
};

static struct match_results search(struct trial *trial, size_t threads)
{
    struct match_results found;
    struct trawl_error error = {0};
    trial->options.threads = threads;
    const int status =
        match_search(&found, trial->index->snapshot, &trial->query, &trial->options, &trial->arena, &error);
    REQUIRE_THAT(status == 0, "%zu threads, %s: %s", threads, error.message, trial->text);
    return found;
}

static void check_hits(const struct trial *trial, const struct match_results *alone, const struct match_results *together)
{
    REQUIRE_THAT(alone->hit_count == together->hit_count, "%zu hits instead of %zu by %zu threads: %s",
                 together->hit_count, alone->hit_count, trial->options.threads, trial->text);
    for (size_t i = 0; i < alone->hit_count; i++) {
        const struct match_hit *right = &alone->hits[i], *hit = &together->hits[i];
        REQUIRE_THAT(hit->insertion == right->insertion && hit->units == right->units &&
                         hit->segment == right->segment && hit->document == right->document &&
                         memcmp(&hit->score, &right->score, sizeof hit->score) == 0,
                     "hit %zu is %llu with %u units instead of %llu with %u by %zu threads: %s", i,
                     (unsigned long long)hit->insertion, hit->units, (unsigned long long)right->insertion, right->units,
                     trial->options.threads, trial->text);
    }
}

/* `before`: by other numbers of threads; NULL: this is the first. */
static void check_total(const struct trial *trial, const struct match_results *alone,
                        const struct match_results *together, const struct match_results *before)
{
    const size_t threads = trial->options.threads;
    REQUIRE_THAT(alone->total_is_exact == together->total_is_exact, "exact %d instead of %d by %zu threads: %s",
                 together->total_is_exact, alone->total_is_exact, threads, trial->text);
    REQUIRE_THAT(alone->total_is_exact ? together->total == alone->total : together->total >= together->hit_count,
                 "total %llu instead of %llu by %zu threads: %s", (unsigned long long)together->total,
                 (unsigned long long)alone->total, threads, trial->text);
    REQUIRE_THAT(!before || before->total == together->total, "total %llu and then %llu by %zu threads: %s",
                 (unsigned long long)before->total, (unsigned long long)together->total, threads, trial->text);
}

static void set_options(struct match_options *options, struct tap_random *random)
{
    static const size_t limits[] = {10, 10, 10, 1, 3, 100, 101, 1000, 0};
    static const uint64_t costs[] = {1, 1, 50, 1000};
    *options = (struct match_options){.room = &room,
                                      .crew = crew,
                                      .k1 = 0.9f,
                                      .b = 0.4f,
                                      .limit = limits[tap_random_below(random, sizeof limits / sizeof *limits)],
                                      .count = (int)tap_random_below(random, 2),
                                      .exhaustive = tap_random_below(random, 8) == 0,
                                      .max_expansions = tap_random_below(random, 4) ? 1000 : 3,
                                      .portion_cost = costs[tap_random_below(random, sizeof costs / sizeof *costs)]};
}

static void try_query(const struct random_index *index, struct tap_random *random)
{
    struct trial trial = {.index = index};
    struct match_results before;
    arena_init(&trial.arena);
    set_options(&trial.options, random);
    trial.query = (struct query){.root = random_query(index, &trial.arena, random), .arena = &trial.arena};
    trial.text = arena_printf(&trial.arena, "limit %zu, count %d, exhaustive %d, portions of %llu: %s", trial.options.limit,
                              trial.options.count, trial.options.exhaustive,
                              (unsigned long long)trial.options.portion_cost,
                              random_query_text(trial.query.root, &trial.arena));
    const struct match_results alone = search(&trial, 1);
    for (size_t i = 0; i < CREWS; i++) {
        const struct match_results together = search(&trial, crews[i]);
        check_hits(&trial, &alone, &together);
        check_total(&trial, &alone, &together, i ? &before : NULL);
        before = together;
    }
    arena_release(&trial.arena);
}

static void try_shape(const struct random_shape *shape, size_t queries, struct tap_random *random)
{
    struct random_index index;
    random_index_make(&index, shape, random);
    for (size_t i = 0; i < queries; i++)
        try_query(&index, random);
    random_index_release(&index);
}

static void try_documents(size_t documents, size_t longest, size_t indexes, size_t queries, struct tap_random *random)
{
    start_crew();
    for (size_t i = 0; i < indexes; i++) {
        const struct random_shape shape = {.documents = documents / 2 + tap_random_below(random, documents),
                                           .segments = 1 + tap_random_below(random, 4),
                                           .longest = longest,
                                           .has_fields = (int)tap_random_below(random, 2),
                                           .has_deletes = (int)tap_random_below(random, 2),
                                           .is_reordered = (int)tap_random_below(random, 2)};
        try_shape(&shape, queries, random);
    }
    end_crew();
}

static void some_documents(void)
{
    struct tap_random random = random_start(31);
    try_documents(1000, 12, tap_rounds(12), 40, &random);
}

/* Enough for blocks in groups, and for several windows. */
static void many_documents(void)
{
    struct tap_random random = random_start(32);
    try_documents(20000, 5, tap_rounds(3), 50, &random);
}

/* The threads that there are do all of the work. */
static void threads_that_cannot_be_started(void)
{
    struct tap_random random = random_start(33);
    for (long started = 0; started < 3; started++) {
        start_crew();
        thread_fail_after(started);
        const struct random_shape shape = {.documents = 2000, .segments = 2, .longest = 8};
        struct random_index index;
        random_index_make(&index, &shape, &random);
        for (size_t i = 0; i < tap_rounds(40); i++)
            try_query(&index, &random);
        thread_fail_after(-1);
        CHECK_UINT(crew->count, (size_t)started);
        end_crew();
        random_index_release(&index);
    }
}

/* ----------------------------------------------------------------------- faults */

static struct random_index *make_index(struct tap_random *random)
{
    static struct random_index index;
    const struct random_shape shape = {.documents = 1500, .segments = 2, .longest = 8, .has_deletes = 1};
    random_index_make(&index, &shape, random);
    return &index;
}

static int try_search(struct trial *trial, struct trawl_error *error)
{
    struct match_results found;
    *error = (struct trawl_error){0};
    return match_search(&found, trial->index->snapshot, &trial->query, &trial->options, &trial->arena, error);
}

/* Whichever thread it fails in, the caller hears of it, and the crew can go on. */
static void fail_each_allocation(const struct random_index *index, struct tap_random *random)
{
    struct trial trial = {.index = index};
    struct trawl_error error;
    long left = -1;
    arena_init(&trial.arena);
    trial.query = (struct query){.root = random_query(index, &trial.arena, random), .arena = &trial.arena};
    set_options(&trial.options, random);
    trial.options.threads = 3;
    for (long n = 0; left < 0; n++) {
        start_crew();
        trial.options.crew = crew;
        memory_fail_after(n);
        const int status = try_search(&trial, &error);
        left = memory_fail_after(-1);
        CHECK_THAT(status == 0 || status == TRAWL_ERROR_MEMORY, "allocation %ld: status %d: %s", n, status, error.message);
        CHECK_THAT(error.code == status, "allocation %ld: status %d, error %d", n, status, error.code);
        CHECK_OK(try_search(&trial, &error), &error);
        end_crew();
    }
    arena_release(&trial.arena);
}

static void allocations_that_fail(void)
{
    struct tap_random random = random_start(34);
    struct random_index *index = make_index(&random);
    for (size_t i = 0; i < tap_rounds(24); i++)
        fail_each_allocation(index, &random);
    random_index_release(index);
}

static void a_timeout_ends_all(void)
{
    struct tap_random random = random_start(35);
    struct trial trial = {.index = make_index(&random)};
    struct query_term word = {(const uint8_t *)"a", 1, 0}, other = {(const uint8_t *)"aa", 2, 0};
    const struct query_node words[] = {{.kind = QUERY_TERM, .boost = 1.0f, .terms = &word, .term_count = 1},
                                       {.kind = QUERY_TERM, .boost = 1.0f, .terms = &other, .term_count = 1}};
    struct query_clause clauses[] = {{QUERY_SHOULD, &words[0]}, {QUERY_SHOULD, &words[1]}};
    const struct query_node any = {.kind = QUERY_BOOLEAN, .boost = 1.0f, .clauses = clauses, .clause_count = 2};
    struct trawl_error error;
    arena_init(&trial.arena);
    start_crew();
    trial.query = (struct query){.root = &any, .arena = &trial.arena};
    set_options(&trial.options, &random);
    trial.options.exhaustive = 1;
    trial.options.limit = 10;
    trial.options.threads = 3;
    trial.options.portion_cost = 1;
    trial.options.deadline_ns = 1;
    CHECK_INT(try_search(&trial, &error), TRAWL_ERROR_TIMEOUT);
    CHECK_INT(error.code, TRAWL_ERROR_TIMEOUT);
    trial.options.deadline_ns = 0;
    CHECK_OK(try_search(&trial, &error), &error);
    end_crew();
    arena_release(&trial.arena);
    random_index_release((struct random_index *)trial.index);
}

TAP_MAIN("match_threads", TAP_CASE(some_documents), TAP_CASE(many_documents), TAP_CASE(threads_that_cannot_be_started),
         TAP_CASE(allocations_that_fail), TAP_CASE(a_timeout_ends_all))
