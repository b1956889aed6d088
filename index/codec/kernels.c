#include "index/codec/kernels.h"

_Atomic(const struct kernels *) kernels_chosen;

const struct kernels *kernels_of(enum cpu_level level)
{
    switch (level) {
    case CPU_SCALAR:
        return &kernels_scalar;
#if defined(__x86_64__)
    case CPU_SSE41:
        return &kernels_sse41;
    case CPU_AVX2:
        return &kernels_avx2;
    case CPU_AVX512:
        return &kernels_avx512;
#endif
    default:
        return NULL;
    }
}

const struct kernels *kernels_choose(void)
{
    const struct kernels *of_level = kernels_of(cpu_level());
    const struct kernels *chosen = of_level ? of_level : &kernels_scalar;
    atomic_store_explicit(&kernels_chosen, chosen, memory_order_relaxed);
    return chosen;
}
