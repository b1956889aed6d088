#include "src/util/thread.h"

#include <errno.h>
#include <stdatomic.h>

static atomic_long allowed = -1;

void thread_fail_after(long threads)
{
    atomic_store(&allowed, threads);
}

static int must_fail(void)
{
    const long left = atomic_load_explicit(&allowed, memory_order_relaxed);
    if (left > 0)
        atomic_fetch_sub(&allowed, 1);
    return left == 0;
}

int thread_start(pthread_t *thread, void *(*run)(void *), void *context)
{
    return must_fail() ? EAGAIN : pthread_create(thread, NULL, run, context);
}
