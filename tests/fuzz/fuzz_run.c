/* Input: a byte for n, then a run. Decoding accepts what run_size accepts, stays
 * inside its bounds, and gives the same numbers again when they are encoded anew;
 * and all four decoding paths agree. */
#include <stdlib.h>
#include <string.h>

#include "index/codec/run.h"
#include "tests/fuzz/fuzz.h"

enum { GUARD = 0x5a5a5a5a };

static void promise(int holds)
{
    if (!holds)
        abort();
}

static void check_again(const uint32_t *numbers, size_t n)
{
    uint8_t encoded[RUN_MAX_BYTES + RUN_PADDING];
    uint32_t decoded[RUN_LENGTH + 1];
    const size_t size = run_encode(encoded, numbers, n, 4);
    promise(size <= RUN_MAX_BYTES && run_size(encoded, encoded + size, n) == size);
    promise(run_decode(decoded, encoded, encoded + size, n, 0) == size);
    promise(memcmp(decoded, numbers, n * sizeof *numbers) == 0);
}

static void check_documents(const uint8_t *run, size_t size, const uint32_t *numbers, size_t n, uint32_t previous)
{
    uint32_t documents[RUN_LENGTH + 1];
    uint64_t sum = n;
    for (size_t i = 0; i < n; i++)
        sum += numbers[i];
    documents[n] = GUARD;
    const size_t decoded = run_decode_documents(documents, run, run + size, n, previous);
    promise(documents[n] == GUARD && decoded == (sum <= UINT32_MAX ? size : 0));
    for (size_t i = 0; decoded && i < n; i++)
        promise(documents[i] == (previous += numbers[i] + 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    uint8_t run[RUN_MAX_BYTES + RUN_PADDING] = {0};
    uint32_t numbers[RUN_LENGTH + 1];
    if (length < 2)
        return 0;
    const size_t n = 1 + bytes[0] % RUN_LENGTH;
    const size_t run_length = length - 1 < RUN_MAX_BYTES ? length - 1 : RUN_MAX_BYTES;
    memcpy(run, bytes + 1, run_length);
    const size_t size = run_size(run, run + run_length, n);
    promise(size <= run_length);
    numbers[n] = GUARD;
    promise(run_decode(numbers, run, run + run_length, n, 0) == size && numbers[n] == GUARD);
    if (!size)
        return 0;
    check_again(numbers, n);
    check_documents(run, size, numbers, n, UINT32_MAX);
    check_documents(run, size, numbers, n, 1000);
    return 0;
}

size_t fuzz_seed(uint8_t *bytes, size_t capacity, size_t number)
{
    static const uint8_t lengths[] = {1, 7, 100, 127, 128};
    static const uint32_t largest[] = {0, 1, 200, 70000, UINT32_MAX};
    const size_t n = lengths[number % 5];
    uint32_t numbers[RUN_LENGTH], state = 12345;
    if (number >= 50 || capacity < 1 + RUN_MAX_BYTES)
        return 0;
    for (size_t i = 0; i < n; i++) {
        state = state * 1664525 + 1013904223;
        numbers[i] = number < 25 ? (uint32_t)((uint64_t)state * largest[number / 5] >> 32)
                     : i % 9     ? 1
                                 : largest[number / 5 - 5];
    }
    bytes[0] = (uint8_t)(n - 1);
    return 1 + run_encode(bytes + 1, numbers, n, 4);
}
