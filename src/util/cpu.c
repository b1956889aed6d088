#if defined(__linux__)
#define _GNU_SOURCE /* sched_getaffinity */
#endif

#include "src/util/cpu.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#if defined(__linux__)
#include <sched.h>
#endif
#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct {
    enum cpu_level level;
    int crc32c;
} found;

#if defined(__x86_64__) || defined(__i386__)

static int has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vbmi2") &&
           __builtin_cpu_supports("avx512vpopcntdq");
}

static enum cpu_level level_here(void)
{
    __builtin_cpu_init();
    const int counts = __builtin_cpu_supports("popcnt") != 0;
    if (counts && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2"))
        return has_avx512() ? CPU_AVX512 : CPU_AVX2;
    return counts && __builtin_cpu_supports("sse4.1") ? CPU_SSE41 : CPU_SCALAR;
}

static int crc32c_here(void)
{
    return __builtin_cpu_supports("sse4.2") != 0;
}

#elif defined(__aarch64__)

static enum cpu_level level_here(void)
{
    return CPU_NEON; /* part of the base architecture */
}

static int crc32c_here(void)
{
#if defined(__linux__)
    enum { HWCAP_CRC32_BIT = 1 << 7 };
    return (getauxval(AT_HWCAP) & HWCAP_CRC32_BIT) != 0;
#else
    return 0;
#endif
}

#else

static enum cpu_level level_here(void)
{
    return CPU_SCALAR;
}

static int crc32c_here(void)
{
    return 0;
}

#endif

/* What $TRAWL_CPU allows; an unknown word allows everything. */
static enum cpu_level level_allowed(const char *word, enum cpu_level here)
{
    static const struct {
        const char *word;
        enum cpu_level level;
    } names[] = {{"scalar", CPU_SCALAR}, {"sse4.1", CPU_SSE41}, {"avx2", CPU_AVX2}, {"avx512", CPU_AVX512}, {"neon", CPU_NEON}};

    for (size_t i = 0; word && i < sizeof names / sizeof *names; i++)
        if (strcmp(word, names[i].word) == 0)
            return names[i].level;
    return here;
}

static void look(void)
{
    enum cpu_level here = level_here();
    enum cpu_level allowed = level_allowed(getenv("TRAWL_CPU"), here);
    int other_family = (here == CPU_NEON) != (allowed == CPU_NEON);
    if (allowed == CPU_SCALAR || (other_family && here != CPU_SCALAR))
        found.level = CPU_SCALAR;
    else
        found.level = allowed < here ? allowed : here;
    found.crc32c = found.level != CPU_SCALAR && crc32c_here();
}

enum cpu_level cpu_level(void)
{
    pthread_once(&once, look);
    return found.level;
}

int cpu_has_crc32c(void)
{
    pthread_once(&once, look);
    return found.crc32c;
}

int cpu_count(void)
{
#if defined(__linux__)
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
        return CPU_COUNT(&set);
#endif
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (int)online : 1;
}
