#include "src/cli/cli_number.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *cli_number_float(char out[CLI_NUMBER_SIZE], float value)
{
    for (int digits = 6; digits <= 9; digits++) {
        snprintf(out, CLI_NUMBER_SIZE, "%.*g", digits, (double)value);
        if (strtof(out, NULL) == value)
            break;
    }
    return out;
}

const char *cli_number_double(char out[CLI_NUMBER_SIZE], double value)
{
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(out, CLI_NUMBER_SIZE, "%.*g", digits, value);
        if (strtod(out, NULL) == value)
            break;
    }
    return out;
}

const char *cli_number_grouped(char out[CLI_NUMBER_SIZE], uint64_t value)
{
    char digits[24];
    const int count = snprintf(digits, sizeof digits, "%" PRIu64, value);
    size_t length = 0;
    for (int i = 0; i < count; i++) {
        if (i && (count - i) % 3 == 0)
            out[length++] = ',';
        out[length++] = digits[i];
    }
    out[length] = '\0';
    return out;
}

const char *cli_number_bytes(char out[CLI_NUMBER_SIZE], uint64_t bytes)
{
    static const char *const units[] = {"kB", "MB", "GB", "TB", "PB", "EB"};
    if (bytes < 1000) {
        snprintf(out, CLI_NUMBER_SIZE, "%" PRIu64 " bytes", bytes);
        return out;
    }
    double value = (double)bytes / 1000;
    size_t unit = 0;
    for (; value >= 999.95 && unit + 1 < sizeof units / sizeof *units; unit++)
        value /= 1000;
    snprintf(out, CLI_NUMBER_SIZE, "%.1f %s", value, units[unit]);
    return out;
}

/* -> where the digits end; NULL: none, or too large a number. */
static const char *parse_digits(uint64_t *value, const char *text)
{
    const char *at = text;
    *value = 0;
    for (; *at >= '0' && *at <= '9'; at++) {
        const uint64_t digit = (uint64_t)(*at - '0');
        if (*value > (UINT64_MAX - digit) / 10)
            return NULL;
        *value = *value * 10 + digit;
    }
    return at == text ? NULL : at;
}

int cli_number_parse(uint64_t *value, const char *text)
{
    const char *end = parse_digits(value, text);
    return end && !*end ? 0 : -1;
}

int cli_number_parse_bytes(uint64_t *value, const char *text)
{
    const char *end = parse_digits(value, text);
    if (!end)
        return -1;
    if (!*end)
        return 0;
    static const char letters[] = "KkMmGgTt";
    const char *letter = strchr(letters, *end);
    if (!letter || end[1])
        return -1;
    const unsigned shift = 10 * (unsigned)((letter - letters) / 2 + 1);
    if (*value > UINT64_MAX >> shift)
        return -1;
    *value <<= shift;
    return 0;
}

int cli_number_parse_float(float *value, const char *text)
{
    if (!*text || strspn(text, "0123456789.eE+-") != strlen(text))
        return -1;
    char *end;
    *value = strtof(text, &end);
    return *end || !isfinite(*value) ? -1 : 0;
}
