#include "index/write/index_writer.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "tests/unit/write_fixture.h"

static void an_index_is_made_and_read(void)
{
    const char *folder = tap_path("index");
    struct index_writer *writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
    fixture_load_range(writer, 0, 50);
    fixture_commit_and_close(writer);
    fixture_check_range(folder, 0, 50);
    CHECK_UINT(tap_count_files(folder), 3); /* manifest, segment, lock */
}

static void without_create_nothing_is_made(void)
{
    struct trawl_error error = {0};
    struct index_writer *writer;
    CHECK_INT(index_writer_open(&writer, tap_path("none"), 0, 0, 0, &error), TRAWL_ERROR_NOT_FOUND);
    CHECK(writer == NULL);
    CHECK(!file_exists(tap_path("none")));
    CHECK_INT(index_writer_open(&writer, tap_folder(), 0, 0, 0, NULL), TRAWL_ERROR_NOT_FOUND);
    CHECK_UINT(tap_count_files(tap_folder()), 0);
}

static void a_second_writer_is_locked_out(void)
{
    struct trawl_error error = {0};
    struct index_writer *first = fixture_open(tap_path("index"), 1, TRAWL_STORE_NONE), *second;
    CHECK_INT(index_writer_open(&second, tap_path("index"), 1, 0, 0, &error), TRAWL_ERROR_LOCKED);
    index_writer_close(first);
    error = (struct trawl_error){0};
    REQUIRE_OK(index_writer_open(&second, tap_path("index"), 1, 0, 0, &error), &error);
    index_writer_close(second);
}

static void what_came_to_nothing_is_gone(void)
{
    struct trawl_error error = {0};
    struct index_writer *writer, *second;
    index_writer_close(fixture_open(tap_path("new"), 1, TRAWL_STORE_TEXT));
    CHECK(!file_exists(tap_path("new")));
    REQUIRE_OK(file_make_folder(tap_path("old"), &error), &error); /* not ours to remove */
    index_writer_close(fixture_open(tap_path("old"), 1, TRAWL_STORE_TEXT));
    CHECK_UINT(tap_count_files(tap_path("old")), 0);
    writer = fixture_open(tap_path("index"), 1, TRAWL_STORE_TEXT);
    CHECK_INT(index_writer_open(&second, tap_path("index"), 1, 0, 0, NULL), TRAWL_ERROR_LOCKED);
    fixture_load_range(writer, 0, 5); /* the other took nothing away */
    fixture_commit_and_close(writer);
    fixture_check_range(tap_path("index"), 0, 5);
}

struct contender {
    const char *folder;
    atomic_int *inside;
    int faults;
};

static void *come_to_nothing(void *context)
{
    struct contender *contender = context;
    for (int i = 0; i < 200; i++) {
        struct index_writer *writer;
        if (index_writer_open(&writer, contender->folder, 1, 0, 1, NULL)) {
            contender->faults++;
            continue;
        }
        contender->faults += atomic_fetch_add(contender->inside, 1) != 0;
        atomic_fetch_sub(contender->inside, 1);
        index_writer_close(writer);
    }
    return NULL;
}

/* The lock's file and the folder vanish under those who wait. */
static void who_waits_for_a_lock_that_goes_takes_the_next(void)
{
    pthread_t threads[4];
    struct contender contenders[4];
    atomic_int inside = 0;
    for (size_t i = 0; i < 4; i++) {
        contenders[i] = (struct contender){tap_path("index"), &inside, 0};
        REQUIRE(pthread_create(&threads[i], NULL, come_to_nothing, &contenders[i]) == 0);
    }
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        CHECK_INT(contenders[i].faults, 0);
    }
}

static void closing_rolls_back(void)
{
    const char *folder = tap_path("index");
    struct trawl_error error = {0};
    struct index_writer *writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
    fixture_load_range(writer, 0, 20);
    fixture_commit_and_close(writer);
    writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
    fixture_load_range(writer, 10, 30);
    struct snapshot *snapshot;
    REQUIRE_OK(index_writer_snapshot(&snapshot, writer, &error), &error); /* writes deletes */
    CHECK_UINT(snapshot->live, 40);
    snapshot_release(snapshot);
    CHECK_UINT(tap_count_files(folder), 5);
    index_writer_close(writer);
    CHECK_UINT(tap_count_files(folder), 3);
    fixture_check_range(folder, 0, 20);
}

static void an_open_load_is_rolled_back_too(void)
{
    const char *folder = tap_path("index");
    struct trawl_error error = {0};
    struct fixture_load load;
    struct index_writer *writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
    REQUIRE_OK(fixture_begin(&load, writer, 1, &error), &error);
    for (uint64_t i = 0; i < 40; i++)
        REQUIRE_OK(fixture_add_document(&load, 0, i, i, &error), &error);
    REQUIRE_OK(index_writer_spill(writer, load.inverters[0], &error), &error);
    CHECK_INT(index_writer_commit(writer, &error), TRAWL_ERROR_ARGUMENT);
    CHECK(index_writer_begin_load(writer, &error) == NULL);
    fixture_end_load(&load);
    index_writer_close(writer);
    CHECK(!file_exists(folder));
}

static void an_empty_load_adds_nothing(void)
{
    struct trawl_error error = {0};
    struct index_writer *writer = fixture_open(tap_path("index"), 1, TRAWL_STORE_TEXT);
    fixture_load_range(writer, 0, 0);
    CHECK_UINT(index_writer_manifest(writer)->segment_count, 0);
    CHECK_INT(index_writer_end_load(writer, NULL, 0, 0, NULL, NULL, NULL, &error), TRAWL_ERROR_ARGUMENT);
    fixture_commit_and_close(writer);
    fixture_check_range(tap_path("index"), 0, 0);
}

static void settings_are_fixed_by_the_first_document(void)
{
    struct trawl_error error = {0};
    const struct index_settings settings = {"german", "words", 0, TRAWL_STORE_NONE, 0};
    struct index_writer *writer = fixture_open(tap_path("index"), 1, TRAWL_STORE_TEXT);
    fixture_load_range(writer, 0, 3);
    CHECK_INT(index_writer_set_settings(writer, &settings, &error), TRAWL_ERROR_SETTINGS);
    fixture_commit_and_close(writer);
    writer = fixture_open(tap_path("index"), 1, TRAWL_STORE_TEXT);
    const struct manifest *manifest = index_writer_manifest(writer);
    CHECK_STRING(manifest->language, "english");
    CHECK_INT(manifest->has_positions, 1);
    CHECK_INT(manifest_find_field(manifest, "title", 5), FIXTURE_TITLE);
    index_writer_close(writer);
}

static struct index_writer *open_fresh(const char *folder)
{
    struct trawl_error error = {0};
    struct index_writer *writer;
    const struct index_settings settings = {"english", "words", 1, TRAWL_STORE_NONE, 1};
    REQUIRE_OK(index_writer_open(&writer, folder, 1, 1, 0, &error), &error);
    CHECK_UINT(index_writer_manifest(writer)->generation, 0);
    CHECK_STRING(index_writer_manifest(writer)->language, "");
    REQUIRE_OK(index_writer_set_settings(writer, &settings, &error), &error);
    manifest_add_field(index_writer_manifest(writer), "title", 5);
    return writer;
}

static void fresh_replaces_at_commit(void)
{
    const char *folder = tap_path("index");
    struct index_writer *writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
    fixture_load_range(writer, 0, 20);
    fixture_commit_and_close(writer);
    writer = open_fresh(folder);
    fixture_load_range(writer, 100, 10);
    fixture_check_range(folder, 0, 20); /* still */
    index_writer_close(writer);
    fixture_check_range(folder, 0, 20);
    writer = open_fresh(folder);
    fixture_load_range(writer, 100, 10);
    fixture_commit_and_close(writer);
    fixture_check_range(folder, 100, 10);
    CHECK_UINT(tap_count_files(folder), 3);
}

static void damage(const char *path, long offset)
{
    FILE *file = fopen(path, "r+");
    REQUIRE(file != NULL);
    if (file) {
        fseek(file, offset, SEEK_SET);
        fputc(0x55, file);
        fclose(file);
    }
}

static void fresh_passes_over_a_damaged_manifest(void)
{
    const char *folder = tap_path("index");
    struct trawl_error error = {0};
    struct index_writer *writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
    fixture_load_range(writer, 0, 20);
    fixture_commit_and_close(writer);
    damage(tap_path("index/manifest"), 70);
    CHECK_INT(index_writer_open(&writer, folder, 1, 0, 0, &error), TRAWL_ERROR_CORRUPT);
    CHECK(file_exists(tap_path("index/00000000.seg")));
    writer = open_fresh(folder);
    fixture_load_range(writer, 100, 10);
    index_writer_close(writer);
    CHECK(file_exists(tap_path("index/00000000.seg"))); /* perhaps somebody can still save it */
    writer = open_fresh(folder);
    fixture_load_range(writer, 100, 10);
    fixture_commit_and_close(writer);
    CHECK(!file_exists(tap_path("index/00000000.seg")));
    fixture_check_range(folder, 100, 10);
}

static void a_lost_segment_is_damage(void)
{
    const char *folder = tap_path("index");
    struct trawl_error error = {0};
    struct index_writer *writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
    fixture_load_range(writer, 0, 20);
    fixture_commit_and_close(writer);
    unlink(tap_path("index/00000000.seg"));
    writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
    CHECK_INT(index_writer_delete_id(writer, (const uint8_t *)"doc-1", 5, &error), TRAWL_ERROR_CORRUPT);
    index_writer_close(writer);
}

static void damage_is_not_merged(void)
{
    const char *folder = tap_path("index");
    struct trawl_error error = {0};
    struct index_writer *writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
    fixture_load_range(writer, 0, 20);
    fixture_load_range(writer, 20, 20);
    fixture_commit_and_close(writer);
    damage(tap_path("index/00000001.seg"), 100); /* in a stored block */
    writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
    CHECK_INT(index_writer_merge(writer, NULL, NULL, &error), TRAWL_ERROR_CORRUPT);
    index_writer_close(writer);
    CHECK(file_exists(tap_path("index/00000000.seg")) && file_exists(tap_path("index/00000001.seg")));
}

static void deleting_everything_leaves_an_empty_index(void)
{
    const char *folder = tap_path("index");
    struct trawl_error error = {0};
    struct index_writer *writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
    fixture_load_range(writer, 0, 20);
    for (uint64_t i = 0; i < 20; i++) {
        char id[32];
        CHECK_INT(index_writer_delete_id(writer, (const uint8_t *)id, fixture_id(id, i), &error), 0);
    }
    REQUIRE_OK(index_writer_commit(writer, &error), &error);
    fixture_check_range(folder, 0, 0);
    CHECK_UINT(tap_count_files(folder), 2);
    fixture_load_range(writer, 5, 3); /* the writer goes on */
    fixture_commit_and_close(writer);
    fixture_check_range(folder, 5, 3);
}

static void small_commits_stay_few(void)
{
    const char *folder = tap_path("index");
    struct trawl_error error = {0};
    struct index_writer *writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
    for (uint64_t i = 0; i < 40; i++) {
        fixture_load_range(writer, i, 1);
        REQUIRE_OK(index_writer_commit(writer, &error), &error);
        CHECK(index_writer_manifest(writer)->segment_count <= 16);
    }
    index_writer_close(writer);
    fixture_check_range(folder, 0, 40);
}

/* A thread's share of the documents, spilled again and again. */
struct share {
    struct index_writer *writer;
    struct inverter *inverter;
    uint32_t which;
    int status;
};
enum { SHARES = 3, SHARED = 240 };

static void *invert_share(void *argument)
{
    struct share *share = argument;
    struct trawl_error error = {0};
    for (uint32_t i = share->which; i < SHARED && !share->status; i += SHARES) {
        share->status |= fixture_invert_document(share->inverter, i, i);
        if (i % 10 == 0)
            share->status |= index_writer_spill(share->writer, share->inverter, &error);
    }
    return NULL;
}

static void threads_may_spill_at_once(void)
{
    const char *folder = tap_path("index");
    struct trawl_error error = {0};
    struct fixture_load load;
    struct share shares[SHARES];
    struct inverter *own[SHARES];
    pthread_t threads[SHARES];
    struct index_writer *writer = fixture_open(folder, 1, TRAWL_STORE_NONE);
    REQUIRE_OK(fixture_begin(&load, writer, 1, &error), &error);
    for (uint32_t i = 0; i < SHARES; i++) {
        REQUIRE_OK(inverter_new(&own[i], 1, &error), &error);
        shares[i] = (struct share){.writer = writer, .inverter = own[i], .which = i};
        REQUIRE_INT(pthread_create(&threads[i], NULL, invert_share, &shares[i]), 0);
    }
    for (uint64_t i = 0; i < SHARED; i++)
        REQUIRE_OK(fixture_add_columns(&load, i, i, &error), &error);
    for (uint32_t i = 0; i < SHARES; i++) {
        pthread_join(threads[i], NULL);
        CHECK_INT(shares[i].status, 0);
    }
    REQUIRE_OK(index_writer_end_load(writer, own, SHARES, 0, NULL, NULL, NULL, &error), &error);
    fixture_end_load(&load);
    for (uint32_t i = 0; i < SHARES; i++)
        inverter_free(own[i]);
    fixture_commit_and_close(writer);
    fixture_check_range(folder, 0, SHARED);
}

/* The rename worked, the sync behind it did not: nobody may take the new
 * files away. */
static void a_commit_that_may_have_happened_keeps_its_files(void)
{
    const char *folder = tap_path("index");
    int seen_new = 0;
    for (long allowed = 0; allowed < 100 && !seen_new; allowed++) {
        struct trawl_error error = {0};
        struct manifest manifest;
        struct index_writer *writer = fixture_open(folder, 1, TRAWL_STORE_NONE);
        if (allowed == 0) {
            fixture_load_range(writer, 0, 5);
            REQUIRE_OK(index_writer_commit(writer, &error), &error);
        }
        fixture_load_range(writer, 5, 5);
        file_fail_after(allowed, EIO);
        int status = index_writer_commit(writer, &error);
        file_fail_after(-1, 0);
        CHECK_INT(index_writer_commit(writer, NULL) == 0, status == 0); /* once failed, it stays so */
        index_writer_close(writer);
        REQUIRE_OK(manifest_read(&manifest, folder, &error), NULL);
        seen_new = manifest.segment_count == 2;
        manifest_release(&manifest);
        fixture_check_range(folder, 0, seen_new ? 10 : 5);
        CHECK_INT(status, TRAWL_ERROR_IO);
    }
    CHECK(seen_new);
}

TAP_MAIN("index_writer", TAP_CASE(an_index_is_made_and_read), TAP_CASE(without_create_nothing_is_made),
         TAP_CASE(a_second_writer_is_locked_out), TAP_CASE(closing_rolls_back), TAP_CASE(what_came_to_nothing_is_gone),
         TAP_CASE(who_waits_for_a_lock_that_goes_takes_the_next),
         TAP_CASE(an_open_load_is_rolled_back_too), TAP_CASE(an_empty_load_adds_nothing), TAP_CASE(settings_are_fixed_by_the_first_document),
         TAP_CASE(fresh_replaces_at_commit), TAP_CASE(fresh_passes_over_a_damaged_manifest),
         TAP_CASE(a_lost_segment_is_damage), TAP_CASE(damage_is_not_merged),
         TAP_CASE(deleting_everything_leaves_an_empty_index), TAP_CASE(small_commits_stay_few),
         TAP_CASE(threads_may_spill_at_once), TAP_CASE(a_commit_that_may_have_happened_keeps_its_files))
