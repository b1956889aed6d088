/* The harness of the test programs: CUnit runs the cases, and the results come
 * out in the Test Anything Protocol, one line per case, for automake's driver.
 *
 *     static void grows_by_half(void)
 *     {
 *         CHECK_INT(capacity, 12);
 *     }
 *
 *     TAP_MAIN("memory", TAP_CASE(grows_by_half), TAP_CASE(fails_the_third))
 *
 * prints `ok 1 - memory: grows by half`. Called with names of cases, such a
 * program runs these alone. CUnit's own CU_ASSERT_... work too; the checks
 * here also show the values. A CHECK goes on after a failure, a REQUIRE ends
 * the case. Each takes the value found first and the expected one second, and
 * evaluates both once. */
#ifndef TRAWL_TESTS_TAP_H
#define TRAWL_TESTS_TAP_H

#include <CUnit/CUnit.h>
#include <stddef.h>
#include <stdint.h>

#include "include/trawl.h"
#include "src/util/printf_like.h"

struct tap_case {
    const char *name;
    void (*run)(void);
};

#define TAP_CASE(function) { #function, function }

#define TAP_MAIN(suite, ...)                                                                   \
    int main(int argument_count, char **arguments)                                             \
    {                                                                                          \
        static const struct tap_case cases[] = {__VA_ARGS__};                                  \
        return tap_main(suite, cases, sizeof cases / sizeof *cases, argument_count, arguments); \
    }

int tap_main(const char *suite, const struct tap_case *cases, size_t count, int argument_count, char **arguments);

/* ------------------------------------------------------------------ checks */

#define CHECK(condition) tap_check((condition) != 0, TAP_HERE(0), "%s", #condition)
#define CHECK_INT(found, expected) tap_check_int(found, expected, TAP_HERE(0), #found)
#define CHECK_UINT(found, expected) tap_check_uint(found, expected, TAP_HERE(0), #found)
#define CHECK_DOUBLE(found, expected, within) tap_check_double(found, expected, within, TAP_HERE(0), #found)
#define CHECK_STRING(found, expected) tap_check_string(found, expected, TAP_HERE(0), #found)
#define CHECK_BYTES(found, found_length, expected, expected_length) \
    tap_check_bytes(found, found_length, expected, expected_length, TAP_HERE(0), #found)
#define CHECK_OK(status, error) tap_check_ok(status, error, TAP_HERE(0), #status)

#define REQUIRE(condition) tap_check((condition) != 0, TAP_HERE(1), "%s", #condition)
#define REQUIRE_INT(found, expected) tap_check_int(found, expected, TAP_HERE(1), #found)
#define REQUIRE_UINT(found, expected) tap_check_uint(found, expected, TAP_HERE(1), #found)
#define REQUIRE_STRING(found, expected) tap_check_string(found, expected, TAP_HERE(1), #found)
#define REQUIRE_OK(status, error) tap_check_ok(status, error, TAP_HERE(1), #status)

/* A check whose message is made by the caller, for loops and tables: say there
 * which row or seed it was. Costs little when it holds. */
#define CHECK_THAT(condition, ...) ((condition) ? (void)0 : (void)tap_check(0, TAP_HERE(0), __VA_ARGS__))
#define REQUIRE_THAT(condition, ...) ((condition) ? (void)0 : (void)tap_check(0, TAP_HERE(1), __VA_ARGS__))

struct tap_place {
    const char *file;
    unsigned line;
    int fatal; /* 1: a failure ends the case */
};
#define TAP_HERE(fatal_here) ((struct tap_place){__FILE__, __LINE__, fatal_here})

/* Each returns 1 when it held. */
int tap_check(int holds, struct tap_place place, const char *format, ...) TRAWL_PRINTF(3, 4);
int tap_check_int(int64_t found, int64_t expected, struct tap_place place, const char *what);
int tap_check_uint(uint64_t found, uint64_t expected, struct tap_place place, const char *what);
int tap_check_double(double found, double expected, double within, struct tap_place place, const char *what);
int tap_check_string(const char *found, const char *expected, struct tap_place place, const char *what);
int tap_check_bytes(const void *found, size_t found_length, const void *expected, size_t expected_length,
                    struct tap_place place, const char *what);
int tap_check_ok(int status, const struct trawl_error *error, struct tap_place place, const char *what);

/* ------------------------------------------------------- what cases can use */

/* Marks the running case as skipped; the case itself returns then. */
void tap_skip(const char *reason);

/* How often to try something random: `normal` times; an eighth of it when
 * $TRAWL_TEST_EFFORT is "quick" (sanitized runs), eight times it for "full". */
size_t tap_rounds(size_t normal);

/* Numbers for random tests: the same in every run. Any seed is fine. */
struct tap_random {
    uint64_t state;
};
uint64_t tap_random_next(struct tap_random *random);
uint64_t tap_random_below(struct tap_random *random, uint64_t limit); /* 0 .. limit-1; limit > 0 */

/* A path in the source tree, such as "tests/golden/parse.txt": valid until the
 * program ends. */
const char *tap_source_path(const char *path);

/* An empty folder for the running case, gone when the case has ended; and a
 * path in it. Valid until the case ends. */
const char *tap_folder(void);
const char *tap_path(const char *name);

/* Makes a folder, or takes out what is in it; how many entries one has. */
void tap_empty_folder(const char *path);
size_t tap_count_files(const char *path);

#endif
