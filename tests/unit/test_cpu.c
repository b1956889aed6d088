#include "src/util/cpu.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/tap.h"

/* The level is looked up once in a process: each wish needs a child. */
static enum cpu_level level_with(const char *wish, int *has_crc32c)
{
    pid_t child = fork();
    if (child == 0) {
        setenv("TRAWL_CPU", wish, 1);
        _exit((int)cpu_level() * 2 + cpu_has_crc32c());
    }
    int status = 0;
    REQUIRE(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
    *has_crc32c = WEXITSTATUS(status) % 2;
    return (enum cpu_level)(WEXITSTATUS(status) / 2);
}

static void less_can_be_asked_for(void)
{
    int has_crc32c, best_has_crc32c;
    enum cpu_level best = level_with("", &best_has_crc32c);
    CHECK_INT(level_with("scalar", &has_crc32c), CPU_SCALAR);
    CHECK_INT(has_crc32c, 0);
    CHECK_INT(level_with("nonsense", &has_crc32c), best);
    CHECK_INT(has_crc32c, best_has_crc32c);
    if (best == CPU_AVX2 || best == CPU_AVX512)
        CHECK_INT(level_with("sse4.1", &has_crc32c), CPU_SSE41);
}

static void more_cannot(void)
{
    int has_crc32c;
    enum cpu_level best = level_with("", &has_crc32c);
    CHECK_INT(level_with("avx512", &has_crc32c), best == CPU_NEON ? CPU_SCALAR : best);
    CHECK_INT(level_with("neon", &has_crc32c), best == CPU_NEON ? CPU_NEON : CPU_SCALAR);
}

static void there_is_a_processor(void)
{
    CHECK(cpu_count() >= 1);
    CHECK(cpu_count() < 100000);
}

TAP_MAIN("cpu", TAP_CASE(less_can_be_asked_for), TAP_CASE(more_cannot), TAP_CASE(there_is_a_processor))
