/* Surface words to terms. An analyzer is what an index was built with: a
 * language, its Snowball stemmer, the folding rules. It never changes and may
 * be shared by threads; the working state (a stemmer instance, scratch space)
 * is a struct analysis, one per thread.
 *
 * A term is the surface word after: compatibility case folding
 * (NFKC_Casefold), curly apostrophes straightened, dotted acronyms closed up
 * (U.S. and US meet), elided articles and suffixes cut off (French l', Turkish
 * 'da), marks stripped on Latin and Greek (before the stemmer for English and
 * none, after it for the others), the stemmer. A surface word gives one term
 * or none, never several. Terms are at most TOKEN_MAX_BYTES. */
#ifndef TRAWL_TEXT_ANALYZER_H
#define TRAWL_TEXT_ANALYZER_H

#include <stddef.h>
#include <stdint.h>

#include "src/text/tokenizer.h"
#include "src/util/arena.h"
#include "src/util/error.h"

struct analyzer;
struct analysis;

/* `language`: a Snowball language's name ("english"), or "none". An unknown one
 * is TRAWL_ERROR_ARGUMENT and the message lists those there are. */
int analyzer_new(struct analyzer **analyzer, const char *language, struct trawl_error *error);
void analyzer_free(struct analyzer *analyzer);

const char *analyzer_language(const struct analyzer *analyzer);

/* One line that says all that shapes terms: rules version, Unicode version,
 * language, when marks are stripped, fingerprint of the stemmer (a hash over
 * fixed words). Two analyzers that describe themselves alike give the same
 * terms. At most 255 bytes. */
const char *analyzer_description(const struct analyzer *analyzer);

/* The Snowball languages that the library has, NULL-terminated. */
const char *const *analyzer_languages(void);

int analysis_new(struct analysis **analysis, const struct analyzer *analyzer, struct trawl_error *error);
void analysis_free(struct analysis *analysis);

/* What the analysis was made for. */
const struct analyzer *analysis_analyzer(const struct analysis *analysis);

enum word_form {
    WORD_STEMMED, /* what the index holds */
    WORD_FOLDED   /* all but the stemmer: what prefixes compare; marks stripped as for the index's terms */
};

/* The term of a surface word. *term points into the analysis' scratch space
 * and holds until its next call; *length 0 means that the word gives none.
 * -> 0, or TRAWL_ERROR_MEMORY. */
int analysis_word(const uint8_t **term, size_t *length, struct analysis *analysis, const uint8_t *surface,
                  size_t surface_length, enum word_form form);

struct token {
    const uint8_t *term;
    uint32_t term_length;
    uint32_t position;   /* counts words that gave a term, from 0 */
    size_t start, end;   /* bytes of the text */
};

struct token_list {
    struct token *tokens; /* all memory in the arena given */
    size_t count;
};

/* All tokens of a text, in `arena`. */
int analysis_text(struct token_list *list, struct analysis *analysis, const uint8_t *text, size_t length,
                  enum word_form form, struct arena *arena, struct trawl_error *error);

#endif
