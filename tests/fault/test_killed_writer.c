/* A writer that is killed leaves the committed state, and no lock; the next
 * one clears away what it left. */
#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/write_fixture.h"

enum step { OPENED, LOADING, SPILLED, FINISHING, LOADED, DELETED, LOOKED, MERGING, MERGED, COMMITTED, STEPS };

static enum step dies_at;

static void pass(enum step step)
{
    if (step == dies_at)
        raise(SIGKILL);
}

static int pass_finishing(void *context)
{
    pass(*(enum step *)context);
    return 0;
}

/* In the child, where no check may print. */
static int work(const char *folder)
{
    struct trawl_error error = {0};
    struct fixture_load load;
    struct index_writer *writer;
    struct snapshot *snapshot;
    enum step finishing = FINISHING, merging = MERGING;
    if (index_writer_open(&writer, folder, 0, 0, 0, &error))
        return 1;
    pass(OPENED);
    int status = fixture_begin(&load, writer, 1, &error);
    for (uint64_t i = 20; i < 60 && !status; i++) {
        status = fixture_add_document(&load, 0, i, i, &error);
        if (i == 40)
            pass(LOADING);
        if (i == 45)
            status = index_writer_spill(writer, load.inverters[0], &error);
        if (i == 45)
            pass(SPILLED);
    }
    if (!status)
        status = fixture_flush(&load, &error);
    if (!status)
        status = index_writer_end_load(writer, load.inverters, 1, 9, NULL, pass_finishing, &finishing, &error);
    pass(LOADED);
    fixture_end_load(&load);
    if (!status)
        status = index_writer_delete_id(writer, (const uint8_t *)"doc-1", 5, &error);
    pass(DELETED);
    if (!status)
        status = index_writer_snapshot(&snapshot, writer, &error);
    if (!status)
        snapshot_release(snapshot);
    pass(LOOKED);
    if (!status)
        status = index_writer_merge(writer, pass_finishing, &merging, &error);
    pass(MERGED);
    if (!status)
        status = index_writer_commit(writer, &error);
    pass(COMMITTED);
    return status != 0;
}

static int die(const char *folder, enum step step)
{
    int result = 0;
    dies_at = step;
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0)
        _exit(work(folder));
    REQUIRE(waitpid(child, &result, 0) == child);
    return WIFSIGNALED(result) && WTERMSIG(result) == SIGKILL;
}

static void a_killed_writer_leaves_the_committed_state(void)
{
    for (enum step step = OPENED; step < STEPS; step++) {
        char name[32];
        snprintf(name, sizeof name, "index-%d", (int)step);
        const char *folder = tap_path(name);
        struct index_writer *writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
        fixture_load_range(writer, 0, 30);
        fixture_commit_and_close(writer);
        CHECK_THAT(die(folder, step), "step %d was not reached", (int)step);
        if (step == COMMITTED) {
            writer = fixture_open(folder, 1, TRAWL_STORE_TEXT);
            CHECK_UINT(index_writer_manifest(writer)->segment_count, 1);
            CHECK_UINT(index_writer_manifest(writer)->segments[0].documents, 59);
            index_writer_close(writer);
            continue;
        }
        fixture_check_range(folder, 0, 30);
        writer = fixture_open(folder, 1, TRAWL_STORE_TEXT); /* not locked, and tidies up */
        CHECK_UINT(tap_count_files(folder), 3);
        fixture_load_range(writer, 30, 5);
        fixture_commit_and_close(writer);
        fixture_check_range(folder, 0, 35);
    }
}

TAP_MAIN("killed_writer", TAP_CASE(a_killed_writer_leaves_the_committed_state))
