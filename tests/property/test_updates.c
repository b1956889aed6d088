/* An index through random loads, updates, deletes, merges, rollbacks and
 * reopenings, held against a plain list of what it should contain. */
#include "tests/unit/write_fixture.h"

enum { IDS = 120, STEPS = 60 };

/* Live documents in the order in which they were last written. */
struct model {
    struct fixture_expected live[IDS + 400];
    size_t count;
    uint64_t next_content;
};

static int model_remove(struct model *model, uint64_t id)
{
    for (size_t i = 0; i < model->count; i++)
        if (model->live[i].id == id) {
            memmove(model->live + i, model->live + i + 1, (model->count - i - 1) * sizeof *model->live);
            model->count--;
            return 1;
        }
    return 0;
}

static int model_write(struct model *model, uint64_t id, uint64_t content)
{
    const int replaced = model_remove(model, id);
    model->live[model->count++] = (struct fixture_expected){id, content};
    return replaced;
}

static void load(struct index_writer *writer, struct model *model, struct tap_random *random)
{
    struct trawl_error error = {0};
    struct fixture_load load;
    uint64_t replaced, expected = 0;
    const size_t inverters = 1 + tap_random_below(random, 2);
    REQUIRE_OK(fixture_begin(&load, writer, inverters, &error), &error);
    for (size_t count = tap_random_below(random, 40); count; count--) {
        const uint64_t id = tap_random_below(random, IDS), content = model->next_content++;
        REQUIRE_OK(fixture_add_document(&load, tap_random_below(random, inverters), id, content, &error), &error);
        expected += (uint64_t)model_write(model, id, content);
        if (!tap_random_below(random, 30))
            REQUIRE_OK(index_writer_spill(writer, load.inverters[0], &error), &error);
    }
    REQUIRE_OK(fixture_finish(&load, &replaced, &error), &error);
    CHECK_UINT(replaced, expected);
}

static void delete_some(struct index_writer *writer, struct model *model, struct tap_random *random)
{
    struct trawl_error error = {0};
    for (size_t count = 1 + tap_random_below(random, 12); count; count--) {
        char name[32];
        const uint64_t id = tap_random_below(random, IDS);
        const size_t length = fixture_id(name, id);
        const int status = index_writer_delete_id(writer, (const uint8_t *)name, length, &error);
        CHECK_INT(status, model_remove(model, id) ? 0 : TRAWL_END);
    }
}

/* As a delete by query would: through a snapshot of what is being built. */
static void delete_by_snapshot(struct index_writer *writer, struct model *model, struct tap_random *random)
{
    struct trawl_error error = {0};
    struct snapshot *snapshot;
    REQUIRE_OK(index_writer_snapshot(&snapshot, writer, &error), &error);
    CHECK_UINT(snapshot->live, model->count);
    for (size_t i = 0; i < snapshot->segment_count; i++) {
        const struct segment *segment = snapshot->segments[i];
        for (uint32_t document = 0; document < segment->documents; document++) {
            uint8_t id[ID_MAX_BYTES + 1];
            size_t length;
            if (!segment_is_live(segment, document) || tap_random_below(random, 10))
                continue;
            REQUIRE_OK(ids_get(id, &length, &segment->ids, segment_ordinal(segment, document), &error), &error);
            id[length] = '\0';
            CHECK_INT(index_writer_delete_document(writer, segment->number, document, &error), 0);
            CHECK_INT(index_writer_delete_document(writer, segment->number, document, &error), TRAWL_END);
            CHECK_INT(model_remove(model, strtoull((const char *)id + 4, NULL, 10)), 1);
        }
    }
    snapshot_release(snapshot);
}

static void change(struct index_writer *writer, struct model *model, struct tap_random *random)
{
    struct trawl_error error = {0};
    switch (tap_random_below(random, 8)) {
    case 0:
    case 1:
        delete_some(writer, model, random);
        break;
    case 2:
        delete_by_snapshot(writer, model, random);
        break;
    case 3:
        REQUIRE_OK(index_writer_merge(writer, NULL, NULL, &error), &error);
        break;
    default:
        load(writer, model, random);
    }
}

/* Small segments, of half of the indexes, are reordered too. */
static struct index_writer *open_writer(const char *folder, uint64_t seed, int has_positions, int store)
{
    struct index_writer *writer = fixture_open(folder, has_positions, store);
    index_writer_set_reorder(writer, seed % 2 ? 30 : 0);
    return writer;
}

static void live_through(const char *folder, uint64_t seed, int has_positions, int store)
{
    struct tap_random random = {.state = seed};
    struct trawl_error error = {0};
    struct model *committed = calloc(1, sizeof *committed), *model = calloc(1, sizeof *model);
    REQUIRE(committed != NULL && model != NULL);
    struct index_writer *writer = open_writer(folder, seed, has_positions, store);
    for (int step = 0; step < STEPS; step++) {
        change(writer, model, &random);
        const uint64_t dice = tap_random_below(&random, 6);
        if (dice < 2) {
            REQUIRE_OK(index_writer_commit(writer, &error), &error);
            *committed = *model;
            fixture_check_index(folder, committed->live, committed->count);
        }
        if (dice == 1 || dice == 5) { /* closing rolls back what was not committed */
            index_writer_close(writer);
            const uint64_t next_content = model->next_content;
            *model = *committed;
            model->next_content = next_content;
            writer = open_writer(folder, seed, has_positions, store);
        }
    }
    fixture_commit_and_close(writer);
    fixture_check_index(folder, model->live, model->count);
    free(committed);
    free(model);
}

static void index_follows_the_model(void)
{
    for (uint64_t seed = 1; seed <= tap_rounds(4); seed++) {
        char name[32];
        snprintf(name, sizeof name, "index-%u", (unsigned)seed);
        live_through(tap_path(name), seed, seed % 4 != 0, seed % 3 ? TRAWL_STORE_TEXT : TRAWL_STORE_NONE);
    }
}

/* What is left has the bytes that it would have had without all that was
 * replaced and deleted, but for insertion numbers and where stored blocks end. */
static void merged_after_updates_has_the_same_postings(void)
{
    struct trawl_error error = {0};
    struct index_writer *writer = fixture_open(tap_path("updated"), 1, TRAWL_STORE_NONE);
    fixture_load_range(writer, 0, 100);
    fixture_load_range(writer, 50, 100);
    for (uint64_t id = 0; id < 50; id++) {
        char name[32];
        REQUIRE_INT(index_writer_delete_id(writer, (const uint8_t *)name, fixture_id(name, id), &error), 0);
    }
    REQUIRE_OK(index_writer_merge(writer, NULL, NULL, &error), &error);
    fixture_commit_and_close(writer);
    writer = fixture_open(tap_path("plain"), 1, TRAWL_STORE_NONE);
    fixture_load_range(writer, 50, 100);
    fixture_commit_and_close(writer);

    struct snapshot *updated, *plain;
    REQUIRE_OK(snapshot_open(&updated, tap_path("updated"), &error), &error);
    REQUIRE_OK(snapshot_open(&plain, tap_path("plain"), &error), &error);
    REQUIRE_UINT(updated->segment_count, 1);
    CHECK_UINT(order_insertion(&updated->segments[0]->order, 0), 100);
    CHECK_UINT(updated->segments[0]->meta.text_bytes, 1000); /* of the second load alone */
    static const char *const sections[] = {"TIDX", "TERM", "POST", "POSN", "LENS", "FLDS", "DIDS"};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        const char *name = sections[i];
        const uint32_t id = SECTION_ID((uint8_t)name[0], (uint8_t)name[1], (uint8_t)name[2], (uint8_t)name[3]);
        const struct span a = container_section(&updated->segments[0]->container, id);
        const struct span b = container_section(&plain->segments[0]->container, id);
        CHECK_THAT(a.length == b.length && (!a.length || memcmp(a.bytes, b.bytes, a.length) == 0), "%s", name);
    }
    snapshot_release(updated);
    snapshot_release(plain);
}

TAP_MAIN("updates", TAP_CASE(index_follows_the_model), TAP_CASE(merged_after_updates_has_the_same_postings))
