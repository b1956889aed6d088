/* don't, don’t, donʼt and don＇t are one word. */
#ifndef TRAWL_TEXT_APOSTROPHES_H
#define TRAWL_TEXT_APOSTROPHES_H

#include "src/text/codepoints.h"

/* Turns all that is typed for an apostrophe into ', the Hebrew sign for
 * abbreviations into ", and drops them at either end of the word. */
void apostrophes_straighten(struct codepoints *points);

#endif
