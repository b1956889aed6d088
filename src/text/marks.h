/* Accents off Latin and Greek letters: cafe finds café. */
#ifndef TRAWL_TEXT_MARKS_H
#define TRAWL_TEXT_MARKS_H

#include "src/text/codepoints.h"

/* Takes off what canonical decomposition separates from a Latin or Greek
 * letter; the rest of the word is left composed (NFC), as it must be before.
 * Letters that do not decompose (ø, ł, đ, æ, ı) stay, and so do the marks of
 * all other scripts, where they tell words apart (й, が, हि). `spare` is for
 * the work. -> 0, or TRAWL_ERROR_MEMORY */
int marks_strip(struct codepoints *points, struct codepoints *spare);

#endif
