#include "index/read/snapshot.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "src/util/file.h"
#include "tests/unit/segment_fixture.h"
#include "tests/unit/tap.h"

enum { TITLE = 2 };

static struct fixture *fixture;

static void commit(void)
{
    struct trawl_error error = {0};
    REQUIRE_OK(fixture_commit(fixture, tap_folder(), &error), &error);
}

static void write_segment(void)
{
    struct trawl_error error = {0};
    REQUIRE_OK(fixture_write(fixture, tap_folder(), &error), &error);
}

static void delete_in(size_t segment, uint64_t word)
{
    struct trawl_error error = {0};
    REQUIRE_OK(fixture_delete(fixture, tap_folder(), segment, &word, &error), &error);
}

/* Two segments: one plain, one with titles and several parts. */
static void make_index(void)
{
    fixture = fixture_new(1);
    REQUIRE_INT(manifest_add_field(fixture_manifest(fixture), "title", 5), TITLE);
    fixture_document(fixture, "a");
    fixture_value(fixture, FIELD_BODY, "net boat net");
    fixture_document(fixture, "b");
    fixture_value(fixture, FIELD_BODY, "boat");
    write_segment();
    fixture_document(fixture, "c"); /* title, body, another field */
    fixture_value(fixture, TITLE, "net");
    fixture_value(fixture, FIELD_BODY, "boat boat");
    fixture_value(fixture, 3, "net sea");
    fixture_document(fixture, "d"); /* no body */
    fixture_value(fixture, TITLE, "boat net");
    fixture_document(fixture, "e"); /* a body of two values */
    fixture_value(fixture, FIELD_BODY, "net");
    fixture_value(fixture, FIELD_BODY, "net sea");
    REQUIRE_INT(manifest_add_field(fixture_manifest(fixture), "place", 5), 3);
    write_segment();
    commit();
}

static struct snapshot *open_snapshot(void)
{
    struct snapshot *snapshot;
    struct trawl_error error = {0};
    REQUIRE_OK(snapshot_open(&snapshot, tap_folder(), &error), &error);
    return snapshot;
}

static void check_field(struct snapshot *snapshot, uint32_t field, uint64_t documents, uint64_t lengths)
{
    struct field_statistics statistics;
    struct trawl_error error = {0};
    for (int again = 0; again < 2; again++) { /* computed, and kept */
        REQUIRE_OK(snapshot_field_statistics(&statistics, snapshot, field, &error), &error);
        CHECK_THAT(statistics.documents == documents && statistics.decoded_lengths == lengths, "field %u: %u, %u",
                   (unsigned)field, (unsigned)statistics.documents, (unsigned)statistics.decoded_lengths);
    }
}

static void check_term(struct snapshot *snapshot, uint32_t field, const char *term, uint64_t df, uint64_t cf)
{
    struct term_statistics statistics;
    struct trawl_error error = {0};
    for (int again = 0; again < 2; again++) {
        REQUIRE_OK(snapshot_term_statistics(&statistics, snapshot, field, (const uint8_t *)term, strlen(term), &error),
                   &error);
        CHECK_THAT(statistics.df == df && statistics.cf == cf, "%s in %u: %u, %u", term, (unsigned)field,
                   (unsigned)statistics.df, (unsigned)statistics.cf);
    }
}

static void statistics_without_deletes(void)
{
    make_index();
    struct snapshot *snapshot = open_snapshot();
    CHECK_UINT(snapshot->documents, 5);
    CHECK_UINT(snapshot->live, 5);
    check_field(snapshot, FIELD_DEFAULT, 5, 3 + 1 + 5 + 2 + 3);
    check_field(snapshot, TITLE, 2, 3);
    check_field(snapshot, FIELD_BODY, 4, 3 + 1 + 2 + 3);
    check_field(snapshot, 9, 0, 0);
    check_term(snapshot, FIELD_DEFAULT, "net", 4, 2 + 2 + 1 + 2);
    check_term(snapshot, FIELD_DEFAULT, "boat", 4, 1 + 1 + 2 + 1);
    check_term(snapshot, FIELD_DEFAULT, "whale", 0, 0);
    check_term(snapshot, TITLE, "net", 2, 2);
    check_term(snapshot, FIELD_BODY, "net", 2, 2 + 2);
    check_term(snapshot, FIELD_BODY, "boat", 3, 1 + 1 + 2);
    check_term(snapshot, FIELD_BODY, "sea", 1, 1);
    check_term(snapshot, 9, "net", 0, 0);
    snapshot_release(snapshot);
    fixture_free(fixture);
}

static void statistics_with_deletes(void)
{
    make_index();
    delete_in(0, 1); /* a */
    delete_in(1, 2); /* d */
    commit();
    struct snapshot *snapshot = open_snapshot();
    CHECK_UINT(snapshot->live, 3);
    check_field(snapshot, FIELD_DEFAULT, 3, 1 + 5 + 3);
    check_field(snapshot, TITLE, 1, 1);
    check_field(snapshot, FIELD_BODY, 3, 1 + 2 + 3);
    check_term(snapshot, FIELD_DEFAULT, "net", 2, 2 + 2);
    check_term(snapshot, FIELD_DEFAULT, "boat", 2, 3);
    check_term(snapshot, TITLE, "net", 1, 1);
    check_term(snapshot, TITLE, "boat", 0, 0);
    check_term(snapshot, FIELD_BODY, "net", 1, 2);
    snapshot_release(snapshot);
    fixture_free(fixture);
}

static void length_codes_by_document(void)
{
    static const uint8_t body[] = {2, 0, 3}, title[] = {1, 2, 0}, nothing[3];
    const uint8_t *codes, *again;
    struct trawl_error error = {0};
    make_index();
    struct snapshot *snapshot = open_snapshot();
    REQUIRE_OK(snapshot_length_codes(&codes, snapshot, 1, FIELD_BODY, &error), &error);
    CHECK_BYTES(codes, 3, body, 3);
    REQUIRE_OK(snapshot_length_codes(&again, snapshot, 1, FIELD_BODY, &error), &error);
    CHECK(again == codes);
    REQUIRE_OK(snapshot_length_codes(&codes, snapshot, 1, TITLE, &error), &error);
    CHECK_BYTES(codes, 3, title, 3);
    REQUIRE_OK(snapshot_length_codes(&codes, snapshot, 1, 77, &error), &error);
    CHECK_BYTES(codes, 3, nothing, 3);
    REQUIRE_OK(snapshot_length_codes(&codes, snapshot, 0, FIELD_BODY, &error), &error);
    CHECK(codes == snapshot->segments[0]->lengths.fields[0].codes); /* plain: in the map */
    snapshot_release(snapshot);
    fixture_free(fixture);
}

static void body_ranges(void)
{
    static const uint32_t expected[][2] = {{129, 259}, {0, 0}, {0, UINT32_MAX}};
    make_index();
    struct snapshot *snapshot = open_snapshot();
    CHECK(snapshot_segment_is_plain(snapshot, 0));
    CHECK(!snapshot_segment_is_plain(snapshot, 1));
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t start, end;
        struct trawl_error error = {0};
        REQUIRE_OK(snapshot_body_range(&start, &end, snapshot, 1, i, &error), &error);
        CHECK_UINT(start, expected[i][0]);
        CHECK_UINT(end, expected[i][1]);
    }
    snapshot_release(snapshot);
    fixture_free(fixture);
}

static void reordered_bodies(void)
{
    static const uint32_t ordinals[] = {1, 2, 0};
    static const uint8_t body[] = {0, 3, 2};
    const uint8_t *codes;
    uint32_t start, end;
    struct trawl_error error = {0};
    fixture = fixture_new(1);
    fixture_document(fixture, "c");
    fixture_value(fixture, TITLE, "net");
    fixture_value(fixture, FIELD_BODY, "boat boat");
    fixture_document(fixture, "d");
    fixture_value(fixture, TITLE, "boat net");
    fixture_document(fixture, "e");
    fixture_value(fixture, FIELD_BODY, "net sea net");
    fixture_reorder(fixture, ordinals);
    write_segment();
    commit();
    struct snapshot *snapshot = open_snapshot();
    REQUIRE_OK(snapshot_length_codes(&codes, snapshot, 0, FIELD_BODY, &error), &error);
    CHECK_BYTES(codes, 3, body, 3);
    REQUIRE_OK(snapshot_body_range(&start, &end, snapshot, 0, 2, &error), &error);
    CHECK_UINT(start, 129);
    check_term(snapshot, FIELD_BODY, "net", 1, 2);
    snapshot_release(snapshot);
    fixture_free(fixture);
}

static void the_newest_live_document_of_an_id(void)
{
    size_t segment;
    uint32_t document;
    struct trawl_error error = {0};
    make_index();
    delete_in(0, 2);
    fixture_document(fixture, "b");
    fixture_value(fixture, FIELD_BODY, "new");
    write_segment();
    commit();
    struct snapshot *snapshot = open_snapshot();
    REQUIRE_INT(snapshot_find_id(&segment, &document, snapshot, (const uint8_t *)"b", 1, &error), 0);
    CHECK_UINT(segment, 2);
    CHECK_UINT(document, 0);
    REQUIRE_INT(snapshot_find_id(&segment, &document, snapshot, (const uint8_t *)"a", 1, &error), 0);
    CHECK_UINT(segment, 0);
    CHECK_INT(snapshot_find_id(&segment, &document, snapshot, (const uint8_t *)"z", 1, &error), TRAWL_END);
    snapshot_release(snapshot);
    fixture_free(fixture);
}

static void a_newer_commit_makes_it_stale(void)
{
    make_index();
    struct snapshot *snapshot = open_snapshot();
    CHECK(!snapshot_is_stale(snapshot));
    commit();
    CHECK(snapshot_is_stale(snapshot));
    check_field(snapshot, FIELD_DEFAULT, 5, 14); /* still there */
    snapshot_release(snapshot);
    fixture_free(fixture);
}

/* File systems give a new file the inode of one that is gone, within the same tick of their clock. */
static void commits_in_quick_succession_are_all_noticed(void)
{
    enum { COMMITS = 300 };
    make_index();
    for (int i = 0; i < COMMITS; i++) {
        struct snapshot *snapshot = open_snapshot();
        REQUIRE(!snapshot_is_stale(snapshot));
        commit();
        if (i % 2) /* the manifest that was opened is gone, and its inode free */
            commit();
        REQUIRE(snapshot_is_stale(snapshot));
        snapshot_release(snapshot);
    }
    fixture_free(fixture);
}

/* Once the manifest is old enough its inode is enough; here it is old by decree. */
static void a_settled_manifest_is_not_read_again(void)
{
    make_index();
    struct snapshot *snapshot = open_snapshot();
    CHECK(!snapshot_is_stale(snapshot));
    CHECK(!snapshot->is_settled);
    snapshot->is_settled = 1;
    const uint64_t generation = snapshot->manifest.generation;
    snapshot->manifest.generation = generation + 1; /* who read the file would see another */
    CHECK(!snapshot_is_stale(snapshot));
    snapshot->manifest.generation = generation;
    commit();
    CHECK(snapshot_is_stale(snapshot));
    snapshot_release(snapshot);
    fixture_free(fixture);
}

static void lost_files_are_damage(void)
{
    struct snapshot *snapshot;
    struct trawl_error error = {0};
    make_index();
    REQUIRE_OK(file_remove(tap_path("00000001.seg"), &error), &error);
    CHECK_INT(snapshot_open(&snapshot, tap_folder(), &error), TRAWL_ERROR_CORRUPT);
    CHECK(snapshot == NULL);
    CHECK(strstr(error.file, "00000001.seg") != NULL);
    error = (struct trawl_error){0};
    CHECK_INT(snapshot_open(&snapshot, tap_path("nowhere"), &error), TRAWL_ERROR_NOT_FOUND);
    fixture_free(fixture);
}

static void *ask_everything(void *context)
{
    struct snapshot *snapshot = context;
    for (int round = 0; round < 20; round++) {
        struct field_statistics field;
        struct term_statistics term;
        const uint8_t *codes;
        if (snapshot_field_statistics(&field, snapshot, FIELD_BODY, NULL) || field.documents != 3 ||
            snapshot_term_statistics(&term, snapshot, FIELD_BODY, (const uint8_t *)"net", 3, NULL) || term.df != 1 ||
            snapshot_length_codes(&codes, snapshot, 1, FIELD_BODY, NULL) || codes[0] != 2)
            return NULL;
    }
    return context;
}

static void threads_may_share_it(void)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    make_index();
    delete_in(0, 1);
    commit();
    struct snapshot *snapshot = open_snapshot();
    for (size_t i = 0; i < THREADS; i++)
        REQUIRE_INT(pthread_create(&threads[i], NULL, ask_everything, snapshot), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *result;
        REQUIRE_INT(pthread_join(threads[i], &result), 0);
        CHECK(result == snapshot);
    }
    snapshot_release(snapshot);
    fixture_free(fixture);
}

static void without_positions_bodies_are_everything(void)
{
    fixture = fixture_new(0);
    fixture_document(fixture, "c");
    fixture_value(fixture, TITLE, "net");
    fixture_value(fixture, FIELD_BODY, "boat boat");
    write_segment();
    commit();
    struct snapshot *snapshot = open_snapshot();
    CHECK(snapshot_segment_is_plain(snapshot, 0));
    check_term(snapshot, FIELD_BODY, "net", 1, 1);
    check_field(snapshot, FIELD_BODY, 1, 3);
    snapshot_release(snapshot);
    fixture_free(fixture);
}

TAP_MAIN("snapshot", TAP_CASE(statistics_without_deletes), TAP_CASE(statistics_with_deletes),
         TAP_CASE(length_codes_by_document),
         TAP_CASE(body_ranges), TAP_CASE(reordered_bodies), TAP_CASE(the_newest_live_document_of_an_id),
         TAP_CASE(a_newer_commit_makes_it_stale),
         TAP_CASE(commits_in_quick_succession_are_all_noticed), TAP_CASE(a_settled_manifest_is_not_read_again),
         TAP_CASE(lost_files_are_damage), TAP_CASE(threads_may_share_it),
         TAP_CASE(without_positions_bodies_are_everything))
