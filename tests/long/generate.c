/* generate MEGABYTES [SEED [WORDS]]
 *
 * Writes documents as JSON Lines, about so many million bytes of them, always
 * the same for the same seed. Few words are frequent and many are rare, as in
 * a language, and new ones go on coming, so that a dictionary keeps growing.
 * WORDS is how many each text has: otherwise from twenty to five hundred. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { COMMON = 1 << 16, RARE = 1 << 30, ONE_IN_RARE = 50, SHORTEST = 20, LONGEST = 500 };

static uint64_t state;

static uint32_t next_random(void)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33);
}

/* A number below a bound that is itself below a bound: small ones are frequent. */
static uint32_t skewed(void)
{
    uint32_t bits = next_random() % 17;
    return next_random() % (COMMON >> bits);
}

/* The number in syllables. */
static size_t put_word(uint32_t number)
{
    size_t length = 0;
    do {
        putchar("bdfghklmnprstvwz"[number % 16]);
        putchar("aeiou"[number / 16 % 5]);
        number /= 80;
        length += 2;
    } while (number);
    putchar(' ');
    return length + 1;
}

static size_t put_text(uint32_t words)
{
    size_t length = 0;
    while (words--)
        length += put_word(next_random() % ONE_IN_RARE ? skewed() : next_random() % RARE);
    return length;
}

int main(int argument_count, char **arguments)
{
    if (argument_count < 2)
        return 2;
    const uint64_t wanted = strtoull(arguments[1], NULL, 10) * 1000000;
    state = argument_count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
    const uint32_t words = argument_count > 3 ? (uint32_t)strtoul(arguments[3], NULL, 10) : 0;
    uint64_t written = 0;
    for (uint64_t number = 0; written < wanted; number++) {
        written += (uint64_t)printf("{\"id\":\"g%llu\",\"title\":\"", (unsigned long long)number);
        written += put_text(1 + next_random() % 6);
        written += (uint64_t)printf("\",\"text\":\"");
        written += put_text(words ? words : SHORTEST + next_random() % (LONGEST - SHORTEST));
        written += (uint64_t)printf("\"}\n");
    }
    return fflush(stdout) != 0;
}
