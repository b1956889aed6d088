#include "src/text/marks.h"

#include <string.h>
#include <unictype.h>

static int is_latin_or_greek(uint32_t character)
{
    const uc_script_t *script = uc_script(character);
    return script && (strcmp(script->name, "Latin") == 0 || strcmp(script->name, "Greek") == 0);
}

/* Drops nonspacing marks after Latin and Greek letters. -> how many */
static size_t drop_marks(struct codepoints *points)
{
    int drops = 0;
    size_t kept = 0;
    for (size_t i = 0; i < points->count; i++) {
        const uint32_t character = points->at[i];
        const int is_mark = uc_is_general_category_withtable(character, UC_CATEGORY_MASK_M);
        if (!is_mark)
            drops = is_latin_or_greek(character);
        else if (drops && uc_is_general_category_withtable(character, UC_CATEGORY_MASK_Mn))
            continue;
        points->at[kept++] = character;
    }
    const size_t dropped = points->count - kept;
    points->count = kept;
    return dropped;
}

int marks_strip(struct codepoints *points, struct codepoints *spare)
{
    if (codepoints_are_ascii(points))
        return 0;
    const int status = codepoints_nfd(spare, points);
    if (status)
        return status;
    return drop_marks(spare) > 0 ? codepoints_nfc(points, spare) : 0;
}
