#include "src/query/boost.h"

#include <stdio.h>
#include <string.h>

/* Digits past these change no float. */
enum { MOST_DIGITS = 18, MOST_DECIMALS = 15 };

struct decimal {
    uint64_t digits;
    int significant;
    int exponent; /* of ten; the value is digits * 10^exponent */
};

static int is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static void add_digit(struct decimal *decimal, uint8_t byte, int after_point)
{
    if (decimal->significant == MOST_DIGITS) {
        if (!after_point && decimal->exponent < 1000)
            decimal->exponent++;
        return;
    }
    decimal->digits = decimal->digits * 10 + (uint64_t)(byte - '0');
    decimal->significant += decimal->digits != 0;
    if (after_point && decimal->exponent > -1000)
        decimal->exponent--;
}

/* Exact for up to nine digits and 22 decimals, which covers all we print:
 * digits and power are exact as doubles then, and the division rounds once. */
static float value_of(const struct decimal *decimal)
{
    double value = (double)decimal->digits, power = 1;
    int steps = decimal->exponent < 0 ? -decimal->exponent : decimal->exponent;
    for (int i = 0; i < steps && power < 1e60; i++)
        power *= 10;
    value = decimal->exponent < 0 ? value / power : value * power;
    return value > 1e30 ? 1e30f : (float)value;
}

size_t boost_parse(float *boost, const uint8_t *text, size_t length)
{
    struct decimal decimal = {0};
    size_t at = 0, digits = 0, point = 0;
    for (; at < length && (is_digit(text[at]) || (text[at] == '.' && !point)); at++) {
        if (text[at] == '.') {
            point = 1;
            continue;
        }
        digits++;
        add_digit(&decimal, text[at], point != 0);
    }
    if (digits == 0)
        return 0;
    *boost = value_of(&decimal);
    return at;
}

static size_t sign_length(const uint8_t *text, size_t length)
{
    return length && (*text == '-' || *text == '+');
}

/* -> bytes of an exponent such as "e300" or "E-9", 0: none */
static size_t exponent_length(const uint8_t *text, size_t length)
{
    if (length == 0 || (*text != 'e' && *text != 'E'))
        return 0;
    const size_t start = 1 + sign_length(text + 1, length - 1);
    size_t at = start;
    while (at < length && is_digit(text[at]))
        at++;
    return at > start ? at : 0;
}

size_t boost_skip_number(const uint8_t *text, size_t length)
{
    float ignored;
    const size_t sign = sign_length(text, length), digits = boost_parse(&ignored, text + sign, length - sign);
    const size_t end = sign + digits;
    return digits ? end + exponent_length(text + end, length - end) : 0;
}

static void print_with(char text[BOOST_TEXT], double boost, int decimals)
{
    double power = 1;
    for (int i = 0; i < decimals; i++)
        power *= 10;
    uint64_t whole = (uint64_t)(boost * power + 0.5), unit = (uint64_t)power;
    if (decimals == 0)
        snprintf(text, BOOST_TEXT, "%llu", (unsigned long long)whole);
    else
        snprintf(text, BOOST_TEXT, "%llu.%0*llu", (unsigned long long)(whole / unit), decimals,
                 (unsigned long long)(whole % unit));
}

void boost_print(char text[BOOST_TEXT], float boost)
{
    for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
        float back = 0;
        print_with(text, (double)boost, decimals);
        boost_parse(&back, (const uint8_t *)text, strlen(text));
        if (back == boost)
            return;
    }
}
