/* Reads every byte of an index and holds it against every rule of FORMAT.md:
 * checksums; order of terms; lists against the dictionary (df, cf, lengths);
 * documents ascending and in range; bounds that bound; directories against
 * blocks; positions ascending; lengths and ends against positions; ids unique and
 * sorted; stored records that parse; deletes and counts against the manifest;
 * canonical choices are not checked. */
#ifndef INDEX_READ_CHECK_H
#define INDEX_READ_CHECK_H

#include "src/util/error.h"

/* Calls `damage` (may be NULL) for each finding, at most 100. -> 0 sound,
 * TRAWL_ERROR_CORRUPT damaged, other negative: could not look. */
int check_index(const char *folder, trawl_damage_callback *damage, void *context, struct trawl_error *error);

#endif
