#include "src/query/boost.h"

#include <string.h>

#include "tests/unit/tap.h"

static size_t parse(float *boost, const char *text)
{
    *boost = -1;
    return boost_parse(boost, (const uint8_t *)text, strlen(text));
}

static void reads_decimals(void)
{
    static const struct {
        const char *text;
        size_t length;
        float boost;
    } cases[] = {{"2", 1, 2},        {"0.5", 3, 0.5f},  {".5", 2, 0.5f},    {"2.", 2, 2},          {"2.5.5", 3, 2.5f},
                 {"007", 3, 7},      {"1e3", 1, 1},     {"0.000001", 8, 1e-6f}, {"1000000", 7, 1e6f}, {"1.1x", 3, 1.1f},
                 {"0.10000000000000000000000000000", 31, 0.1f}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        float boost;
        CHECK_UINT(parse(&boost, cases[i].text), cases[i].length);
        CHECK_DOUBLE((double)boost, (double)cases[i].boost, 0);
    }
}

static void leaves_what_is_no_number(void)
{
    static const char *const texts[] = {"", ".", "x", "-1", "+1", "inf", "nan", " 1", ","};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        float boost;
        CHECK_THAT(parse(&boost, texts[i]) == 0, "%s", texts[i]);
    }
}

static void numbers_of_other_programs_have_an_end(void)
{
    static const struct {
        const char *text;
        size_t length;
    } cases[] = {{"-1", 2},   {"+.5x", 3}, {"1e300", 5}, {"-2.5E-7)", 7}, {"3", 1}, {"3e", 1}, {"3e+", 1}, {"3ex", 1},
                 {"--1", 0}, {"-", 0},    {"", 0},      {"-x", 0},       {"e5", 0}, {"-.", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_THAT(boost_skip_number((const uint8_t *)cases[i].text, strlen(cases[i].text)) == cases[i].length, "%s",
                   cases[i].text);
}

static void large_and_small_ones_are_out_of_range(void)
{
    static const char *const texts[] = {"0", "0.0", "0.0000009", "1000001", "99999999999999999999999999999999999999999999999999999"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        float boost;
        CHECK_UINT(parse(&boost, texts[i]), strlen(texts[i]));
        CHECK_THAT(boost < BOOST_LEAST || boost > BOOST_MOST, "%s", texts[i]);
    }
}

static void prints_the_shortest(void)
{
    static const struct {
        float boost;
        const char *text;
    } cases[] = {{2, "2"}, {0.1f, "0.1"}, {1e-6f, "0.000001"}, {1e6f, "1000000"}, {1.5f, "1.5"}, {0.3333333f, "0.3333333"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[BOOST_TEXT];
        boost_print(text, cases[i].boost);
        CHECK_STRING(text, cases[i].text);
    }
}

static void what_is_printed_reads_back(void)
{
    struct tap_random random = {1};
    for (size_t i = 0; i < tap_rounds(20000); i++) {
        uint32_t bits = (uint32_t)tap_random_next(&random);
        float boost, back;
        memcpy(&boost, &bits, sizeof boost);
        if (!(boost >= BOOST_LEAST && boost <= BOOST_MOST))
            continue;
        char text[BOOST_TEXT];
        boost_print(text, boost);
        CHECK_UINT(parse(&back, text), strlen(text));
        REQUIRE_THAT(back == boost, "%s is %.9g, not %.9g", text, (double)back, (double)boost);
    }
}

TAP_MAIN("boost", TAP_CASE(reads_decimals), TAP_CASE(leaves_what_is_no_number),
         TAP_CASE(numbers_of_other_programs_have_an_end),
         TAP_CASE(large_and_small_ones_are_out_of_range), TAP_CASE(prints_the_shortest), TAP_CASE(what_is_printed_reads_back))
