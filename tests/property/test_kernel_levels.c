/* Every kernel that this processor can run, against the portable one: all
 * widths, counts and alignments, random numbers and extreme ones. Inputs are heap blocks
 * that end with the padding that kernels may read, so that a sanitizer or valgrind sees
 * what is read behind it. */
#include <stdlib.h>
#include <string.h>

#include "index/codec/kernels.h"
#include "index/codec/run.h"
#include "tests/property/levels.h"
#include "tests/unit/tap.h"

enum { MOST_BYTES = 16 * 32, ROOM = RUN_LENGTH + KERNEL_ROOM, GUARD = 0x5a5a5a5a };

#define FOR_ALL_LEVELS(kernel)                                \
    for (int level = CPU_SCALAR + 1; level < LEVELS; level++) \
        for (const struct kernels *kernel = of_level(level); kernel; kernel = NULL)

static const struct kernels *of_level(int level)
{
    return level_runs_here((enum cpu_level)level) ? kernels_of((enum cpu_level)level) : NULL;
}

enum filling { RANDOM, ZEROS, ONES, SPARSE, FILLINGS };

/* `size` bytes and the padding behind them. */
static uint8_t *make_bytes(size_t size, enum filling filling, struct tap_random *random)
{
    uint8_t *bytes = calloc(size + RUN_PADDING, 1);
    REQUIRE(bytes != NULL);
    for (size_t i = 0; i < size; i++) {
        const uint8_t byte = (uint8_t)tap_random_next(random);
        bytes[i] = filling == RANDOM ? byte : filling == ONES ? 0xff : 0;
        if (filling == SPARSE && byte < 40)
            bytes[i] = (uint8_t)(1 << byte % 8);
    }
    return bytes;
}

static void fill_guards(uint32_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        numbers[i] = GUARD;
}

static const uint32_t starts[] = {UINT32_MAX, 0, 1000, UINT32_MAX - 5};
enum { STARTS = sizeof starts / sizeof *starts };

static void check_unpacking(const uint8_t *packed, unsigned width, uint32_t start)
{
    uint32_t expected[RUN_LENGTH], found[RUN_LENGTH + 1];
    FOR_ALL_LEVELS(kernel) {
        fill_guards(found, RUN_LENGTH + 1);
        kernels_scalar.unpack128(expected, packed, width, start & 1);
        kernel->unpack128(found, packed, width, start & 1);
        REQUIRE_THAT(!memcmp(found, expected, sizeof expected) && found[RUN_LENGTH] == GUARD, "%s: unpack %u",
                     kernel->name, width);
        kernels_scalar.unpack128_documents(expected, packed, width, start);
        kernel->unpack128_documents(found, packed, width, start);
        REQUIRE_THAT(!memcmp(found, expected, sizeof expected) && found[RUN_LENGTH] == GUARD, "%s: documents %u",
                     kernel->name, width);
    }
}

static void all_widths_unpack_alike(void)
{
    struct tap_random random = {31};
    for (size_t round = 0; round < tap_rounds(64); round++)
        for (unsigned width = 0; width <= 32; width++) {
            uint8_t *packed = make_bytes((size_t)16 * width, (enum filling)(round % FILLINGS), &random);
            check_unpacking(packed, width, starts[round % STARTS]);
            free(packed);
        }
}

static void all_counts_are_summed_alike(void)
{
    struct tap_random random = {32};
    uint32_t numbers[RUN_LENGTH + 1], expected[RUN_LENGTH + 1], found[RUN_LENGTH + 1];
    for (size_t n = 0; n <= RUN_LENGTH; n++)
        for (unsigned width = 1; width <= 32; width++) {
            for (size_t i = 0; i <= RUN_LENGTH; i++)
                numbers[i] = (uint32_t)(tap_random_next(&random) >> (64 - width));
            memcpy(expected, numbers, sizeof numbers);
            kernels_scalar.sum_documents(expected, n, starts[width % STARTS]);
            FOR_ALL_LEVELS(kernel) {
                memcpy(found, numbers, sizeof numbers);
                kernel->sum_documents(found, n, starts[width % STARTS]);
                REQUIRE_THAT(!memcmp(found, expected, sizeof expected), "%s: sum of %zu", kernel->name, n);
            }
        }
}

static void check_documents_of(const uint8_t *words, size_t count, uint32_t first)
{
    uint32_t expected[ROOM], found[ROOM + 1];
    const size_t set = kernels_scalar.bitset_documents(expected, words, count, first);
    FOR_ALL_LEVELS(kernel) {
        fill_guards(found, ROOM + 1);
        const size_t also = kernel->bitset_documents(found, words, count, first);
        REQUIRE_THAT(found[ROOM] == GUARD, "%s: wrote past the room", kernel->name);
        if (set > RUN_LENGTH)
            REQUIRE_THAT(also > RUN_LENGTH, "%s: more than fit", kernel->name);
        else
            REQUIRE_THAT(also == set && !memcmp(found, expected, set * sizeof *found), "%s: %zu bits", kernel->name, set);
    }
}

static void bitsets_give_the_same_documents(void)
{
    struct tap_random random = {33};
    for (size_t round = 0; round < tap_rounds(4000); round++) {
        const size_t count = tap_random_below(&random, 24);
        uint8_t *words = make_bytes(8 * count, (enum filling)(round % FILLINGS), &random);
        if (round % 8 == 0) /* as many bits as a block has, if they are that many */
            for (size_t i = 0, left = RUN_LENGTH; i < 8 * count; i++) {
                while ((size_t)__builtin_popcount(words[i]) > left)
                    words[i] &= (uint8_t)(words[i] - 1);
                left -= (size_t)__builtin_popcount(words[i]);
            }
        check_documents_of(words, count, starts[round % STARTS]);
        free(words);
    }
}

static void bitsets_are_ored_alike(void)
{
    enum { WORDS = 64 };
    struct tap_random random = {34};
    for (size_t round = 0; round < tap_rounds(4000); round++) {
        const size_t count = 1 + tap_random_below(&random, 24), at = tap_random_below(&random, 640);
        uint8_t *words = make_bytes(8 * count, (enum filling)(round % FILLINGS), &random);
        if (round % 2) /* fits before the end of a word */
            words[8 * count - 1] = words[8 * count - 2] = 0;
        uint64_t before[WORDS], expected[WORDS], found[WORDS];
        for (size_t i = 0; i < WORDS; i++)
            before[i] = tap_random_next(&random) & tap_random_next(&random);
        memcpy(expected, before, sizeof before);
        for (size_t bit = 0; bit < 64 * count; bit++)
            if (words[bit / 8] >> bit % 8 & 1)
                expected[(at + bit) / 64] |= UINT64_C(1) << (at + bit) % 64;
        memcpy(found, before, sizeof before);
        kernels_scalar.bitset_or(found, at, words, count);
        REQUIRE_THAT(!memcmp(found, expected, sizeof found), "portable: %zu words at %zu", count, at);
        FOR_ALL_LEVELS(kernel) {
            memcpy(found, before, sizeof before);
            kernel->bitset_or(found, at, words, count);
            REQUIRE_THAT(!memcmp(found, expected, sizeof found), "%s: %zu words at %zu", kernel->name, count, at);
        }
        free(words);
    }
}

/* A bitset that ends with the window: no word behind it may be touched. */
static void nothing_is_written_behind(void)
{
    struct tap_random random = {35};
    for (size_t count = 1; count <= 20; count++)
        for (size_t at = 0; at < 64; at++) {
            uint8_t *words = make_bytes(8 * count, ONES, &random);
            uint64_t *bits = calloc(count, sizeof *bits); /* `at` bits less than what would fill it are set */
            REQUIRE(bits != NULL);
            memset(words + 8 * count - 8, 0, 8);
            for (size_t bit = 0; bit < 64 - at; bit++)
                words[8 * count - 8 + bit / 8] |= (uint8_t)(1 << bit % 8);
            kernels_scalar.bitset_or(bits, at, words, count);
            FOR_ALL_LEVELS(kernel)
                kernel->bitset_or(bits, at, words, count);
            CHECK_UINT(kernels_scalar.bitset_count(bits, count), 64 * count - at);
            free(bits);
            free(words);
        }
}

static void documents_are_added_alike(void)
{
    enum { WORDS = 128 };
    struct tap_random random = {36};
    for (size_t round = 0; round < tap_rounds(4000); round++) {
        const size_t n = 1 + tap_random_below(&random, RUN_LENGTH), step = 1 + tap_random_below(&random, 60);
        const uint32_t first = (uint32_t)tap_random_next(&random);
        uint32_t documents[RUN_LENGTH];
        uint64_t expected[WORDS] = {0}, found[WORDS];
        uint32_t bit = (uint32_t)tap_random_below(&random, 100);
        for (size_t i = 0; i < n; i++, bit += 1 + (uint32_t)tap_random_below(&random, step)) {
            documents[i] = first + bit;
            expected[bit / 64] |= UINT64_C(1) << bit % 64;
        }
        memset(found, 0, sizeof found);
        kernels_scalar.bitset_add(found, documents, n, first);
        REQUIRE_THAT(!memcmp(found, expected, sizeof found), "portable: %zu documents", n);
        CHECK_UINT(kernels_scalar.bitset_count(found, WORDS), n);
        FOR_ALL_LEVELS(kernel) {
            memset(found, 0, sizeof found);
            kernel->bitset_add(found, documents, n, first);
            REQUIRE_THAT(!memcmp(found, expected, sizeof found), "%s: %zu documents", kernel->name, n);
            REQUIRE_THAT(kernel->bitset_count(found, WORDS) == n, "%s: count of %zu", kernel->name, n);
            const uint32_t lost = documents[tap_random_below(&random, n)] - first;
            REQUIRE(kernel->bitset_absent(found, documents, n, first) == 0);
            found[lost / 64] &= ~(UINT64_C(1) << lost % 64);
            REQUIRE(kernel->bitset_absent(found, documents, n, first) == 1);
            memset(found, 0, sizeof found);
            REQUIRE(kernel->bitset_absent(found, documents, n, first) == n);
        }
    }
}

static void the_level_is_the_processors(void)
{
    const struct kernels *best = kernels_of(cpu_level());
    CHECK(kernels() == (best ? best : &kernels_scalar));
}

static void bits_before_places_are_counted(void)
{
    struct tap_random random = {77};
    for (size_t round = 0; round < tap_rounds(2000); round++) {
        enum { WORDS = 20, BITS = 64 * WORDS };
        uint8_t *bytes = make_bytes(8 * WORDS, (enum filling)(round % FILLINGS), &random);
        uint32_t at[RUN_LENGTH], expected[RUN_LENGTH], found[RUN_LENGTH];
        const uint32_t from = (uint32_t)tap_random_below(&random, BITS), step = 1 + (uint32_t)tap_random_below(&random, 200);
        size_t n = 0;
        for (uint32_t place = from; place < BITS && n < RUN_LENGTH; place += 1 + (uint32_t)tap_random_below(&random, step))
            at[n++] = place;
        for (size_t i = 0; i < n; i++) {
            expected[i] = 0;
            for (uint32_t bit = from; bit < at[i]; bit++)
                expected[i] += bytes[bit / 8] >> bit % 8 & 1;
        }
        kernels_scalar.bitset_ranks(found, bytes, from, at, n);
        CHECK_BYTES(found, n * sizeof *found, expected, n * sizeof *found);
        FOR_ALL_LEVELS(kernel) {
            kernel->bitset_ranks(found, bytes, from, at, n);
            REQUIRE_THAT(!memcmp(found, expected, n * sizeof *found), "%s: ranks", kernel->name);
        }
        free(bytes);
    }
}

/* ---------------------------------------------------------------------- unary */

/* `bits`: what the portable ones say; 0 when there are too few ones. */
static void check_unary(const uint8_t *bytes, size_t size, size_t n, unsigned low)
{
    uint32_t expected[RUN_LENGTH + 1], expected_sums[RUN_LENGTH + 1], found[RUN_LENGTH + 1];
    fill_guards(expected, RUN_LENGTH + 1);
    fill_guards(expected_sums, RUN_LENGTH + 1);
    const size_t bits = kernels_scalar.unary_add(expected, bytes, size, n, low);
    REQUIRE(kernels_scalar.unary_add_sums(expected_sums, bytes, size, n, low) == bits);
    FOR_ALL_LEVELS(kernel) {
        fill_guards(found, RUN_LENGTH + 1);
        REQUIRE_THAT(kernel->unary_add(found, bytes, size, n, low) == bits, "%s: %zu in unary", kernel->name, n);
        REQUIRE_THAT(!bits || !memcmp(found, expected, sizeof expected), "%s: %zu in unary", kernel->name, n);
        fill_guards(found, RUN_LENGTH + 1);
        REQUIRE_THAT(kernel->unary_add_sums(found, bytes, size, n, low) == bits, "%s: %zu sums", kernel->name, n);
        REQUIRE_THAT(!bits || !memcmp(found, expected_sums, sizeof expected_sums), "%s: %zu sums", kernel->name, n);
    }
}

static void numbers_in_unary(void)
{
    struct tap_random random = {76};
    for (size_t round = 0; round < tap_rounds(4000); round++) {
        const size_t size = 1 + tap_random_below(&random, 80), n = 1 + tap_random_below(&random, RUN_LENGTH);
        uint8_t *bytes = make_bytes(size, (enum filling)(round % FILLINGS), &random);
        check_unary(bytes, size, n, (unsigned)tap_random_below(&random, 29));
        check_unary(bytes, size, RUN_LENGTH, (unsigned)tap_random_below(&random, 29));
        free(bytes);
    }
}

/* Behind the numbers there is nothing that may be read. */
static void numbers_below_are_counted(void)
{
    struct tap_random random = {78};
    for (size_t round = 0; round < tap_rounds(4000); round++) {
        const uint32_t n = (uint32_t)tap_random_below(&random, COUNT_MOST + 1);
        uint32_t *numbers = malloc(n * sizeof *numbers + 1), number = (uint32_t)tap_random_below(&random, UINT32_MAX - 5000);
        for (uint32_t i = 0; i < n; i++)
            numbers[i] = number += (uint32_t)tap_random_below(&random, 100);
        const uint32_t targets[] = {0, UINT32_MAX, number, number + 1, number - (uint32_t)tap_random_below(&random, 3000)};
        for (size_t k = 0; k < sizeof targets / sizeof *targets; k++) {
            uint32_t expected = 0;
            while (expected < n && numbers[expected] < targets[k])
                expected++;
            FOR_ALL_LEVELS(kernel)
                REQUIRE_THAT(kernel->count_below((const uint8_t *)numbers, n, targets[k]) == expected, "%s: %u numbers",
                             kernel->name, (unsigned)n);
        }
        free(numbers);
    }
}

/* As many as a byte can count, and more: before one number, or spread over all. */
static void many_zeros_in_unary(void)
{
    enum { FEWEST = 250, MOST = 262 };
    for (size_t n = 1; n <= RUN_LENGTH; n++)
        for (size_t zeros = FEWEST; zeros <= MOST; zeros++)
            for (size_t before = 0; before < n; before += n < 4 ? 1 : n / 4) {
                uint8_t bytes[(RUN_LENGTH + MOST) / 8 + 1 + RUN_PADDING] = {0};
                for (size_t i = 0; i < n; i++) {
                    const size_t place = i + (before ? (i >= before) * zeros : zeros * (i + 1) / n);
                    bytes[place / 8] |= (uint8_t)(1U << place % 8);
                }
                check_unary(bytes, (n + zeros + 7) / 8, n, 3);
            }
}

static void unary_is_read_as_it_stands(void)
{
    static const uint8_t bytes[4 + RUN_PADDING] = {0x1b, 0x00, 0x01}; /* 0 0 1 0, then eleven zeros and a one */
    uint32_t numbers[] = {1, 1, 1, 1, 1}, sums[] = {7, 7, 7, 7, 7};
    CHECK_UINT(kernels_scalar.unary_add(numbers, bytes, 3, 5, 1), 17);
    CHECK_UINT(kernels_scalar.unary_add_sums(sums, bytes, 3, 5, 0), 17);
    static const uint32_t expected[] = {1, 1, 3, 1, 23}, expected_sums[] = {7, 7, 8, 8, 19};
    CHECK_BYTES(numbers, sizeof numbers, expected, sizeof expected);
    CHECK_BYTES(sums, sizeof sums, expected_sums, sizeof expected_sums);
    CHECK_UINT(kernels_scalar.unary_add(numbers, bytes, 2, 5, 1), 0);
    CHECK_UINT(kernels_scalar.unary_add(numbers, bytes, 3, 6, 1), 0);
}

TAP_MAIN("kernel levels", TAP_CASE(all_widths_unpack_alike), TAP_CASE(all_counts_are_summed_alike),
         TAP_CASE(bitsets_give_the_same_documents), TAP_CASE(bitsets_are_ored_alike), TAP_CASE(nothing_is_written_behind),
         TAP_CASE(documents_are_added_alike), TAP_CASE(the_level_is_the_processors), TAP_CASE(bits_before_places_are_counted),
         TAP_CASE(numbers_below_are_counted), TAP_CASE(numbers_in_unary), TAP_CASE(many_zeros_in_unary),
         TAP_CASE(unary_is_read_as_it_stands))
