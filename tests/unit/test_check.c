#include "index/read/check.h"

#include <stdio.h>
#include <string.h>

#include "index/format/container.h"
#include "index/format/meta.h"
#include "src/util/bytes.h"
#include "src/util/file.h"
#include "src/util/memory.h"
#include "tests/unit/damage_fixture.h"
#include "tests/unit/segment_fixture.h"
#include "tests/unit/segment_walk.h"
#include "tests/unit/tap.h"

enum { DOCUMENTS = 300 };

static struct manifest manifest;
static struct buffer file; /* the segment */

static void read_index(void)
{
    struct trawl_error error = {0};
    struct file_map map;
    REQUIRE_OK(file_map_open(&map, tap_path("00000000.seg"), &error), &error);
    buffer_init(&file);
    buffer_append(&file, map.bytes, map.length);
    file_map_close(&map);
}

static void make_index(uint32_t documents)
{
    damage_fixture_write(tap_folder(), documents, &manifest);
    read_index();
}

/* Of so many documents, with a word of its own each. */
static void make_index_of_words(uint32_t documents)
{
    struct trawl_error error = {0};
    struct fixture *fixture = fixture_new(1);
    char word[32];
    for (uint32_t i = 0; i < documents; i++) {
        snprintf(word, sizeof word, "w%u", (unsigned)i);
        fixture_document(fixture, word);
        fixture_value(fixture, FIELD_BODY, word);
    }
    REQUIRE_OK(fixture_write(fixture, tap_folder(), &error), &error);
    REQUIRE_OK(fixture_commit(fixture, tap_folder(), &error), &error);
    REQUIRE_OK(manifest_copy(&manifest, fixture_manifest(fixture), &error), &error);
    fixture_free(fixture);
    read_index();
}

static void forget_index(void)
{
    buffer_release(&file);
    manifest_release(&manifest);
}

static struct trawl_error first_finding;
static size_t findings;

static void keep_finding(void *context, const struct trawl_error *finding)
{
    if (findings++ == 0)
        *(struct trawl_error *)context = *finding;
}

static int check_now(void)
{
    struct trawl_error error = {0};
    findings = 0;
    first_finding = (struct trawl_error){0};
    const int status = check_index(tap_folder(), keep_finding, &first_finding, &error);
    CHECK_INT(status, error.code);
    CHECK((status == TRAWL_ERROR_CORRUPT) == (findings > 0));
    return status;
}

/* Where a section starts in the file. */
static uint8_t *section(const char id[4])
{
    const uint8_t *footer = file.bytes + file.length - 32;
    for (uint64_t i = 0, toc = load_u64(footer); i < load_u32(footer + 8); i++)
        if (!memcmp(file.bytes + toc + 32 * i, id, 4))
            return file.bytes + load_u64(file.bytes + toc + 32 * i + 8);
    REQUIRE_THAT(0, "no section %.4s", id);
    return NULL;
}

/* Checks the changed file with right checksums, and a manifest that names it. */
static int check_changed(void)
{
    struct trawl_error error = {0};
    manifest.segments[0].toc_checksum = fix_checksums(file.bytes, file.length);
    REQUIRE_OK(file_replace(tap_path("00000000.seg"), file.bytes, file.length, &error), &error);
    REQUIRE_OK(manifest_write(&manifest, tap_folder(), &error), &error);
    return check_now();
}

/* One byte changed, checksums right: found in the section, in these words. */
static void check_change(uint8_t *at, uint8_t value, const char *words)
{
    const uint8_t kept = *at;
    *at = value;
    CHECK_INT(check_changed(), TRAWL_ERROR_CORRUPT);
    CHECK_THAT(strstr(first_finding.message, words) != NULL, "\"%s\", not \"%s\"", first_finding.message, words);
    CHECK(strstr(first_finding.file, "00000000.seg") != NULL);
    *at = kept;
}

static void sound_indexes(void)
{
    make_index(DOCUMENTS);
    CHECK_INT(check_changed(), 0);
    forget_index();
}

static void a_list_of_several_groups(void)
{
    make_index(4200);
    CHECK_INT(check_now(), 0);
    forget_index();
}

static void wrong_counts(void)
{
    make_index(DOCUMENTS);
    uint8_t *meta = section("META");
    check_change(meta + 24 + 4, meta[24 + 4] ^ 1, "documents or lengths do not add up");
    check_change(meta + 24 + 8, meta[24 + 8] ^ 1, "documents or lengths do not add up");
    check_change(meta + 24 + 16, meta[24 + 16] ^ 1, "do not occur as often");
    check_change(meta + 24 + 2 * 40, 77, "the manifest does not know");
    forget_index();
}

static void wrong_lengths(void)
{
    make_index(DOCUMENTS);
    uint8_t *lens = section("LENS");
    uint8_t *code = lens + load_u64(lens + 16);
    check_change(code, *code ^ 1, "the length code is");
    forget_index();
}

/* Codes that would do for reading, but say another end than the positions. */
static void wrong_ends(void)
{
    enum { WITH_TITLE = 6, WITHOUT = 2 }; /* words of both stand there once: only their number tells the size of positions */
    make_index(DOCUMENTS);
    uint8_t *ends = section("ENDS"), *lens = section("LENS");
    REQUIRE_UINT(load_u32(ends + 8), FIELD_DEFAULT);
    REQUIRE_UINT(load_u32(ends + 12), 0); /* one code for each document */
    uint8_t *codes = ends + load_u64(ends + 16);
    const uint8_t *length_codes = lens + load_u64(lens + 16);
    REQUIRE(codes[WITH_TITLE] > length_codes[WITH_TITLE]);
    check_change(&codes[WITH_TITLE], codes[WITH_TITLE] + 1, "the code of its end is");
    REQUIRE_UINT(codes[WITHOUT], length_codes[WITHOUT]);
    check_change(&codes[WITHOUT], 0, "the positions of this term are not sound");
    check_change(&codes[WITHOUT], length_codes[WITHOUT] + 1, "the code of its end is");
    forget_index();
}

/* Reserved words; of sections that this index has not, tests/corrupt/test_corrupt_index.c has some. */
static void words_that_are_not_zero(void)
{
    static const char heads[][5] = {"TIDX", "LENS", "SIDX", "ORDR"};
    make_index(DOCUMENTS);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        for (size_t byte = 4; byte < 8; byte++)
            check_change(section(heads[i]) + byte, 1, "must be zero");
    for (uint32_t i = 0, fields = load_u32(section("META") + 4); i < fields; i++)
        check_change(section("META") + META_HEAD_BYTES + i * META_FIELD_BYTES + 36, 1, "must be zero");
    uint8_t *toc = file.bytes + load_u64(file.bytes + file.length - 32);
    check_change(toc + 28, 1, "must be zero");
    check_change(toc + 32 + 31, 0x80, "must be zero");

    uint8_t *ids = section("DIDS");
    const size_t sorted = 8 + 4 * ((size_t)load_u32(ids) + 1);
    const size_t end = sorted + (DOCUMENTS * (size_t)load_u32(ids + 4) + 7) / 8;
    REQUIRE(end % 8 != 0);
    check_change(ids + end, 1, "must be zero");
    forget_index();
}

static void wrong_index_of_blocks(void)
{
    make_index(DOCUMENTS);
    uint8_t *tidx = section("TIDX");
    check_change(tidx + 8, tidx[8] ^ 1, "first bytes are not those of its first term");
    forget_index();
}

static void wrong_hash_of_terms(void)
{
    make_index(DOCUMENTS);
    uint8_t *hash = section("THSH"); /* of "all" alone, or little more: its head, 16 slots, a record */
    REQUIRE_UINT(load_u32(hash), 16);
    for (size_t at = 8; at < 8 + 16 * 4 + 5 + 3 + 9 + 6; at++)
        check_change(hash + at, hash[at] ^ 1, "the hash of terms is not that of the terms");
    forget_index();
}

static void wrong_levels_of_an_index(void)
{
    make_index_of_words(3000);
    uint8_t *tidx = section("TIDX");
    const uint32_t blocks = load_u32(tidx), sparse = (blocks + 7) / 8; /* prefixes of level 1, behind those of level 2 */
    REQUIRE(sparse > 8 && sparse <= 64);
    const size_t level_1 = 8 + (size_t)8 * ((sparse + 7) / 8), level_0 = level_1 + (size_t)8 * sparse;
    REQUIRE(load_u64(tidx + level_1) == load_u64(tidx + level_0));
    check_change(tidx + 8, tidx[8] ^ 1, "first bytes are not those of its first term");
    check_change(tidx + level_1 + 8, tidx[level_1 + 8] ^ 1, "first bytes are not those of its first term");
    check_change(tidx + level_0 - 8, tidx[level_0 - 8] ^ 1, "first bytes are not those of its first term");
    forget_index();
}

static void wrong_directories(void)
{
    make_index(DOCUMENTS);
    uint8_t *post = section("POST"); /* "all": 300 documents in 3 blocks: last, offset, positions, bounds */
    check_change(post, post[0] ^ 1, "not sound");
    check_change(post + 3 * 4 + 2, post[3 * 4 + 2] ^ 1, "");
    check_change(post + 3 * 6 + 4, post[3 * 6 + 4] ^ 1, "positions are not where");
    memset(post + 3 * 10 + 5, 250, 3); /* the first of four equal pairs still holds */
    check_change(post + 3 * 10 + 1, 250, "scores more than its bound");
    forget_index();
}

static void wrong_positions(void)
{
    make_index(DOCUMENTS);
    uint8_t *posn = section("POSN");
    memset(posn, 0xff, 7); /* of numbers of so many bits, some are too large */
    check_change(posn + 7, 0xff, "not sound");
    forget_index();
}

static void wrong_order(void)
{
    make_index(DOCUMENTS);
    uint8_t *order = section("ORDR");
    check_change(order + 8, order[8] ^ 1, "taken or too large");
    manifest.next_insertion = DOCUMENTS - 1;
    CHECK_INT(check_changed(), TRAWL_ERROR_CORRUPT);
    CHECK(strstr(first_finding.message, "insertion number") != NULL);
    forget_index();
}

static void wrong_ids(void)
{
    make_index(DOCUMENTS);
    uint8_t *ids = section("DIDS");
    uint8_t *sorted = ids + 8 + 4 * (load_u32(ids) + 1);
    check_change(sorted, sorted[0] ^ 1, "out of order");
    check_change(ids + 8 + 4, 0, "");
    forget_index();
}

static void wrong_stored_documents(void)
{
    make_index(DOCUMENTS);
    uint8_t *stored = section("STOR");
    check_change(stored, stored[0] ^ 1, "cannot be unpacked");
    check_change(stored + 20, stored[20] ^ 0xff, "");
    forget_index();
}

static void wrong_parts(void)
{
    make_index(DOCUMENTS);
    uint8_t *parts = section("FLDS");
    check_change(parts + 4 * 6 + 1, 9, "cannot be");
    REQUIRE(parts[4 * 6 + 4] == 0x81); /* the second part starts 129 behind the first */
    check_change(parts + 4 * 6 + 4, 0x80, "no token");
    check_change(parts + 4 * 6, 100, "");
    forget_index();
}

static void an_id_live_twice(void)
{
    struct trawl_error error = {0};
    struct fixture *fixture = fixture_new(0);
    for (int i = 0; i < 2; i++) {
        fixture_document(fixture, "same");
        fixture_value(fixture, FIELD_BODY, "word");
        REQUIRE_OK(fixture_write(fixture, tap_folder(), &error), &error);
    }
    REQUIRE_OK(fixture_commit(fixture, tap_folder(), &error), &error);
    CHECK_INT(check_now(), TRAWL_ERROR_CORRUPT);
    CHECK(strstr(first_finding.message, "live in segment") != NULL);
    const uint64_t first = 1;
    REQUIRE_OK(fixture_delete(fixture, tap_folder(), 0, &first, &error), &error);
    REQUIRE_OK(fixture_commit(fixture, tap_folder(), &error), &error);
    CHECK_INT(check_now(), 0);
    fixture_free(fixture);
}

static void findings_end_at_a_hundred(void)
{
    make_index(DOCUMENTS);
    uint8_t *lens = section("LENS");
    memset(lens + load_u64(lens + 16), 1, DOCUMENTS);
    CHECK_INT(check_changed(), TRAWL_ERROR_CORRUPT);
    CHECK_UINT(findings, 100);
    forget_index();
}

static void missing_things(void)
{
    struct trawl_error error = {0};
    CHECK_INT(check_index(tap_folder(), NULL, NULL, &error), TRAWL_ERROR_NOT_FOUND);
    make_index(DOCUMENTS);
    REQUIRE_OK(file_remove(tap_path("00000000.00000001.del"), &error), &error);
    CHECK_INT(check_now(), TRAWL_ERROR_CORRUPT);
    CHECK(strstr(first_finding.file, ".del") != NULL);
    forget_index();
}

static void memory_may_end(void)
{
    int status = -1;
    make_index(DOCUMENTS);
    for (long n = 0; status; n += 1 + n / 8) {
        struct trawl_error error = {0};
        memory_fail_after(n);
        status = check_index(tap_folder(), NULL, NULL, &error);
        memory_fail_after(-1);
        CHECK_THAT(status == 0 || status == TRAWL_ERROR_MEMORY, "allocation %ld: %d %s", n, status, error.message);
        REQUIRE(n < 1000000);
    }
    forget_index();
}

TAP_MAIN("check", TAP_CASE(sound_indexes), TAP_CASE(a_list_of_several_groups), TAP_CASE(wrong_counts), TAP_CASE(wrong_lengths),
         TAP_CASE(wrong_ends), TAP_CASE(words_that_are_not_zero),
         TAP_CASE(wrong_index_of_blocks), TAP_CASE(wrong_hash_of_terms), TAP_CASE(wrong_levels_of_an_index),
         TAP_CASE(wrong_directories), TAP_CASE(wrong_positions), TAP_CASE(wrong_order),
         TAP_CASE(wrong_ids), TAP_CASE(wrong_stored_documents), TAP_CASE(wrong_parts), TAP_CASE(an_id_live_twice),
         TAP_CASE(findings_end_at_a_hundred), TAP_CASE(missing_things), TAP_CASE(memory_may_end))
