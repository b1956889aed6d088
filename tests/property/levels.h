/* Levels of kernels for tests: the portable ones and all that this processor can run. */
#ifndef TESTS_PROPERTY_LEVELS_H
#define TESTS_PROPERTY_LEVELS_H

#include "index/codec/kernels.h"
#include "src/match/match_kernels.h"

enum { LEVELS = CPU_NEON + 1 };

static inline int level_runs_here(enum cpu_level level)
{
    return level <= cpu_level() && kernels_of(level) != NULL;
}

/* From now on; those that do not run here count as portable. */
static inline void level_use(enum cpu_level level)
{
    level = level_runs_here(level) ? level : CPU_SCALAR;
    kernels_chosen = kernels_of(level);
    match_kernels_chosen = match_kernels_of(level);
}

#endif
