/* What this processor can do, looked up once. $TRAWL_CPU forces less:
 * "scalar", "sse4.1", "avx2", "avx512", "neon". */
#ifndef TRAWL_UTIL_CPU_H
#define TRAWL_UTIL_CPU_H

/* SSE4.1 with popcnt; AVX2 with these and both BMI; AVX-512 with these and what closes gaps and counts bits in vectors (F, BW,
 * VL, DQ, VBMI2, VPOPCNTDQ: Intel's since Ice Lake, AMD's since Zen 4). */
enum cpu_level { CPU_SCALAR, CPU_SSE41, CPU_AVX2, CPU_AVX512, CPU_NEON };

enum cpu_level cpu_level(void);
int cpu_has_crc32c(void); /* SSE4.2's crc32, or ARM's */

/* Processors that this process may use, at least 1. */
int cpu_count(void);

#endif
