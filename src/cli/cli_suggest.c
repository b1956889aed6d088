#include "src/cli/cli_suggest.h"

#include <string.h>

enum { NAME_MOST = 40 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edit distance with swaps of neighbours, over three rows of the table. */
size_t cli_suggest_distance(const char *a, const char *b)
{
    size_t rows[3][NAME_MOST + 1];
    const size_t a_length = least(strlen(a), NAME_MOST), b_length = least(strlen(b), NAME_MOST);
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

void cli_suggest_try(const char **best, size_t *distance, const char *typed, const char *name)
{
    const size_t length = strlen(typed);
    /* A beginning is meant to go on: --snip, --max-doc. */
    const int is_beginning = length >= 2 && strncmp(typed, name, length) == 0;
    const size_t found = is_beginning ? 0 : cli_suggest_distance(typed, name);
    if (found >= *distance || found > length / 3)
        return;
    *best = name;
    *distance = found;
}
