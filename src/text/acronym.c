#include "src/text/acronym.h"

#include <unictype.h>

/* The word is folded, so ASCII letters are small. A letter may carry marks: the
 * vowel signs of Indian scripts are such. */

static int is_letter(uint32_t character)
{
    if (character < 0x80)
        return character - 'a' < 26;
    return uc_is_general_category_withtable(character, UC_CATEGORY_MASK_L);
}

static int is_mark(uint32_t character)
{
    return character >= 0x80 && uc_is_general_category_withtable(character, UC_CATEGORY_MASK_M);
}

/* -> the end of the letter with its marks at `at`, or `at` when there is none */
static size_t letter_end(const struct codepoints *points, size_t at)
{
    if (at == points->count || !is_letter(points->at[at]))
        return at;
    do
        at++;
    while (at < points->count && is_mark(points->at[at]));
    return at;
}

static int is_acronym(const struct codepoints *points)
{
    size_t letters = 0;
    for (size_t at = 0; at < points->count; at++) {
        const size_t end = letter_end(points, at);
        if (end == at || (end < points->count && points->at[end] != '.'))
            return 0;
        letters++;
        at = end;
    }
    return letters >= 2;
}

void acronym_close(struct codepoints *points)
{
    if (!is_acronym(points))
        return;
    size_t kept = 0;
    for (size_t i = 0; i < points->count; i++)
        if (points->at[i] != '.')
            points->at[kept++] = points->at[i];
    points->count = kept;
}
