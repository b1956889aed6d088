#include "src/match/crew.h"

#include <stdatomic.h>

#include "src/util/memory.h"
#include "src/util/thread.h"

/* What the threads of a search share. */
struct crew_work {
    const struct portions *portions;
    const struct pass *first; /* the searcher's own pass, whose like the helpers make */
    atomic_size_t next;       /* portion to be taken; their number and more: there is none */
    _Atomic uint32_t floor;
    size_t places, helping;   /* helpers that may still come, and that are at it; the crew's mutex guards both */
};

struct crew_helper {
    struct match_crew *crew;
    struct arena arena;
    struct match_room room;
    pthread_t thread;
    uint64_t number; /* of the search that it last helped in */
    struct pass pass; /* through that one's portions */
    int status;
    struct trawl_error error;
};

/* ----------------------------------------------------------------------- work */

static void send_home(struct crew_work *work)
{
    atomic_store_explicit(&work->next, work->portions->count, memory_order_relaxed);
}

static int take_portions(struct pass *pass, struct crew_work *work, struct trawl_error *error)
{
    for (;;) {
        const size_t number = atomic_fetch_add_explicit(&work->next, 1, memory_order_relaxed);
        if (number >= work->portions->count)
            return 0;
        const int status = pass_take(pass, &work->portions->list[number], error);
        if (status) {
            send_home(work);
            return status;
        }
    }
}

static void help(struct crew_helper *helper, struct crew_work *work)
{
    const struct pass *first = work->first;
    helper->error = (struct trawl_error){0};
    arena_reset(&helper->arena);
    helper->status = pass_init(&helper->pass, &first->plan, first->way, first->collector.topk.limit, &work->floor,
                               &helper->room, &helper->arena, &helper->error);
    if (helper->status)
        send_home(work);
    else
        helper->status = take_portions(&helper->pass, work, &helper->error);
}

/* -------------------------------------------------------------------- helpers */

/* Work that this one has not had. */
static int is_wanted(const struct crew_helper *helper)
{
    const struct match_crew *crew = helper->crew;
    return crew->work && crew->work->places > 0 && helper->number != crew->number;
}

static void *run(void *context)
{
    struct crew_helper *helper = context;
    struct match_crew *crew = helper->crew;
    pthread_mutex_lock(&crew->mutex);
    while (!crew->is_ending) {
        if (!is_wanted(helper)) {
            pthread_cond_wait(&crew->called, &crew->mutex);
            continue;
        }
        struct crew_work *work = crew->work;
        helper->number = crew->number;
        work->places--;
        work->helping++;
        pthread_mutex_unlock(&crew->mutex);
        help(helper, work);
        pthread_mutex_lock(&crew->mutex);
        work->helping--;
        pthread_cond_signal(&crew->left);
    }
    pthread_mutex_unlock(&crew->mutex);
    return NULL;
}

/* -> 0, 1 when no thread can be started, or TRAWL_ERROR_MEMORY */
static int add_helper(struct match_crew *crew)
{
    if (memory_grow(&crew->helpers, &crew->capacity, crew->count + 1, sizeof *crew->helpers))
        return TRAWL_ERROR_MEMORY;
    struct crew_helper *helper = memory_alloc_zero(1, sizeof *helper);
    if (!helper)
        return TRAWL_ERROR_MEMORY;
    helper->crew = crew;
    arena_init(&helper->arena);
    if (thread_start(&helper->thread, run, helper)) {
        memory_free(helper);
        return 1;
    }
    crew->helpers[crew->count++] = helper;
    return 0;
}

/* So many, or as many as can be started. -> 0 or TRAWL_ERROR_MEMORY */
static int have_helpers(struct match_crew *crew, size_t count)
{
    int status = 0;
    while (crew->count < count && status == 0)
        status = add_helper(crew);
    return status < 0 ? status : 0;
}

void crew_init(struct match_crew *crew)
{
    *crew = (struct match_crew){0};
    pthread_mutex_init(&crew->mutex, NULL);
    pthread_cond_init(&crew->called, NULL);
    pthread_cond_init(&crew->left, NULL);
}

void crew_release(struct match_crew *crew)
{
    pthread_mutex_lock(&crew->mutex);
    crew->is_ending = 1;
    pthread_cond_broadcast(&crew->called);
    pthread_mutex_unlock(&crew->mutex);
    for (size_t i = 0; i < crew->count; i++) {
        pthread_join(crew->helpers[i]->thread, NULL);
        arena_release(&crew->helpers[i]->arena);
        memory_free(crew->helpers[i]);
    }
    memory_free(crew->helpers);
    pthread_mutex_destroy(&crew->mutex);
    pthread_cond_destroy(&crew->called);
    pthread_cond_destroy(&crew->left);
}

/* ------------------------------------------------------------------- the search */

static void call(struct match_crew *crew, struct crew_work *work)
{
    const size_t places = work->places;
    pthread_mutex_lock(&crew->mutex);
    crew->work = work;
    crew->number++;
    pthread_mutex_unlock(&crew->mutex);
    for (size_t i = 0; i < places; i++)
        pthread_cond_signal(&crew->called);
}

/* Nobody may come any more; waits for those that came. */
static void close_work(struct match_crew *crew, struct crew_work *work)
{
    pthread_mutex_lock(&crew->mutex);
    crew->work = NULL;
    while (work->helping > 0)
        pthread_cond_wait(&crew->left, &crew->mutex);
    pthread_mutex_unlock(&crew->mutex);
}

/* `status`: of the searcher's own pass. -> it, or the first fault of a helper */
static int put_together(struct pass *pass, const struct match_crew *crew, int status, struct trawl_error *error)
{
    for (size_t i = 0; i < crew->count && !status; i++) {
        const struct crew_helper *helper = crew->helpers[i];
        if (helper->number != crew->number)
            continue;
        status = helper->status;
        if (!status)
            pass_merge(pass, &helper->pass);
        else if (error && !error->code)
            *error = helper->error;
    }
    return status;
}

static int take_together(struct match_crew *crew, struct pass *pass, const struct portions *portions, size_t helpers,
                         struct trawl_error *error)
{
    struct crew_work work = {.portions = portions, .first = pass};
    int status = have_helpers(crew, helpers);
    if (status)
        return error_memory(error);
    work.places = helpers < crew->count ? helpers : crew->count;
    atomic_init(&work.next, 0);
    atomic_init(&work.floor, 0);
    pass->collector.shared_floor = &work.floor;
    call(crew, &work);
    status = take_portions(pass, &work, error);
    close_work(crew, &work);
    pass->collector.shared_floor = NULL;
    return put_together(pass, crew, status, error);
}

static int take_alone(struct pass *pass, const struct portions *portions, struct trawl_error *error)
{
    int status = 0;
    for (size_t i = 0; i < portions->count && !status; i++)
        status = pass_take(pass, &portions->list[i], error);
    return status;
}

int crew_take(struct match_crew *crew, struct pass *pass, const struct portions *portions, size_t threads,
              struct trawl_error *error)
{
    const size_t wanted = threads < portions->count ? threads : portions->count;
    return wanted < 2 ? take_alone(pass, portions, error)
                      : take_together(crew, pass, portions, wanted - 1, error);
}
