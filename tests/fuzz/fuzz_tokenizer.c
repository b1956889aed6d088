/* Texts of any bytes: the words lie in the text in order, are short, whole
 * characters, and those that the rules alone find; each gives a term that is
 * valid and short. The first byte chooses the language. */
#include <stdio.h>
#include <stdlib.h>

#include "src/text/analyzer.h"
#include "src/text/utf8.h"
#include "src/text/wordspan.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void must(int holds, const char *law)
{
    if (holds)
        return;
    fprintf(stderr, "broken: %s\n", law);
    abort();
}

/* The next word by the rules alone. */
static int next_by_rules(struct wordspan *span, const uint8_t *text, size_t length)
{
    while (span->end < length) {
        const size_t start = span->end;
        wordspan_find(span, text, length, start);
        must(span->end > start && span->end <= length, "spans follow each other");
        if (span->word_end > span->word_start)
            return 1;
    }
    return 0;
}

static void check_term(struct analysis *analysis, const struct surface *surface)
{
    for (int form = WORD_STEMMED; form <= WORD_FOLDED; form++) {
        const uint8_t *term;
        size_t length;
        must(analysis_word(&term, &length, analysis, surface->bytes, surface->length, (enum word_form)form) == 0, "terms are made");
        must(length <= TOKEN_MAX_BYTES, "terms are short");
        must(utf8_valid_length(term, length) == length, "terms are valid");
    }
}

static void check_text(struct analysis *analysis, const uint8_t *text, size_t length)
{
    struct tokenizer tokenizer;
    struct surface surface;
    struct wordspan span = {0};
    size_t end = 0;
    tokenizer_init(&tokenizer, text, length);
    while (tokenizer_next(&tokenizer, &surface)) {
        const size_t start = (size_t)(surface.bytes - text);
        must(start >= end && surface.length <= length - start, "words lie in the text, in order");
        must(surface.length >= 1 && surface.length <= TOKEN_MAX_BYTES, "words are short");
        must(utf8_valid_length(surface.bytes, surface.length) == surface.length, "words are valid");
        must((surface.is_ascii != 0) == (utf8_is_ascii(surface.bytes, surface.length) != 0), "is_ascii is true");
        end = start + surface.length;
        must(next_by_rules(&span, text, length) && span.word_start == start && span.word_end == end, "the short cut follows the rules");
        check_term(analysis, &surface);
    }
    must(!next_by_rules(&span, text, length), "no word is missing");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const languages[] = {"none", "english", "german", "turkish", "greek", "arabic", "french", "hindi"};
    if (length == 0)
        return 0;
    struct analyzer *analyzer;
    struct analysis *analysis;
    if (analyzer_new(&analyzer, languages[bytes[0] % 8], NULL) || analysis_new(&analysis, analyzer, NULL))
        abort();
    check_text(analysis, bytes + 1, length - 1);
    analysis_free(analysis);
    analyzer_free(analyzer);
    return 0;
}
