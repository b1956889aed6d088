/* Choosing passages: windows over the matches of all fields, the best first.
 *
 * A window is a row of matches in one zone that fits the length. Zones are what
 * is left of the texts: at first each text is one; a chosen passage parts its
 * zone in two, and the matches in it are spent. */
#ifndef SRC_SNIPPET_PASSAGE_H
#define SRC_SNIPPET_PASSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "src/snippet/extent.h"
#include "src/snippet/scan.h"

#define ZONE_SPENT UINT32_MAX

struct zone {
    uint32_t field; /* number in the array given to snippet_make */
    struct extent bounds;
};

struct passages {
    const struct snippet_field *fields;
    struct match_list matches; /* by field in order of preference, then start */
    struct zone *zones;
    size_t zone_count, zone_capacity;
    const struct wanted *wanted;
    uint32_t *seen;  /* by leaf: how many matches of the window at hand */
    uint32_t *shown; /* by match: characters from the start of the one before it */
    size_t length;
    struct arena *scratch;
};

struct passage {
    uint32_t field; /* as in struct zone */
    struct extent extent;
};

/* Adds a text and its matches, which start at number `from` of the list. */
int passages_add(struct passages *passages, uint32_t field, size_t from);

/* Once, before the first choice. */
int passages_prepare(struct passages *passages);

/* Takes the best passage that is left. -> 1, 0: there is none, or negative. */
int passages_choose(struct passage *passage, struct passages *passages);

#endif
