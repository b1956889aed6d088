#include "src/text/analyzer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/text/unicodeversion.h"
#include "src/text/utf8.h"
#include "src/util/memory.h"
#include "tests/unit/tap.h"

/* An analyzer with its state, for one language after the other. */
struct bench {
    struct analyzer *analyzer;
    struct analysis *analysis;
    struct arena arena;
};

static void bench_open(struct bench *bench, const char *language)
{
    struct trawl_error error = {0};
    *bench = (struct bench){0};
    arena_init(&bench->arena);
    REQUIRE_OK(analyzer_new(&bench->analyzer, language, &error), &error);
    REQUIRE_OK(analysis_new(&bench->analysis, bench->analyzer, &error), &error);
}

static void bench_close(struct bench *bench)
{
    analysis_free(bench->analysis);
    analyzer_free(bench->analyzer);
    arena_release(&bench->arena);
}

static struct token_list tokens_of(struct bench *bench, const char *text, size_t length, enum word_form form)
{
    struct token_list list;
    struct trawl_error error = {0};
    REQUIRE_OK(analysis_text(&list, bench->analysis, (const uint8_t *)text, length, form, &bench->arena, &error), &error);
    return list;
}

/* The terms with blanks between them. */
static void check_terms(const char *language, const char *text, enum word_form form, const char *expected)
{
    struct bench bench;
    char found[2048] = "";
    bench_open(&bench, language);
    const struct token_list list = tokens_of(&bench, text, strlen(text), form);
    for (size_t i = 0; i < list.count; i++) {
        strcat(found, i > 0 ? " " : "");
        strncat(found, (const char *)list.tokens[i].term, list.tokens[i].term_length);
    }
    CHECK_STRING(found, expected);
    bench_close(&bench);
}

static void marks_go_before_the_stemmer_in_english_and_after_it_elsewhere(void)
{
    check_terms("english", "r\u00E9sum\u00E9s resumes", WORD_STEMMED, "resum resum");
    check_terms("none", "R\u00E9sum\u00E9s", WORD_STEMMED, "resumes");
    check_terms("french", "\u00E9t\u00E9s continuit\u00E9", WORD_STEMMED, "ete continu");
    check_terms("german", "H\u00E4user Hauser", WORD_STEMMED, "haus haus");
    check_terms("finnish", "p\u00E4iv\u00E4n\u00E4", WORD_STEMMED, "paiva");
}

static void folded_words_are_not_stemmed(void)
{
    check_terms("english", "Running CAF\u00C9S don\u2019t", WORD_FOLDED, "running cafes don't");
    check_terms("german", "H\u00E4user", WORD_FOLDED, "hauser");
    check_terms("french", "l\u2019\u00C9cole", WORD_FOLDED, "ecole");
    check_terms("russian", "\u0413\u043E\u0440\u043E\u0434\u0430\u043C\u0438", WORD_FOLDED, "\u0433\u043E\u0440\u043E\u0434\u0430\u043C\u0438");
}

static void spellings_of_one_word_meet(void)
{
    check_terms("english", "don't don\u2019t DON\uFF07T", WORD_STEMMED, "don't don't don't");
    check_terms("english", "boy's boys boy\u2019s", WORD_STEMMED, "boy boy boy");
    check_terms("english", "U.S. u.s US", WORD_STEMMED, "us us us");
    check_terms("turkish", "I\u015EIK \u0131\u015F\u0131k", WORD_STEMMED, "\u0131s\u0131k \u0131s\u0131k");
}

static void a_word_that_folds_to_nothing_takes_no_position(void)
{
    struct bench bench;
    bench_open(&bench, "none");
    const char text[] = "one \u3164 two";
    const struct token_list list = tokens_of(&bench, text, sizeof text - 1, WORD_STEMMED);
    REQUIRE_UINT(list.count, 2);
    CHECK_UINT(list.tokens[1].position, 1);
    CHECK_UINT(list.tokens[1].start, 8);
    bench_close(&bench);
}

static void a_text_without_words_has_no_tokens(void)
{
    struct bench bench;
    bench_open(&bench, "english");
    CHECK_UINT(tokens_of(&bench, "", 0, WORD_STEMMED).count, 0);
    CHECK_UINT(tokens_of(&bench, "... \u2014 ___", 11, WORD_STEMMED).count, 0);
    bench_close(&bench);
}

static void long_words_give_short_terms_in_every_language(void)
{
    char text[1200] = "";
    for (size_t i = 0; i < 60; i++)
        strcat(text, "abcdefghi\u00E9jklmnopq");
    for (const char *const *language = analyzer_languages(); *language; language++) {
        struct bench bench;
        bench_open(&bench, *language);
        const struct token_list list = tokens_of(&bench, text, strlen(text), WORD_STEMMED);
        CHECK(list.count >= 5);
        for (size_t i = 0; i < list.count; i++)
            CHECK(list.tokens[i].term_length >= 1 && list.tokens[i].term_length <= TOKEN_MAX_BYTES);
        bench_close(&bench);
    }
}

/* ---------------------------------------------------------- descriptions */

static void descriptions_say_what_shapes_terms(void)
{
    struct analyzer *english, *again, *german, *none;
    REQUIRE_INT(analyzer_new(&english, "english", NULL), 0);
    REQUIRE_INT(analyzer_new(&again, "english", NULL), 0);
    REQUIRE_INT(analyzer_new(&german, "german", NULL), 0);
    REQUIRE_INT(analyzer_new(&none, "none", NULL), 0);
    CHECK_STRING(analyzer_language(english), "english");
    CHECK_STRING(analyzer_description(english), analyzer_description(again));
    CHECK(strcmp(analyzer_description(english), analyzer_description(german)) != 0);
    CHECK(strstr(analyzer_description(german), "marks=after-stemmer stemmer=german-") != NULL);
    char expected[256];
    snprintf(expected, sizeof expected,
             "rules=1 unicode=%s words=uax29 folding=nfkc_casefold marks=before-stemmer stemmer=none", unicode_version());
    CHECK_STRING(analyzer_description(none), expected);
    analyzer_free(english);
    analyzer_free(again);
    analyzer_free(german);
    analyzer_free(none);
}

static void an_unknown_language_is_an_error_that_lists_the_known(void)
{
    struct analyzer *analyzer;
    struct trawl_error error = {0};
    CHECK_INT(analyzer_new(&analyzer, "klingon", &error), TRAWL_ERROR_ARGUMENT);
    CHECK(analyzer == NULL);
    CHECK(strstr(error.message, "klingon") && strstr(error.message, "none, ") && strstr(error.message, "english") &&
          strstr(error.message, "yiddish"));
    CHECK_INT(analyzer_new(&analyzer, "", NULL), TRAWL_ERROR_ARGUMENT);
}

static void every_failed_allocation_is_an_error(void)
{
    static const char text[] = "some words of a text";
    for (long n = 0;; n++) {
        struct analyzer *analyzer = NULL;
        struct analysis *analysis = NULL;
        struct arena arena;
        struct token_list list;
        struct trawl_error error = {0};
        arena_init(&arena);
        memory_fail_after(n);
        int status = analyzer_new(&analyzer, "english", &error);
        if (status == 0)
            status = analysis_new(&analysis, analyzer, &error);
        if (status == 0)
            status = analysis_text(&list, analysis, (const uint8_t *)text, sizeof text - 1, WORD_STEMMED, &arena, &error);
        memory_fail_after(-1);
        analysis_free(analysis);
        analyzer_free(analyzer);
        arena_release(&arena);
        if (status == 0) {
            CHECK(n >= 3);
            return;
        }
        REQUIRE_INT(status, TRAWL_ERROR_MEMORY);
        REQUIRE_INT(error.code, TRAWL_ERROR_MEMORY);
    }
}

/* --------------------------------------------------------------- goldens */

/* Copies `line` without its line end; \uXXXX becomes the character. */
static void unescape(char *out, const char *line)
{
    while (*line && *line != '\n') {
        if (strncmp(line, "\\u", 2) == 0 && strlen(line) >= 6) {
            const char digits[] = {line[2], line[3], line[4], line[5], '\0'};
            out += utf8_encode((uint8_t *)out, (uint32_t)strtoul(digits, NULL, 16));
            line += 6;
        } else {
            *out++ = *line++;
        }
    }
    *out = '\0';
}

/* tests/golden/analysis.txt: "== language", then texts as "> text", each with
 * a line "term start-end" for each of its tokens. */
struct golden {
    struct bench bench;
    int is_open;
    char text[1024];
    struct token_list list;
    size_t next;   /* token that the next line must be */
    size_t number; /* of the line */
};

static void golden_end_text(struct golden *golden)
{
    CHECK_THAT(golden->next == golden->list.count, "before line %zu: %zu tokens more", golden->number,
               golden->list.count - golden->next);
    golden->list.count = golden->next = 0;
}

static void golden_language(struct golden *golden, const char *line)
{
    char language[64];
    unescape(language, line);
    if (golden->is_open)
        bench_close(&golden->bench);
    bench_open(&golden->bench, language);
    golden->is_open = 1;
}

static void golden_token(struct golden *golden, const char *line)
{
    REQUIRE_THAT(golden->next < golden->list.count, "line %zu: no such token", golden->number);
    const struct token *token = &golden->list.tokens[golden->next];
    char found[512];
    snprintf(found, sizeof found, "%.*s %zu-%zu\n", (int)token->term_length, (const char *)token->term, token->start, token->end);
    CHECK_THAT(strcmp(found, line) == 0, "line %zu: found %s", golden->number, found);
    CHECK_UINT(token->position, golden->next);
    golden->next++;
}

static void golden_line(struct golden *golden, const char *line)
{
    golden->number++;
    if (line[0] == '#' || line[0] == '\n')
        return;
    if (strncmp(line, "== ", 3) == 0) {
        golden_end_text(golden);
        golden_language(golden, line + 3);
    } else if (strncmp(line, "> ", 2) == 0) {
        golden_end_text(golden);
        unescape(golden->text, line + 2);
        golden->list = tokens_of(&golden->bench, golden->text, strlen(golden->text), WORD_STEMMED);
    } else {
        golden_token(golden, line);
    }
}

static void texts_give_the_golden_tokens(void)
{
    struct golden golden = {0};
    char line[1024];
    FILE *file = fopen(tap_source_path("tests/golden/analysis.txt"), "r");
    REQUIRE(file != NULL);
    while (fgets(line, sizeof line, file))
        golden_line(&golden, line);
    fclose(file);
    golden_end_text(&golden);
    REQUIRE(golden.is_open);
    bench_close(&golden.bench);
    CHECK(golden.number > 200);
}

/* docs/ANALYSIS.md: blocks that start "```analysis LANGUAGE" hold lines
 * "text -> terms". */
static void examples_of_the_manual_hold(void)
{
    char line[1024], language[64] = "";
    size_t examples = 0;
    FILE *file = fopen(tap_source_path("docs/ANALYSIS.md"), "r");
    REQUIRE(file != NULL);
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, "```", 3) == 0) {
            language[0] = '\0';
            if (strncmp(line, "```analysis ", 12) == 0)
                unescape(language, line + 12);
            continue;
        }
        char *arrow = strstr(line, "->");
        if (!language[0] || !arrow)
            continue;
        char text[1024], expected[1024];
        *arrow = '\0';
        unescape(text, line);
        unescape(expected, arrow + 2 + strspn(arrow + 2, " "));
        check_terms(language, text, WORD_STEMMED, expected);
        examples++;
    }
    fclose(file);
    CHECK(examples >= 35);
}

TAP_MAIN("analyzer", TAP_CASE(marks_go_before_the_stemmer_in_english_and_after_it_elsewhere), TAP_CASE(folded_words_are_not_stemmed),
         TAP_CASE(spellings_of_one_word_meet), TAP_CASE(a_word_that_folds_to_nothing_takes_no_position),
         TAP_CASE(a_text_without_words_has_no_tokens), TAP_CASE(long_words_give_short_terms_in_every_language),
         TAP_CASE(descriptions_say_what_shapes_terms), TAP_CASE(an_unknown_language_is_an_error_that_lists_the_known),
         TAP_CASE(every_failed_allocation_is_an_error), TAP_CASE(texts_give_the_golden_tokens), TAP_CASE(examples_of_the_manual_hold))
