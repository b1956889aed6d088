#include "tests/unit/damage_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/format/meta.h"
#include "src/util/bitset.h"
#include "tests/unit/tap.h"

enum { TITLE = 2, PLACE = 3, MOST_WORDS = 600 };

/* Some words by fixed rules, and now and then rare ones. */
static void make_body(char *text, uint32_t document, struct tap_random *random)
{
    char *at = text;
    at += sprintf(at, "all");
    if (document % 2)
        at += sprintf(at, " half half");
    if (tap_random_below(random, 3) == 0)
        at += sprintf(at, " third");
    if (document % 50 == 7)
        for (int i = 0; i < 60; i++)
            at += sprintf(at, " many");
    for (uint64_t i = tap_random_below(random, 4); i > 0; i--)
        at += sprintf(at, " w%u", (unsigned)tap_random_below(random, 40));
    if (document == 99)
        for (int i = 0; i < 12; i++)
            at += sprintf(at, " here");
}

static void add_document(struct fixture *fixture, uint32_t document, struct tap_random *random)
{
    char id[16], text[MOST_WORDS];
    snprintf(id, sizeof id, "doc/%u", (unsigned)(document * 7919 % 100003));
    fixture_document(fixture, id);
    make_body(text, document, random);
    if (document % 3 == 0)
        fixture_value(fixture, TITLE, document % 2 ? "title of half" : "title");
    fixture_value(fixture, FIELD_BODY, text);
    if (document % 40 == 0)
        fixture_value(fixture, PLACE, "harbour");
    fixture_stored(fixture, "body", text, 0);
    fixture_stored(fixture, "n", "1", 1);
}

/* Even documents as they came, odd ones backwards. */
static void reorder(struct fixture *fixture, uint32_t documents)
{
    const uint32_t last_odd = documents % 2 ? documents - 2 : documents - 1;
    uint32_t *ordinals = malloc(documents * sizeof *ordinals);
    REQUIRE(ordinals != NULL);
    for (uint32_t i = 0; i < documents; i++)
        ordinals[i] = i % 2 ? last_odd + 1 - i : i;
    fixture_reorder(fixture, ordinals);
    free(ordinals);
}

static void delete_some(struct fixture *fixture, const char *folder, uint32_t documents)
{
    struct trawl_error error = {0};
    uint64_t *words = calloc(bitset_words(documents), sizeof *words);
    REQUIRE(words != NULL);
    for (uint32_t i = 5; i < documents; i += 31)
        bitset_set(words, i);
    REQUIRE_OK(fixture_delete(fixture, folder, 0, words, &error), &error);
    free(words);
}

void damage_fixture_write(const char *folder, uint32_t documents, struct manifest *manifest)
{
    struct tap_random random = {81};
    struct trawl_error error = {0};
    struct fixture *fixture = fixture_new(1);
    REQUIRE_INT(manifest_add_field(fixture_manifest(fixture), "title", 5), TITLE);
    REQUIRE_INT(manifest_add_field(fixture_manifest(fixture), "place", 5), PLACE);
    for (uint32_t i = 0; i < documents; i++)
        add_document(fixture, i, &random);
    reorder(fixture, documents);
    REQUIRE_OK(fixture_write(fixture, folder, &error), &error);
    delete_some(fixture, folder, documents);
    REQUIRE_OK(fixture_commit(fixture, folder, &error), &error);
    REQUIRE_OK(manifest_copy(manifest, fixture_manifest(fixture), &error), &error);
    fixture_free(fixture);
}
