#include "index/write/pair_choice.h"

#include <stdlib.h>
#include <string.h>

#include "src/util/memory.h"

enum { MOST_WAITING = 4 * PAIR_TERMS }; /* candidates that are kept before they are thinned */

void pair_choice_init(struct pair_choice *choice, uint32_t documents)
{
    const uint64_t together = (uint64_t)documents * documents / PAIR_TOGETHER;
    *choice = (struct pair_choice){.pairs = {.is_there = 1, .least = PAIR_LEAST, .together = together}};
}

void pair_choice_release(struct pair_choice *choice)
{
    memory_free(choice->terms);
    *choice = (struct pair_choice){0};
}

static int compare(const void *a, const void *b)
{
    const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left < right) - (left > right);
}

/* Raises `least` until it leaves PAIR_TERMS or fewer. What it drops would be dropped in the end, too: to come are more
 * terms, not fewer. */
static void thin(struct pair_choice *choice)
{
    uint32_t frequencies[MOST_WAITING];
    if (choice->count > PAIR_TERMS) {
        for (size_t i = 0; i < choice->count; i++)
            frequencies[i] = choice->terms[i].entry.df;
        qsort(frequencies, choice->count, sizeof *frequencies, compare);
        choice->pairs.least = frequencies[PAIR_TERMS] + 1;
    }
    size_t kept = 0;
    for (size_t i = 0; i < choice->count; i++)
        if (choice->terms[i].entry.df >= choice->pairs.least)
            choice->terms[kept++] = choice->terms[i];
    choice->count = kept;
}

int pair_choice_add(struct pair_choice *choice, const uint8_t *term, size_t length, const struct term_entry *entry)
{
    if (!pairs_is_common(&choice->pairs, entry->df, length))
        return 0;
    if (choice->count == MOST_WAITING)
        thin(choice);
    if (memory_grow(&choice->terms, &choice->capacity, choice->count + 1, sizeof *choice->terms))
        return TRAWL_ERROR_MEMORY;
    struct common_term *common = &choice->terms[choice->count++];
    memcpy(common->bytes, term, length);
    common->length = (uint8_t)length;
    common->entry = *entry;
    return 0;
}

void pair_choice_close(struct pair_choice *choice)
{
    thin(choice);
}
