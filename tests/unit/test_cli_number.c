#include "src/cli/cli_number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/tap.h"

static void floats_read_back_the_same(void)
{
    char digits[CLI_NUMBER_SIZE];
    struct tap_random random = {7};
    for (size_t i = 0; i < tap_rounds(20000); i++) {
        const uint32_t bits = (uint32_t)tap_random_next(&random);
        float value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value))
            CHECK_THAT(strtof(cli_number_float(digits, value), NULL) == value, "bits %08x print as %s", (unsigned)bits, digits);
    }
    CHECK_STRING(cli_number_float(digits, 11.7323f), "11.7323");
    CHECK_STRING(cli_number_float(digits, 2.0f), "2");
    CHECK_STRING(cli_number_float(digits, 0.1f), "0.1");
}

static void doubles_read_back_the_same(void)
{
    char digits[CLI_NUMBER_SIZE];
    CHECK_STRING(cli_number_double(digits, 0.1), "0.1");
    CHECK_STRING(cli_number_double(digits, 1.0 / 3), "0.3333333333333333");
    CHECK_DOUBLE(strtod(cli_number_double(digits, 271.82818284590452), NULL), 271.82818284590452, 0);
}

static void people_read_groups_and_units(void)
{
    char digits[CLI_NUMBER_SIZE];
    CHECK_STRING(cli_number_grouped(digits, 0), "0");
    CHECK_STRING(cli_number_grouped(digits, 999), "999");
    CHECK_STRING(cli_number_grouped(digits, 1000), "1,000");
    CHECK_STRING(cli_number_grouped(digits, UINT64_MAX), "18,446,744,073,709,551,615");
    CHECK_STRING(cli_number_bytes(digits, 999), "999 bytes");
    CHECK_STRING(cli_number_bytes(digits, 1000), "1.0 kB");
    CHECK_STRING(cli_number_bytes(digits, 999949), "999.9 kB");
    CHECK_STRING(cli_number_bytes(digits, 999950), "1.0 MB");
    CHECK_STRING(cli_number_bytes(digits, UINT64_MAX), "18.4 EB");
}

static void whole_numbers_are_digits_alone(void)
{
    uint64_t value;
    CHECK_INT(cli_number_parse(&value, "18446744073709551615"), 0);
    CHECK_UINT(value, UINT64_MAX);
    static const char *const bad[] = {"", "-1", "+1", " 1", "1 ", "1.0", "0x10", "18446744073709551616", "one"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_THAT(cli_number_parse(&value, bad[i]) < 0, "'%s' was taken", bad[i]);
}

static void sizes_have_letters(void)
{
    uint64_t value;
    CHECK_INT(cli_number_parse_bytes(&value, "12"), 0);
    CHECK_UINT(value, 12);
    CHECK_INT(cli_number_parse_bytes(&value, "3K"), 0);
    CHECK_UINT(value, 3 << 10);
    CHECK_INT(cli_number_parse_bytes(&value, "512m"), 0);
    CHECK_UINT(value, 512 << 20);
    CHECK_INT(cli_number_parse_bytes(&value, "16777215T"), 0);
    CHECK_UINT(value, UINT64_C(16777215) << 40);
    static const char *const bad[] = {"", "M", "1MB", "1X", "16777216T", "-1K", "1.5G"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_THAT(cli_number_parse_bytes(&value, bad[i]) < 0, "'%s' was taken", bad[i]);
}

static void fractions_are_finite_decimals(void)
{
    float value;
    CHECK_INT(cli_number_parse_float(&value, "0.75"), 0);
    CHECK_DOUBLE((double)value, 0.75, 0);
    CHECK_INT(cli_number_parse_float(&value, "1e-3"), 0);
    static const char *const bad[] = {"", "nan", "inf", "0x1p3", "1,5", "1.2.3", "1e99", " 1", "1 "};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_THAT(cli_number_parse_float(&value, bad[i]) < 0, "'%s' was taken", bad[i]);
}

TAP_MAIN("cli_number", TAP_CASE(floats_read_back_the_same), TAP_CASE(doubles_read_back_the_same),
         TAP_CASE(people_read_groups_and_units), TAP_CASE(whole_numbers_are_digits_alone), TAP_CASE(sizes_have_letters),
         TAP_CASE(fractions_are_finite_decimals))
