#include "index/format/ids.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/container_fixture.h"

struct id_list {
    struct id_string *ids;
    uint32_t count;
};

static int compare_ids(const void *left, const void *right)
{
    const struct id_string *a = left, *b = right;
    const int order = memcmp(a->bytes, b->bytes, a->length < b->length ? a->length : b->length);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static void write_and_open(struct container *container, struct ids *ids, const struct id_list *list, const char *name)
{
    struct container_writer writer;
    struct trawl_error error = {0};
    fixture_begin(&writer, name);
    REQUIRE_OK(ids_write(list->ids, list->count, &writer, &error), &error);
    fixture_reopen(container, &writer, name);
    REQUIRE_OK(ids_open(ids, container, list->count, &error), &error);
}

static void check_all(const struct ids *ids, const struct id_list *list)
{
    struct trawl_error error = {0};
    for (uint32_t i = 0; i < list->count; i++) {
        uint8_t id[ID_MAX_BYTES];
        size_t length;
        uint32_t ordinal;
        REQUIRE_OK(ids_get(id, &length, ids, i, &error), &error);
        CHECK_BYTES(id, length, list->ids[i].bytes, list->ids[i].length);
        REQUIRE_INT(ids_find(&ordinal, ids, list->ids[i].bytes, list->ids[i].length, &error), 0);
        CHECK_UINT(ordinal, i);
    }
}

/* Random ids over few letters, with zeros and high bytes, empty and longest
 * ones, many sharing long beginnings; each once. */
static void make_ids(struct id_list *list, uint32_t count, struct tap_random *random)
{
    static const char letters[] = "\0ab\xff";
    list->ids = calloc(count, sizeof *list->ids);
    REQUIRE(list->ids != NULL);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *bytes = malloc(ID_MAX_BYTES);
        REQUIRE(bytes != NULL);
        uint32_t length = (uint32_t)tap_random_below(random, 12);
        if (tap_random_below(random, 3) == 0 && i)
            length = (uint32_t)tap_random_below(random, 30) == 0 ? ID_MAX_BYTES : list->ids[i - 1].length + length;
        length = length < ID_MAX_BYTES ? length : ID_MAX_BYTES;
        for (uint32_t j = 0; j < length; j++) {
            const int as_before = i && j < list->ids[i - 1].length && tap_random_below(random, 20);
            bytes[j] = as_before ? list->ids[i - 1].bytes[j] : (uint8_t)letters[tap_random_below(random, 4)];
        }
        list->ids[i] = (struct id_string){bytes, length};
    }
    qsort(list->ids, count, sizeof *list->ids, compare_ids);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept && compare_ids(&list->ids[kept - 1], &list->ids[i]) == 0)
            free((void *)(uintptr_t)list->ids[i].bytes);
        else
            list->ids[kept++] = list->ids[i];
    }
    list->count = kept;
    for (uint32_t i = kept; i > 1; i--) { /* into no order */
        const uint32_t j = (uint32_t)tap_random_below(random, i);
        const struct id_string other = list->ids[j];
        list->ids[j] = list->ids[i - 1];
        list->ids[i - 1] = other;
    }
}

static void free_ids(struct id_list *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        free((void *)(uintptr_t)list->ids[i].bytes);
    free(list->ids);
}

static void random_ids_come_back(void)
{
    struct tap_random random = {51};
    for (uint32_t round = 0; round < tap_rounds(40); round++) {
        struct id_list list;
        struct container container;
        struct ids ids;
        char name[16];
        snprintf(name, sizeof name, "%u", (unsigned)round);
        make_ids(&list, 1 + (uint32_t)tap_random_below(&random, round % 4 ? 60 : 3000), &random);
        write_and_open(&container, &ids, &list, name);
        check_all(&ids, &list);
        container_close(&container);
        free_ids(&list);
    }
}

static void absent_ids_are_not_found(void)
{
    static const char *const some[] = {"b", "bb", "ba", "a", "c\x01", "bab"};
    static const char *const absent[] = {"", "0", "aa", "b0", "bac", "baba", "bbb", "c", "d"};
    struct id_string strings[6];
    const struct id_list list = {strings, 6};
    struct container container;
    struct ids ids;
    struct trawl_error error = {0};
    for (size_t i = 0; i < 6; i++)
        strings[i] = (struct id_string){(const uint8_t *)some[i], (uint32_t)strlen(some[i])};
    write_and_open(&container, &ids, &list, "c");
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        uint32_t ordinal;
        CHECK_INT(ids_find(&ordinal, &ids, (const uint8_t *)absent[i], strlen(absent[i]), &error), TRAWL_END);
    }
    container_close(&container);
}

static void no_ids_at_all(void)
{
    const struct id_list list = {NULL, 0};
    struct container container;
    struct ids ids;
    struct trawl_error error = {0};
    uint32_t ordinal;
    write_and_open(&container, &ids, &list, "c");
    CHECK_INT(ids_find(&ordinal, &ids, (const uint8_t *)"x", 1, &error), TRAWL_END);
    container_close(&container);
}

static void longer_ids_are_refused(void)
{
    static uint8_t bytes[ID_MAX_BYTES + 1];
    const struct id_string id = {bytes, sizeof bytes};
    struct container_writer writer;
    struct trawl_error error = {0};
    fixture_begin(&writer, "c");
    CHECK_INT(ids_write(&id, 1, &writer, &error), TRAWL_ERROR_ARGUMENT);
    container_abandon(&writer);
}

TAP_MAIN("ids", TAP_CASE(random_ids_come_back), TAP_CASE(absent_ids_are_not_found), TAP_CASE(no_ids_at_all),
         TAP_CASE(longer_ids_are_refused))
