#include "src/match/deadline.h"

#include <time.h>

int deadline_look(struct deadline *deadline, struct trawl_error *error)
{
    struct timespec now;
    deadline->left = DEADLINE_EVERY;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if ((uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec < deadline->ns)
        return 0;
    return error_set(error, TRAWL_ERROR_TIMEOUT, "the search took longer than allowed");
}
