#include "src/text/stemmer.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/tap.h"

static void knows_the_languages_of_the_library(void)
{
    static const char *const some[] = {"arabic", "english", "german", "hindi", "porter", "russian", "turkish"};
    const char *const *languages = stemmer_languages();
    size_t found = 0;
    for (size_t i = 0; languages[i]; i++)
        for (size_t j = 0; j < sizeof some / sizeof *some; j++)
            found += strcmp(languages[i], some[j]) == 0;
    CHECK_UINT(found, sizeof some / sizeof *some);
}

static void every_language_stems(void)
{
    for (const char *const *language = stemmer_languages(); *language; language++) {
        struct stemmer *stemmer;
        struct trawl_error error = {0};
        REQUIRE_OK(stemmer_new(&stemmer, *language, &error), &error);
        const uint8_t *stem;
        size_t length;
        CHECK_INT(stemmer_stem(&stem, &length, stemmer, (const uint8_t *)"a", 1), 0);
        CHECK_THAT(length > 0, "%s stems a letter to nothing", *language);
        stemmer_free(stemmer);
    }
}

static void other_languages_are_refused(void)
{
    static const char *const names[] = {"none", "klingon", "", "en", "English"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct stemmer *stemmer;
        struct trawl_error error = {0};
        CHECK_INT(stemmer_new(&stemmer, names[i], &error), TRAWL_ERROR_ARGUMENT);
        CHECK(stemmer == NULL && error.message[0] != '\0');
    }
    stemmer_free(NULL);
}

static void fingerprints_tell_languages_apart_and_stay(void)
{
    uint64_t seen[128];
    size_t count = 0;
    for (const char *const *language = stemmer_languages(); *language && count < 128; language++) {
        struct stemmer *stemmer;
        uint64_t again;
        REQUIRE_INT(stemmer_new(&stemmer, *language, NULL), 0);
        REQUIRE_INT(stemmer_fingerprint(&seen[count], stemmer), 0);
        REQUIRE_INT(stemmer_fingerprint(&again, stemmer), 0);
        CHECK_UINT(again, seen[count]);
        for (size_t i = 0; i < count; i++)
            CHECK_THAT(seen[i] != seen[count], "%s has the fingerprint of another language", *language);
        count++;
        stemmer_free(stemmer);
    }
}

/* ----------------------------------------------------------------- goldens */

/* A line of a golden file is a word, a tab, its stem. */
static void check_line(struct stemmer *stemmer, const char *language, char *line)
{
    char *tab = strchr(line, '\t'), *end = strchr(line, '\n');
    REQUIRE(tab && end);
    *tab = *end = '\0';
    const uint8_t *stem;
    size_t length;
    REQUIRE_INT(stemmer_stem(&stem, &length, stemmer, (const uint8_t *)line, strlen(line)), 0);
    CHECK_THAT(length == strlen(tab + 1) && memcmp(stem, tab + 1, length) == 0, "%s: %s stems to %.*s, not %s", language, line,
               (int)length, (const char *)stem, tab + 1);
}

static void check_golden(const char *language)
{
    char path[64], line[512];
    struct stemmer *stemmer;
    REQUIRE_INT(stemmer_new(&stemmer, language, NULL), 0);
    snprintf(path, sizeof path, "tests/golden/stem_%s.txt", language);
    FILE *file = fopen(tap_source_path(path), "r");
    REQUIRE_THAT(file != NULL, "cannot open %s", path);
    size_t words = 0;
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#')
            continue;
        check_line(stemmer, language, line);
        words++;
    }
    fclose(file);
    stemmer_free(stemmer);
    CHECK_THAT(words >= 50, "%s: only %zu words", language, words);
}

static void stems_english(void) { check_golden("english"); }
static void stems_finnish(void) { check_golden("finnish"); }
static void stems_french(void) { check_golden("french"); }
static void stems_german(void) { check_golden("german"); }
static void stems_hungarian(void) { check_golden("hungarian"); }
static void stems_italian(void) { check_golden("italian"); }
static void stems_portuguese(void) { check_golden("portuguese"); }
static void stems_russian(void) { check_golden("russian"); }
static void stems_spanish(void) { check_golden("spanish"); }
static void stems_swedish(void) { check_golden("swedish"); }

TAP_MAIN("stemmer", TAP_CASE(knows_the_languages_of_the_library), TAP_CASE(every_language_stems),
         TAP_CASE(other_languages_are_refused), TAP_CASE(fingerprints_tell_languages_apart_and_stay), TAP_CASE(stems_english),
         TAP_CASE(stems_finnish), TAP_CASE(stems_french), TAP_CASE(stems_german), TAP_CASE(stems_hungarian),
         TAP_CASE(stems_italian), TAP_CASE(stems_portuguese), TAP_CASE(stems_russian), TAP_CASE(stems_spanish),
         TAP_CASE(stems_swedish))
