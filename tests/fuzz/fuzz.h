/* A fuzz target: one function over bytes, for a fuzzing engine to call. Its
 * seeds are files in tests/fuzz/corpus/NAME/, or it makes them. The same file is
 * linked with replay.c into an ordinary test, which needs no engine:
 *
 *     clang -fsanitize=fuzzer,address -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION ... fuzz_run.c
 *
 * Broken promises abort. */
#ifndef TRAWL_TESTS_FUZZ_H
#define TRAWL_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* A target need not have this. Seed `number` (0, 1, ...) into bytes[0..capacity). -> its length, 0: there is no such seed */
size_t fuzz_seed(uint8_t *bytes, size_t capacity, size_t number);

#endif
