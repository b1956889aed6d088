/* What an apostrophe sets apart from a word, in the languages where that is no
 * part of it: l'avion is avion, dell'arte is arte, Ankara'da is Ankara. */
#ifndef TRAWL_TEXT_ELISION_H
#define TRAWL_TEXT_ELISION_H

#include <stddef.h>
#include <stdint.h>

struct elision;

/* The rule of a language, a static object; NULL when it has none. */
const struct elision *elision_of(const char *language);

/* Narrows a folded word to what remains; never to nothing. `elision` may be NULL. */
void elision_cut(const uint8_t **word, size_t *length, const struct elision *elision);

#endif
