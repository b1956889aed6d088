#include "src/text/fold.h"

#include <string.h>
#include <unictype.h>

#include "src/text/acronym.h"
#include "src/text/apostrophes.h"
#include "src/text/marks.h"

enum { CAPITAL_I_WITH_DOT = 0x130, DOTLESS_I = 0x131 };

static uint32_t lower(uint32_t ascii)
{
    return ascii - 'A' < 26 ? ascii | 0x20 : ascii;
}

/* ASCII letters and digits alone need nothing but lower case. -> 1 when that is what the word is */
static int fold_plain(struct folding *folding, const uint8_t *surface, size_t length, unsigned rules)
{
    if (length > TOKEN_MAX_BYTES)
        return 0;
    for (size_t i = 0; i < length; i++) {
        const uint32_t character = lower(surface[i]);
        if (character - 'a' >= 26 && character - '0' >= 10)
            return 0;
        if ((rules & FOLD_TURKISH) && surface[i] == 'I')
            return 0;
        folding->word[i] = (uint8_t)character;
    }
    folding->length = length;
    return 1;
}

static void drop_ignorable(struct codepoints *points)
{
    size_t kept = 0;
    for (size_t i = 0; i < points->count; i++)
        if (!uc_is_property_default_ignorable_code_point(points->at[i]))
            points->at[kept++] = points->at[i];
    points->count = kept;
}

static void fold_turkish_i(struct codepoints *points)
{
    for (size_t i = 0; i < points->count; i++) {
        if (points->at[i] == 'I')
            points->at[i] = DOTLESS_I;
        else if (points->at[i] == CAPITAL_I_WITH_DOT)
            points->at[i] = 'i';
    }
}

static void fold_ascii(struct codepoints *points, unsigned rules)
{
    if (rules & FOLD_TURKISH)
        fold_turkish_i(points);
    for (size_t i = 0; i < points->count; i++)
        points->at[i] = lower(points->at[i]);
}

/* Composed first, so that I and a dot above meet İ, and marks stand in one order. */
static int fold_unicode(struct folding *folding, unsigned rules)
{
    struct codepoints *points = &folding->points, *spare = &folding->spare;
    drop_ignorable(points);
    int status = codepoints_nfkc(spare, points);
    if (status)
        return status;
    if (rules & FOLD_TURKISH)
        fold_turkish_i(spare);
    status = codepoints_casefold(points, spare);
    if (status)
        return status;
    status = codepoints_nfkc(spare, points);
    if (status)
        return status;
    memcpy(points->at, spare->at, spare->count * sizeof *spare->at);
    points->count = spare->count;
    return 0;
}

int fold_word(struct folding *folding, const uint8_t *surface, size_t length, unsigned rules)
{
    if (fold_plain(folding, surface, length, rules))
        return 0;
    struct codepoints *points = &folding->points;
    codepoints_read(points, surface, length);
    int status = 0;
    if (codepoints_are_ascii(points))
        fold_ascii(points, rules);
    else
        status = fold_unicode(folding, rules);
    if (status)
        return status;
    apostrophes_straighten(points);
    acronym_close(points);
    if (rules & FOLD_MARKS)
        status = marks_strip(points, &folding->spare);
    folding->length = codepoints_write(folding->word, points);
    return status;
}

int fold_marks(struct folding *folding, const uint8_t *word, size_t length)
{
    codepoints_read(&folding->points, word, length);
    const int status = marks_strip(&folding->points, &folding->spare);
    folding->length = codepoints_write(folding->word, &folding->points);
    return status;
}
