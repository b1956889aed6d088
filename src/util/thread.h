/* Starting a thread, so that tests can make that fail. */
#ifndef TRAWL_UTIL_THREAD_H
#define TRAWL_UTIL_THREAD_H

#include <pthread.h>

/* As pthread_create. -> 0, or the number of an error */
int thread_start(pthread_t *thread, void *(*run)(void *), void *context);

/* Tests: after so many more, threads cannot be started; negative: they can (the default). */
void thread_fail_after(long threads);

#endif
