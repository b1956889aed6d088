/* U.S. and US are one word. */
#ifndef TRAWL_TEXT_ACRONYM_H
#define TRAWL_TEXT_ACRONYM_H

#include "src/text/codepoints.h"

/* Closes up a word of single letters with dots between them, two at least: the
 * dots go, a last one too. Other words stay as they are. */
void acronym_close(struct codepoints *points);

#endif
