/* Fails the n-th allocation, write or sync of a writer's life, for every n:
 * afterwards the index opens at the old state or the new, and is sound. */
#include <errno.h>

#include "src/util/file.h"
#include "tests/unit/write_fixture.h"

/* Old: documents 0 to 39. New: 0 to 9 are gone, 30 to 39 rewritten as content
 * 130 to 139 behind the others, then come 40 to 49; all merged. */
enum { OLD = 40, GONE = 10, REWRITTEN = 10, ADDED = 10, NEW = OLD - GONE + ADDED };

static struct fixture_expected old_state[OLD], new_state[NEW];

static void make_states(void)
{
    size_t count = 0;
    for (uint64_t i = 0; i < OLD; i++)
        old_state[i] = (struct fixture_expected){i, i};
    for (uint64_t i = GONE; i < OLD - REWRITTEN; i++)
        new_state[count++] = (struct fixture_expected){i, i};
    for (uint64_t i = OLD - REWRITTEN; i < OLD; i++)
        new_state[count++] = (struct fixture_expected){i, 100 + i};
    for (uint64_t i = OLD; i < OLD + ADDED; i++)
        new_state[count++] = (struct fixture_expected){i, i};
}

static void make_old(const char *folder)
{
    struct index_writer *writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
    fixture_load_range(writer, 0, OLD / 2);
    fixture_load_range(writer, OLD / 2, OLD / 2);
    fixture_commit_and_close(writer);
}

static int load_documents(struct index_writer *writer, struct trawl_error *error)
{
    struct fixture_load load;
    int status = fixture_begin(&load, writer, 2, error);
    for (uint64_t i = OLD - REWRITTEN; i < OLD + ADDED && !status; i++) {
        status = fixture_add_document(&load, i % 2, i, i < OLD ? 200 + i : i, error); /* written twice: the last wins */
        if (!status && i == OLD - 2)
            status = index_writer_spill(writer, load.inverters[0], error);
    }
    /* the same ids again, in the order of the new state */
    for (uint64_t i = OLD - REWRITTEN; i < OLD + ADDED && !status; i++)
        status = fixture_add_document(&load, 0, i, i < OLD ? 100 + i : i, error);
    if (!status)
        return fixture_finish(&load, NULL, error);
    fixture_end_load(&load);
    return status;
}

static int delete_documents(struct index_writer *writer, struct trawl_error *error)
{
    int status = 0;
    for (uint64_t i = 0; i < GONE && !status; i++) {
        char id[32];
        status = index_writer_delete_id(writer, (const uint8_t *)id, fixture_id(id, i), error);
    }
    return status;
}

static int look(struct index_writer *writer, struct trawl_error *error)
{
    struct snapshot *snapshot;
    int status = index_writer_snapshot(&snapshot, writer, error);
    if (!status)
        snapshot_release(snapshot);
    return status;
}

/* From the old state to the new. */
static int change(const char *folder, struct trawl_error *error)
{
    struct index_writer *writer;
    int status = index_writer_open(&writer, folder, 1, 0, 0, error);
    if (!status)
        index_writer_set_reorder(writer, 1);
    if (!status)
        status = load_documents(writer, error);
    if (!status)
        status = delete_documents(writer, error);
    if (!status)
        status = look(writer, error);
    if (!status)
        status = index_writer_merge(writer, NULL, NULL, error);
    if (!status)
        status = index_writer_commit(writer, error);
    index_writer_close(writer);
    return status;
}

static int is_new(const char *folder)
{
    struct trawl_error error = {0};
    struct manifest manifest;
    REQUIRE_OK(manifest_read(&manifest, folder, &error), &error);
    const int found = manifest.segment_count == 1;
    manifest_release(&manifest);
    return found;
}

/* Changes the index with the n-th operation failing, for n = 0, step, ... until
 * nothing fails any more. `arm` sets the fault, and clears it with -1. */
static void fail_each(void (*arm)(long n), long step, int code)
{
    char name[32];
    int round = 0, status = -1;
    make_states();
    snprintf(name, sizeof name, "index-%d", round);
    make_old(tap_path(name));
    for (long n = 0; status; n += step) {
        struct trawl_error error = {0};
        REQUIRE_THAT(n < 100000, "it never succeeds");
        arm(n);
        status = change(tap_path(name), &error);
        arm(-1);
        CHECK_THAT(status == 0 || status == code, "operation %ld: status %d, %s", n, status, error.message);
        CHECK_INT(error.code, status);
        if (!is_new(tap_path(name))) {
            CHECK(status != 0);
            fixture_check_index(tap_path(name), old_state, OLD);
            continue;
        }
        fixture_check_index(tap_path(name), new_state, NEW);
        snprintf(name, sizeof name, "index-%d", ++round);
        make_old(tap_path(name));
    }
    CHECK(round >= 1);
}

static void arm_memory(long n)
{
    memory_fail_after(n);
}

static void arm_full_disk(long n)
{
    file_fail_after(n, n < 0 ? 0 : ENOSPC);
}

static void arm_broken_disk(long n)
{
    file_fail_after(n, n < 0 ? 0 : EIO);
}

/* Only a full run takes every one. */
static long step_for(size_t rounds)
{
    return rounds > 8 ? 1 : rounds == 8 ? 3 : 7;
}

static void memory_ends(void)
{
    fail_each(arm_memory, step_for(tap_rounds(8)), TRAWL_ERROR_MEMORY);
}

static void the_disk_is_full(void)
{
    fail_each(arm_full_disk, 1, TRAWL_ERROR_IO);
}

static void the_disk_is_broken(void)
{
    fail_each(arm_broken_disk, 1, TRAWL_ERROR_IO);
}

TAP_MAIN("write_faults", TAP_CASE(memory_ends), TAP_CASE(the_disk_is_full), TAP_CASE(the_disk_is_broken))
