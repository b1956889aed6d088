#include "src/text/elision.h"

#include <string.h>

#include "tests/unit/tap.h"

struct row {
    const char *language, *word, *rest;
};

static void what_the_apostrophe_sets_apart_goes(void)
{
    static const struct row rows[] = {
        {"french", "l'avion", "avion"},
        {"french", "qu'il", "il"},
        {"french", "jusqu'ici", "ici"},
        {"french", "aujourd'hui", "aujourd'hui"},
        {"french", "l'", "l'"},
        {"french", "'l", "'l"},
        {"french", "avion", "avion"},
        {"french", "d'l'a", "l'a"},
        {"italian", "dell'arte", "arte"},
        {"italian", "un'altra", "altra"},
        {"italian", "po'poco", "po'poco"},
        {"catalan", "l'aigua", "aigua"},
        {"turkish", "ankara'da", "ankara"},
        {"turkish", "'da", "'da"},
        {"turkish", "ankara", "ankara"},
        {"english", "l'avion", "l'avion"},
        {"none", "l'avion", "l'avion"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const uint8_t *word = (const uint8_t *)rows[i].word;
        size_t length = strlen(rows[i].word);
        elision_cut(&word, &length, elision_of(rows[i].language));
        CHECK_BYTES(word, length, rows[i].rest, strlen(rows[i].rest));
    }
}

TAP_MAIN("elision", TAP_CASE(what_the_apostrophe_sets_apart_goes))
