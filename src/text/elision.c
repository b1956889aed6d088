#include "src/text/elision.h"

#include <string.h>

/* Newer versions of the stemmers do some of this themselves. Doing it here
 * makes it hold for all of them, and for prefixes, which are not stemmed. */

enum { MOST_PREFIXES = 32 };

struct elision {
    const char *language;
    int drops_suffix;                    /* 1: what follows the apostrophe goes */
    const char *prefixes[MOST_PREFIXES]; /* what goes with an apostrophe after it */
};

static const struct elision elisions[] = {
    {"french", 0, {"c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"}},
    {"italian", 0, {"c", "d", "l", "m", "s", "t", "v", "un", "gl", "all", "dall", "dell", "nell", "sull", "coll",
                    "agl", "dagl", "degl", "negl", "sugl", "quell", "quest"}},
    {"catalan", 0, {"d", "l", "m", "n", "s", "t"}},
    {"turkish", 1, {NULL}},
};

const struct elision *elision_of(const char *language)
{
    for (size_t i = 0; i < sizeof elisions / sizeof *elisions; i++)
        if (strcmp(elisions[i].language, language) == 0)
            return &elisions[i];
    return NULL;
}

static int is_prefix(const uint8_t *bytes, size_t length, const struct elision *elision)
{
    for (const char *const *prefix = elision->prefixes; *prefix; prefix++)
        if (strlen(*prefix) == length && memcmp(*prefix, bytes, length) == 0)
            return 1;
    return 0;
}

void elision_cut(const uint8_t **word, size_t *length, const struct elision *elision)
{
    if (!elision)
        return;
    const uint8_t *apostrophe = memchr(*word, '\'', *length);
    if (!apostrophe)
        return;
    const size_t before = (size_t)(apostrophe - *word), after = *length - before - 1;
    if (elision->drops_suffix && before > 0) {
        *length = before;
    } else if (after > 0 && is_prefix(*word, before, elision)) {
        *word += before + 1;
        *length = after;
    }
}
