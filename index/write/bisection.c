#include "index/write/bisection.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "src/util/memory.h"

/* A part of the documents is cut in two, then each half, and so on. What is
 * to be made small is the bits that gaps in posting lists take, reckoned from
 * how often a term stands on either side: about log2(documents / degree) for each
 * posting. Documents that would do better on the other side change
 * places, those who gain most first, as long as two gain together.
 *
 * The sizes below were chosen by measuring (docs/PERFORMANCE.md). */
enum {
    LEAF = 32,            /* documents whose order is left as it is */
    ROUNDS = 8,           /* of exchange, at most */
    ENOUGH_MOVED = 50,    /* a round that moves less than one document in so many is the last */
    UNIT = 256,           /* one bit, in leanings */
    COOLING = UNIT / 3,   /* what a move must gain in the first round, and more in each: else some swing to and fro */
    SHARED = 4096,        /* parts of more documents may be taken by another thread */
    WEIGHTS = 1024,
    MOST_THREADS = 64,
    NO_TERM = UINT16_MAX
};

/* Documents at places [first, first + count). */
struct part {
    uint32_t first, count, terms;
    size_t start, pairs; /* of the lists */
    unsigned copy;       /* which of the two arrays hold it */
};

/* A thread's own, by term of the part that it works on. */
struct tables {
    uint32_t *degrees[2];  /* documents with the term, left and right */
    int32_t *leanings[2];  /* what being on the right adds for a document on the left, on the right */
    uint16_t *renamed[2];  /* the term's number in the halves */
};

struct run {
    const struct bisection *input;
    uint32_t *order;
    uint8_t *sides;     /* by place: 0 left, 1 right */
    int32_t *leanings;  /* by place */
    int16_t weights[WEIGHTS];
    struct tables tables[MOST_THREADS];
    unsigned threads;
    atomic_int stop;
    pthread_mutex_t mutex; /* over what follows */
    pthread_cond_t changed;
    struct part *waiting;
    size_t waiting_count;
    unsigned working;
};

/* ------------------------------------------------------------------- weights */

/* With 16 bits behind the point. No floating point: the order must be the same on all machines. */
static uint32_t binary_logarithm(uint32_t x)
{
    const unsigned whole = 31 - (unsigned)__builtin_clz(x);
    uint64_t rest = (uint64_t)x << (31 - whole); /* 1 to 2, with 31 bits behind the point */
    uint32_t result = whole;
    for (int bit = 0; bit < 16; bit++) {
        rest = rest * rest >> 31;
        const uint32_t is_two = (uint32_t)(rest >> 32);
        rest >>= is_two;
        result = result << 1 | is_two;
    }
    return result;
}

/* weights[k]: what the k-th document with a term brings to its side, of k * log2(k + 1) in all. */
static void fill_weights(int16_t weights[WEIGHTS])
{
    weights[0] = 0;
    for (uint32_t k = 1; k < WEIGHTS; k++)
        weights[k] = (int16_t)((k * (uint64_t)binary_logarithm(k + 1) - (k - 1) * (uint64_t)binary_logarithm(k)) /
                               (65536 / UNIT));
}

/* Beyond the table it grows as the logarithm does. */
static inline int weight_of(const int16_t *weights, uint32_t k)
{
    if (k < WEIGHTS)
        return weights[k];
    const unsigned shift = 22 - (unsigned)__builtin_clz(k);
    return weights[k >> shift] + (int)(shift * UNIT);
}

/* -------------------------------------------------------------- one exchange */

static void start_sides(struct run *run, const struct part *part, const struct tables *tables)
{
    const uint16_t *sizes = run->input->sizes[part->copy] + part->first;
    const uint16_t *term = run->input->lists[part->copy] + part->start;
    uint8_t *sides = run->sides + part->first;
    for (int side = 0; side < 2; side++)
        memset(tables->degrees[side], 0, part->terms * sizeof *tables->degrees[side]);
    for (uint32_t i = 0; i < part->count; i++) {
        sides[i] = i >= part->count / 2;
        uint32_t *degrees = tables->degrees[sides[i]];
        for (uint32_t j = sizes[i]; j > 0; j--)
            degrees[*term++]++;
    }
}

static void weigh_terms(const struct run *run, const struct part *part, const struct tables *tables)
{
    for (uint32_t term = 0; term < part->terms; term++) {
        const uint32_t left = tables->degrees[0][term], right = tables->degrees[1][term];
        tables->leanings[0][term] = weight_of(run->weights, right + 1) - weight_of(run->weights, left);
        tables->leanings[1][term] = weight_of(run->weights, right) - weight_of(run->weights, left + 1);
    }
}

static void weigh_documents(struct run *run, const struct part *part, const struct tables *tables, int cooling)
{
    const uint16_t *sizes = run->input->sizes[part->copy] + part->first;
    const uint16_t *term = run->input->lists[part->copy] + part->start;
    const uint8_t *sides = run->sides + part->first;
    int32_t *leanings = run->leanings + part->first;
    for (uint32_t i = 0; i < part->count; i++) {
        const int32_t *leaning = tables->leanings[sides[i]];
        const uint16_t *end = term + sizes[i];
        int32_t sum = sides[i] ? cooling : -cooling;
        for (; term < end; term++)
            sum += leaning[*term];
        leanings[i] = sum;
    }
}

/* The least number that `wanted` of the numbers do not exceed. Few bits differ
 * and counting is vector work: faster than to sort, and never slow. */
static int32_t find_limit(const int32_t *numbers, uint32_t count, uint32_t wanted)
{
    int64_t low = numbers[0], high = numbers[0];
    for (uint32_t i = 0; i < count; i++) {
        low = numbers[i] < low ? numbers[i] : low;
        high = numbers[i] > high ? numbers[i] : high;
    }
    while (low < high) {
        const int32_t middle = (int32_t)((low + high) >> 1);
        uint32_t up_to = 0;
        for (uint32_t i = 0; i < count; i++)
            up_to += numbers[i] <= middle;
        if (up_to >= wanted)
            high = middle;
        else
            low = (int64_t)middle + 1;
    }
    return (int32_t)low;
}

/* How many of those at the limit are on the left, and how many are to be. */
static void count_ties(const struct run *run, const struct part *part, int32_t limit, uint32_t *on_left, uint32_t *wanted)
{
    const int32_t *leanings = run->leanings + part->first;
    const uint8_t *sides = run->sides + part->first;
    uint32_t below = 0, ties = 0;
    for (uint32_t i = 0; i < part->count; i++) {
        below += leanings[i] < limit;
        ties += leanings[i] == limit && !sides[i];
    }
    *on_left = ties;
    *wanted = part->count / 2 - below;
}

static void move_terms(const uint16_t *term, uint32_t count, uint32_t *from, uint32_t *to)
{
    for (const uint16_t *end = term + count; term < end; term++) {
        from[*term]--;
        to[*term]++;
    }
}

/* Those who lean left most go there, until it is full. -> how many changed sides */
static uint32_t take_sides(struct run *run, const struct part *part, const struct tables *tables)
{
    const uint16_t *sizes = run->input->sizes[part->copy] + part->first;
    const uint16_t *term = run->input->lists[part->copy] + part->start;
    const int32_t *leanings = run->leanings + part->first;
    uint8_t *sides = run->sides + part->first;
    uint32_t on_left, wanted, moved = 0;
    const int32_t limit = find_limit(leanings, part->count, part->count / 2);
    count_ties(run, part, limit, &on_left, &wanted);
    uint32_t may_stay = on_left < wanted ? on_left : wanted, may_come = wanted - may_stay;
    for (uint32_t i = 0; i < part->count; term += sizes[i++]) {
        uint8_t side = leanings[i] > limit;
        if (leanings[i] == limit) {
            uint32_t *room = sides[i] ? &may_come : &may_stay;
            side = *room == 0;
            *room -= !side;
        }
        if (side == sides[i])
            continue;
        move_terms(term, sizes[i], tables->degrees[sides[i]], tables->degrees[side]);
        sides[i] = side;
        moved++;
    }
    return moved;
}

/* ------------------------------------------------------------------- halving */

/* Terms that no document of a half has, or one alone, or all, say nothing there. -> pairs left in that half */
static size_t rename_terms(struct part *half, const struct part *whole, const uint32_t *degrees, uint16_t *renamed)
{
    for (uint32_t term = 0; term < whole->terms; term++) {
        const int is_kept = degrees[term] > 1 && degrees[term] < half->count;
        renamed[term] = is_kept ? (uint16_t)half->terms : NO_TERM;
        half->terms += (uint32_t)is_kept;
        half->pairs += is_kept ? degrees[term] : 0;
    }
    return half->pairs;
}

/* Each half gets its documents in the order in which they were. */
static void copy_halves(const struct run *run, const struct part *part, const struct part halves[2],
                        const struct tables *tables)
{
    const struct bisection *input = run->input;
    const unsigned from = part->copy, to = !from;
    const uint16_t *term = input->lists[from] + part->start;
    uint32_t place[2] = {halves[0].first, halves[1].first};
    uint16_t *out[2] = {input->lists[to] + halves[0].start, input->lists[to] + halves[1].start};
    for (uint32_t i = part->first; i < part->first + part->count; i++) {
        const unsigned side = run->sides[i];
        const uint16_t *renamed = tables->renamed[side], *const end = term + input->sizes[from][i];
        uint16_t *const start = out[side], *at = start;
        for (; term < end; term++) {
            const uint16_t name = renamed[*term];
            if (name != NO_TERM)
                *at++ = name;
        }
        out[side] = at;
        input->sizes[to][place[side]] = (uint16_t)(at - start);
        input->numbers[to][place[side]++] = input->numbers[from][i];
    }
}

static void halve(struct part halves[2], struct run *run, const struct part *part, const struct tables *tables)
{
    const uint32_t left = part->count / 2;
    halves[0] = (struct part){.first = part->first, .count = left, .start = part->start, .copy = !part->copy};
    halves[1] = (struct part){.first = part->first + left, .count = part->count - left, .copy = !part->copy};
    halves[1].start = part->start + rename_terms(&halves[0], part, tables->degrees[0], tables->renamed[0]);
    rename_terms(&halves[1], part, tables->degrees[1], tables->renamed[1]);
    copy_halves(run, part, halves, tables);
}

static int must_stop(struct run *run, int may_ask)
{
    const struct bisection *input = run->input;
    if (may_ask && input->progress && input->progress(input->context))
        atomic_store(&run->stop, 1);
    return atomic_load(&run->stop);
}

static void cut(struct part halves[2], struct run *run, const struct part *part, unsigned thread)
{
    const struct tables *tables = &run->tables[thread];
    start_sides(run, part, tables);
    for (int round = 0; round < ROUNDS && !must_stop(run, thread == 0 && part->count > SHARED); round++) {
        weigh_terms(run, part, tables);
        weigh_documents(run, part, tables, (round + 1) * COOLING);
        if (take_sides(run, part, tables) < part->count / ENOUGH_MOVED)
            break;
    }
    halve(halves, run, part, tables);
}

static int is_done(struct run *run, const struct part *part)
{
    if (part->count > LEAF && part->terms)
        return 0;
    memcpy(run->order + part->first, run->input->numbers[part->copy] + part->first, part->count * sizeof *run->order);
    return 1;
}

/* A small part, down to the leaves. */
static void cut_whole(struct run *run, const struct part *part, unsigned thread)
{
    struct part halves[2];
    if (is_done(run, part))
        return;
    cut(halves, run, part, thread);
    for (int side = 0; side < 2; side++)
        cut_whole(run, &halves[side], thread);
}

/* ------------------------------------------------------------------- threads */

/* Takes a part, when there is one or will be. -> 0: there will be none */
static int take_part(struct part *part, struct run *run)
{
    pthread_mutex_lock(&run->mutex);
    while (!run->waiting_count && run->working && !atomic_load(&run->stop))
        pthread_cond_wait(&run->changed, &run->mutex);
    const int found = run->waiting_count && !atomic_load(&run->stop);
    if (found) {
        *part = run->waiting[--run->waiting_count];
        run->working++;
    }
    pthread_mutex_unlock(&run->mutex);
    return found;
}

static void give_parts(struct run *run, const struct part halves[2])
{
    pthread_mutex_lock(&run->mutex);
    for (int side = 2; halves && side-- > 0;)
        run->waiting[run->waiting_count++] = halves[side];
    run->working--;
    pthread_cond_broadcast(&run->changed);
    pthread_mutex_unlock(&run->mutex);
}

static void work(struct run *run, unsigned thread)
{
    struct part part, halves[2];
    while (take_part(&part, run)) {
        if (part.count <= SHARED) {
            if (!must_stop(run, thread == 0))
                cut_whole(run, &part, thread);
            give_parts(run, NULL);
        } else if (is_done(run, &part)) {
            give_parts(run, NULL);
        } else {
            cut(halves, run, &part, thread);
            give_parts(run, halves);
        }
    }
}

struct thread {
    struct run *run;
    unsigned number;
};

static void *run_thread(void *argument)
{
    const struct thread *thread = argument;
    work(thread->run, thread->number);
    return NULL;
}

/* The calling thread is the first; others help when they are to be had. */
static void run_threads(struct run *run)
{
    pthread_t started[MOST_THREADS];
    struct thread threads[MOST_THREADS];
    unsigned count = 1;
    for (; count < run->threads; count++) {
        threads[count] = (struct thread){run, count};
        if (pthread_create(&started[count], NULL, run_thread, &threads[count]))
            break;
    }
    work(run, 0);
    for (unsigned i = 1; i < count; i++)
        pthread_join(started[i], NULL);
}

/* ---------------------------------------------------------------------- life */

static int tables_new(struct tables *tables, uint32_t terms)
{
    int status = 0;
    for (int side = 0; side < 2; side++) {
        tables->degrees[side] = memory_alloc_array(terms, sizeof *tables->degrees[side]);
        tables->leanings[side] = memory_alloc_array(terms, sizeof *tables->leanings[side]);
        tables->renamed[side] = memory_alloc_array(terms, sizeof *tables->renamed[side]);
        if (!tables->degrees[side] || !tables->leanings[side] || !tables->renamed[side])
            status = TRAWL_ERROR_MEMORY;
    }
    return status;
}

static void tables_free(struct tables *tables)
{
    for (int side = 0; side < 2; side++) {
        memory_free(tables->degrees[side]);
        memory_free(tables->leanings[side]);
        memory_free(tables->renamed[side]);
    }
}

static int run_start(struct run *run)
{
    const struct bisection *input = run->input;
    const uint32_t threads = input->documents / SHARED + 1; /* that can find something to do */
    run->threads = input->threads < threads ? input->threads : threads;
    run->threads = run->threads > MOST_THREADS ? MOST_THREADS : run->threads;
    fill_weights(run->weights);
    run->sides = memory_alloc_array(input->documents, sizeof *run->sides);
    run->leanings = memory_alloc_array(input->documents, sizeof *run->leanings);
    run->waiting = memory_alloc_array(input->documents / (SHARED / 2) + 2, sizeof *run->waiting);
    int status = run->sides && run->leanings && run->waiting ? 0 : TRAWL_ERROR_MEMORY;
    for (unsigned i = 0; i < run->threads && !status; i++)
        status = tables_new(&run->tables[i], input->terms);
    run->waiting_count = 1;
    if (!status)
        run->waiting[0] = (struct part){.count = input->documents, .terms = input->terms, .pairs = input->pairs};
    return status;
}

static void run_free(struct run *run)
{
    for (unsigned i = 0; i < MOST_THREADS; i++)
        tables_free(&run->tables[i]);
    memory_free(run->sides);
    memory_free(run->leanings);
    memory_free(run->waiting);
    memory_free(run);
}

int bisection_run(uint32_t *order, const struct bisection *bisection, struct trawl_error *error)
{
    struct run *run = memory_alloc_zero(1, sizeof *run);
    if (!run)
        return error_memory(error);
    run->input = bisection;
    run->order = order;
    atomic_init(&run->stop, 0);
    pthread_mutex_init(&run->mutex, NULL);
    pthread_cond_init(&run->changed, NULL);
    int status = run_start(run);
    if (!status)
        run_threads(run);
    const int stopped = atomic_load(&run->stop);
    pthread_cond_destroy(&run->changed);
    pthread_mutex_destroy(&run->mutex);
    run_free(run);
    if (status)
        return error_memory(error);
    return stopped ? error_set(error, TRAWL_ERROR_CANCELLED, "stopped while reordering") : 0;
}
