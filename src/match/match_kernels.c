#include "src/match/match_kernels.h"

_Atomic(const struct match_kernels *) match_kernels_chosen;

const struct match_kernels *match_kernels_of(enum cpu_level level)
{
#if defined(__x86_64__)
    if (level == CPU_AVX2)
        return &match_kernels_avx2;
    if (level == CPU_AVX512)
        return &match_kernels_avx512;
#endif
    (void)level;
    return &match_kernels_scalar;
}

const struct match_kernels *match_kernels_choose(void)
{
    const struct match_kernels *chosen = match_kernels_of(cpu_level());
    atomic_store_explicit(&match_kernels_chosen, chosen, memory_order_relaxed);
    return chosen;
}
