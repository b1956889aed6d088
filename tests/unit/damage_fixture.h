/* An index with something of everything that the format has, small enough to
 * be damaged byte by byte. */
#ifndef TRAWL_TESTS_DAMAGE_FIXTURE_H
#define TRAWL_TESTS_DAMAGE_FIXTURE_H

#include <stdint.h>

#include "tests/unit/segment_fixture.h"

/* `documents` in one segment: lists of every form (of one document, one block,
 * several, several groups from 4096 on), fields, parts, stored text, an order,
 * and a few deletes. Written and committed in `folder`. */
void damage_fixture_write(const char *folder, uint32_t documents, struct manifest *manifest);

#endif
