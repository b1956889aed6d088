#include "src/text/analyzer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "src/text/elision.h"
#include "src/text/fold.h"
#include "src/text/stemmer.h"
#include "src/text/unicodeversion.h"
#include "src/text/utf8.h"
#include "src/util/memory.h"

/* Raised when the same text would give other terms than before. */
enum { RULES_VERSION = 1 };

enum { LANGUAGE_SIZE = 32, DESCRIPTION_SIZE = 256 };

struct analyzer {
    int stems;              /* 0: the language is "none" */
    int strips_marks_first; /* before the stemmer; else after it */
    unsigned fold_rules;    /* enum fold_rule, FOLD_MARKS aside */
    const struct elision *elision;
    char language[LANGUAGE_SIZE];
    char description[DESCRIPTION_SIZE];
};

struct analysis {
    const struct analyzer *analyzer;
    struct stemmer *stemmer; /* NULL for "none" */
    struct folding folding;  /* holds the word last analysed */
    struct folding stripped; /* and its stem, where marks go last */
};

const char *const *analyzer_languages(void)
{
    return stemmer_languages();
}

const char *analyzer_language(const struct analyzer *analyzer)
{
    return analyzer->language;
}

const char *analyzer_description(const struct analyzer *analyzer)
{
    return analyzer->description;
}

/* ------------------------------------------------------------ the analyzer */

static int unknown_language(const char *language, struct trawl_error *error)
{
    char known[400] = "none";
    size_t length = strlen(known);
    for (const char *const *each = analyzer_languages(); *each && length + strlen(*each) + 3 < sizeof known; each++) {
        memcpy(known + length, ", ", 2);
        strcpy(known + length + 2, *each);
        length += 2 + strlen(*each);
    }
    return error_set(error, TRAWL_ERROR_ARGUMENT, "unknown language \"%.40s\"; there are: %s", language, known);
}

static int is_known(const char *language)
{
    if (strcmp(language, "none") == 0)
        return 1;
    for (const char *const *each = analyzer_languages(); *each; each++)
        if (strcmp(language, *each) == 0)
            return strlen(language) < LANGUAGE_SIZE;
    return 0;
}

/* English writes accents in foreign words only, and as often leaves them out:
 * they go before the stemmer, so that it sees one spelling. */
static int is_english(const char *language)
{
    return strcmp(language, "english") == 0 || strcmp(language, "porter") == 0 || strcmp(language, "lovins") == 0;
}

static void choose_rules(struct analyzer *analyzer, const char *language)
{
    strcpy(analyzer->language, language);
    analyzer->stems = strcmp(language, "none") != 0;
    analyzer->strips_marks_first = !analyzer->stems || is_english(language);
    analyzer->fold_rules = strcmp(language, "turkish") == 0 ? FOLD_TURKISH : 0;
    analyzer->elision = elision_of(language);
}

static int fingerprint(uint64_t *print, const char *language, struct trawl_error *error)
{
    struct stemmer *stemmer;
    int status = stemmer_new(&stemmer, language, error);
    if (status)
        return status;
    status = stemmer_fingerprint(print, stemmer);
    stemmer_free(stemmer);
    return status ? error_memory(error) : 0;
}

static int describe(struct analyzer *analyzer, struct trawl_error *error)
{
    char stemmer[64] = "none";
    if (analyzer->stems) {
        uint64_t print;
        const int status = fingerprint(&print, analyzer->language, error);
        if (status)
            return status;
        snprintf(stemmer, sizeof stemmer, "%s-%016" PRIx64, analyzer->language, print);
    }
    snprintf(analyzer->description, DESCRIPTION_SIZE,
             "rules=%d unicode=%s words=uax29 folding=nfkc_casefold marks=%s stemmer=%s", RULES_VERSION, unicode_version(),
             analyzer->strips_marks_first ? "before-stemmer" : "after-stemmer", stemmer);
    return 0;
}

int analyzer_new(struct analyzer **analyzer, const char *language, struct trawl_error *error)
{
    *analyzer = NULL;
    if (!is_known(language))
        return unknown_language(language, error);
    struct analyzer *made = memory_alloc_zero(1, sizeof *made);
    if (!made)
        return error_memory(error);
    choose_rules(made, language);
    const int status = describe(made, error);
    if (status) {
        memory_free(made);
        return status;
    }
    *analyzer = made;
    return 0;
}

void analyzer_free(struct analyzer *analyzer)
{
    memory_free(analyzer);
}

/* ------------------------------------------------------------ the analysis */

int analysis_new(struct analysis **analysis, const struct analyzer *analyzer, struct trawl_error *error)
{
    *analysis = NULL;
    struct analysis *made = memory_alloc(sizeof *made);
    if (!made)
        return error_memory(error);
    made->analyzer = analyzer;
    made->stemmer = NULL;
    const int status = analyzer->stems ? stemmer_new(&made->stemmer, analyzer->language, error) : 0;
    if (status) {
        memory_free(made);
        return status;
    }
    *analysis = made;
    return 0;
}

void analysis_free(struct analysis *analysis)
{
    if (!analysis)
        return;
    stemmer_free(analysis->stemmer);
    memory_free(analysis);
}

const struct analyzer *analysis_analyzer(const struct analysis *analysis)
{
    return analysis->analyzer;
}

/* Stems and strips marks, in the language's order. */
static int finish(const uint8_t **term, size_t *length, struct analysis *analysis, enum word_form form)
{
    const struct analyzer *analyzer = analysis->analyzer;
    if (form == WORD_STEMMED && analyzer->stems) {
        const int status = stemmer_stem(term, length, analysis->stemmer, *term, *length);
        if (status)
            return status;
    }
    if (analyzer->strips_marks_first || utf8_is_ascii(*term, *length))
        return 0;
    const int status = fold_marks(&analysis->stripped, *term, *length);
    *term = analysis->stripped.word;
    *length = analysis->stripped.length;
    return status;
}

int analysis_word(const uint8_t **term, size_t *length, struct analysis *analysis, const uint8_t *surface,
                  size_t surface_length, enum word_form form)
{
    const struct analyzer *analyzer = analysis->analyzer;
    const unsigned rules = analyzer->fold_rules | (analyzer->strips_marks_first ? FOLD_MARKS : 0u);
    *term = NULL;
    *length = 0;
    int status = fold_word(&analysis->folding, surface, surface_length, rules);
    if (status)
        return status;
    *term = analysis->folding.word;
    *length = analysis->folding.length;
    if (*length == 0)
        return 0;
    elision_cut(term, length, analyzer->elision);
    status = finish(term, length, analysis, form);
    *length = utf8_cut(*term, *length, TOKEN_MAX_BYTES);
    return status;
}

static size_t count_words(const uint8_t *text, size_t length)
{
    struct tokenizer tokenizer;
    struct surface surface;
    size_t count = 0;
    tokenizer_init(&tokenizer, text, length);
    while (tokenizer_next(&tokenizer, &surface))
        count++;
    return count;
}

static int add_token(struct token_list *list, const uint8_t *term, size_t term_length, const struct surface *surface,
                     const uint8_t *text, struct arena *arena)
{
    const uint8_t *copy = arena_copy(arena, term, term_length);
    if (!copy)
        return TRAWL_ERROR_MEMORY;
    const size_t start = (size_t)(surface->bytes - text);
    list->tokens[list->count] = (struct token){
        .term = copy,
        .term_length = (uint32_t)term_length,
        .position = (uint32_t)list->count,
        .start = start,
        .end = start + surface->length,
    };
    list->count++;
    return 0;
}

int analysis_text(struct token_list *list, struct analysis *analysis, const uint8_t *text, size_t length,
                  enum word_form form, struct arena *arena, struct trawl_error *error)
{
    *list = (struct token_list){0};
    const size_t words = count_words(text, length);
    if (words == 0)
        return 0;
    if (words > SIZE_MAX / sizeof *list->tokens || !(list->tokens = arena_alloc(arena, words * sizeof *list->tokens)))
        return error_memory(error);
    struct tokenizer tokenizer;
    struct surface surface;
    tokenizer_init(&tokenizer, text, length);
    while (tokenizer_next(&tokenizer, &surface)) {
        const uint8_t *term;
        size_t term_length;
        int status = analysis_word(&term, &term_length, analysis, surface.bytes, surface.length, form);
        if (status == 0 && term_length > 0)
            status = add_token(list, term, term_length, &surface, text, arena);
        if (status)
            return error_memory(error);
    }
    return 0;
}
