#include "index/codec/run.h"

#include <string.h>

#include "tests/unit/tap.h"

enum { BUFFER = RUN_MAX_BYTES + RUN_PADDING };

static void fill(uint32_t *numbers, size_t n, uint32_t value)
{
    for (size_t i = 0; i < n; i++)
        numbers[i] = value;
}

static void zeros_take_one_byte(void)
{
    uint32_t numbers[RUN_LENGTH] = {0};
    uint8_t bytes[BUFFER];
    for (size_t n = 1; n <= RUN_LENGTH; n++) {
        CHECK_UINT(run_encode(bytes, numbers, n, 4), 1);
        CHECK_UINT(bytes[0], 0);
    }
}

static void equal_numbers_are_written_once(void)
{
    uint32_t numbers[RUN_LENGTH];
    uint8_t bytes[BUFFER];
    fill(numbers, RUN_LENGTH, 300);
    CHECK_UINT(run_encode(bytes, numbers, RUN_LENGTH, 4), 3);
    CHECK_BYTES(bytes, 3, "\x3e\xac\x02", 3);
}

static void equal_wins_a_tie_against_packed(void)
{
    const uint32_t five = 5;
    uint8_t bytes[BUFFER];
    CHECK_UINT(run_encode(bytes, &five, 1, 4), 2);
    CHECK_BYTES(bytes, 2, "\x3e\x05", 2);
}

static void equal_loses_when_it_is_larger(void)
{
    const uint32_t numbers[] = {200, 200};
    uint8_t bytes[BUFFER];
    CHECK_UINT(run_encode(bytes, numbers, 1, 4), 2);
    CHECK_BYTES(bytes, 2, "\x08\xc8", 2);
    CHECK_UINT(run_encode(bytes, numbers, 2, 4), 3);
    CHECK_BYTES(bytes, 3, "\x3e\xc8\x01", 3);
}

static void short_runs_are_packed_without_gaps(void)
{
    static const uint32_t numbers[] = {1, 7, 0, 5, 2};
    uint8_t bytes[BUFFER];
    CHECK_UINT(run_encode(bytes, numbers, 5, 4), 3);
    CHECK_BYTES(bytes, 3, "\x03\x39\x2a", 3); /* 001 111 000 101 010 from the lowest bit up */
}

/* Low parts of one bit each; above them 0 0 1 0 2 in unary: 1 1 01 1 001 from the lowest bit up. */
static void unequal_numbers_are_split(void)
{
    static const uint32_t numbers[] = {1, 0, 3, 1, 64};
    uint8_t bytes[BUFFER] = {0};
    uint32_t decoded[5];
    CHECK_UINT(run_encode(bytes, numbers, 5, RUN_MAX_BYTES), 1 + 5);
    CHECK_UINT(bytes[0], 7);
    const uint32_t smaller[] = {1, 0, 3, 1, 4};
    static const uint8_t split[3 + RUN_PADDING] = {RUN_SPLIT + 1, 0x0d, 0x1b | 0x80};
    CHECK_UINT(run_decode(decoded, split, split + 3, 5, 0), 3);
    CHECK_BYTES(decoded, sizeof decoded, smaller, sizeof smaller);
}

/* 127 ones and a 100: seven bits each are 112 bytes; in unary, 227 bits, 29. */
static void splitting_must_save_enough(void)
{
    uint32_t numbers[RUN_LENGTH];
    uint8_t bytes[BUFFER];
    fill(numbers, RUN_LENGTH, 0);
    numbers[5] = 100;
    CHECK_UINT(run_encode(bytes, numbers, RUN_LENGTH, 112 - 29), 1 + 29);
    CHECK_UINT(bytes[0], RUN_SPLIT);
    CHECK_UINT(run_encode(bytes, numbers, RUN_LENGTH, 112 - 28), 1 + 112);
    CHECK_UINT(bytes[0], 7);
}

static void the_callers_flag_is_ignored(void)
{
    uint32_t numbers[RUN_LENGTH], decoded[RUN_LENGTH];
    uint8_t bytes[BUFFER] = {0};
    for (uint32_t i = 0; i < RUN_LENGTH; i++)
        numbers[i] = i;
    const size_t size = run_encode(bytes, numbers, RUN_LENGTH, 4);
    bytes[0] |= RUN_FLAG;
    CHECK_UINT(run_size(bytes, bytes + size, RUN_LENGTH), size);
    CHECK_UINT(run_decode(decoded, bytes, bytes + size, RUN_LENGTH, 0), size);
    CHECK_BYTES(decoded, sizeof decoded, numbers, sizeof numbers);
}

static void documents_start_behind_the_previous(void)
{
    static const uint32_t gaps_less_1[] = {4, 0, 9};
    uint32_t documents[3];
    uint8_t bytes[BUFFER] = {0};
    const size_t size = run_encode(bytes, gaps_less_1, 3, 8);
    CHECK_UINT(run_decode_documents(documents, bytes, bytes + size, 3, UINT32_MAX), size);
    CHECK_UINT(documents[0], 4);
    CHECK_UINT(documents[1], 5);
    CHECK_UINT(documents[2], 15);
    CHECK_UINT(run_decode_documents(documents, bytes, bytes + size, 3, 100), size);
    CHECK_UINT(documents[0], 105);
    CHECK_UINT(documents[2], 116);
}

/* What run_size says; decoding must say the same. */
static size_t size_of(const char *bytes, size_t length, size_t n)
{
    uint8_t run[BUFFER] = {0};
    uint32_t numbers[RUN_LENGTH];
    memcpy(run, bytes, length);
    const size_t size = run_size(run, run + length, n);
    CHECK_UINT(run_decode(numbers, run, run + length, n, 0), size);
    CHECK_UINT(run_decode_documents(numbers, run, run + length, n, UINT32_MAX), size);
    return size;
}

static void damaged_runs_have_no_size(void)
{
    CHECK_UINT(size_of("", 0, 5), 0);
    CHECK_UINT(size_of("\x03\x39", 2, 5), 0);              /* too short */
    CHECK_UINT(size_of("\x03\x39\x2a", 3, 5), 3);
    CHECK_UINT(size_of("\x3f\x00", 2, 1), 0);              /* a bitset is none of ours */
    CHECK_UINT(size_of("\x3e\x80", 2, 3), 0);              /* the value goes on */
    CHECK_UINT(size_of("\x3e\xff\xff\xff\xff\x1f", 6, 3), 0); /* over 32 bits */
    CHECK_UINT(size_of("\x7e\x01", 2, 3), 0);              /* bit 6 */
    CHECK_UINT(size_of("\x43\x39\x2a", 3, 5), 0);
    CHECK_UINT(size_of("\x21\x00\x00\x00\x00", 5, 1), 0);  /* no one */
    CHECK_UINT(size_of("\x21\x00\x00\x00\x80", 5, 1), 5);  /* 31 in unary */
    CHECK_UINT(size_of("\x21\x05", 2, 3), 0);              /* two ones of three */
    CHECK_UINT(size_of("\x21\x0d", 2, 3), 2);
    CHECK_UINT(size_of("\x22\x05", 2, 3), 0);              /* low bits alone */
    CHECK_UINT(size_of("\x22\x05\x0d", 3, 3), 3);
    CHECK_UINT(size_of("\x3d\xff\xff\xff\x0f\x80\x80", 7, 1), 5 + 1); /* 28 low bits, 7 above them */
    CHECK_UINT(size_of("\x3d\xff\xff\xff\x0f\x00\x80", 7, 1), 0); /* 15 above them: might reach 2^32 */
}

static uint32_t repeat(uint32_t *numbers, size_t n, uint32_t number)
{
    for (size_t i = 0; i < n; i++)
        numbers[i] = number;
    return number;
}

/* n gaps-1 that add up to 2^32 - n - 1 are the most that fit. */
static void gaps_that_wrap_are_damage(void)
{
    uint32_t numbers[RUN_LENGTH], documents[RUN_LENGTH];
    uint8_t bytes[BUFFER] = {0};
    for (size_t n = 1; n <= RUN_LENGTH; n++)
        for (int all_equal = 0; all_equal < 2; all_equal++) {
            const uint32_t most = (uint32_t)((UINT64_C(1) << 32) - n - 1);
            repeat(numbers, n, all_equal ? most / (uint32_t)n : 3);
            numbers[n / 2] += most - (uint32_t)n * numbers[0];
            size_t size = run_encode(bytes, numbers, n, 8);
            CHECK_UINT(run_decode_documents(documents, bytes, bytes + size, n, UINT32_MAX), size);
            CHECK_UINT(documents[n - 1], UINT32_MAX - 1);
            numbers[n / 2]++;
            size = run_encode(bytes, numbers, n, 8);
            CHECK_UINT(run_decode_documents(documents, bytes, bytes + size, n, UINT32_MAX), 0);
        }
}

static void one_more_must_fit(void)
{
    uint32_t numbers[RUN_LENGTH], decoded[RUN_LENGTH];
    uint8_t bytes[BUFFER] = {0};
    for (size_t n = 1; n <= RUN_LENGTH; n++)
        for (int all_equal = 0; all_equal < 2; all_equal++) {
            const uint32_t least = repeat(numbers, n, all_equal ? UINT32_MAX - 1 : 5);
            numbers[n - 1] = UINT32_MAX - 1;
            size_t size = run_encode(bytes, numbers, n, 4);
            CHECK_UINT(run_decode(decoded, bytes, bytes + size, n, 1), size);
            CHECK_UINT(decoded[n - 1], UINT32_MAX);
            CHECK_UINT(decoded[0], n == 1 ? UINT32_MAX : least + 1);
            numbers[n - 1] = UINT32_MAX;
            size = run_encode(bytes, numbers, n, 4);
            CHECK_UINT(run_decode(decoded, bytes, bytes + size, n, 0), size);
            CHECK_UINT(run_decode(decoded, bytes, bytes + size, n, 1), 0);
        }
}

TAP_MAIN("run", TAP_CASE(zeros_take_one_byte), TAP_CASE(equal_numbers_are_written_once),
         TAP_CASE(equal_wins_a_tie_against_packed), TAP_CASE(equal_loses_when_it_is_larger),
         TAP_CASE(short_runs_are_packed_without_gaps),
         TAP_CASE(unequal_numbers_are_split), TAP_CASE(splitting_must_save_enough), TAP_CASE(the_callers_flag_is_ignored),
         TAP_CASE(documents_start_behind_the_previous), TAP_CASE(damaged_runs_have_no_size),
         TAP_CASE(gaps_that_wrap_are_damage), TAP_CASE(one_more_must_fit))
