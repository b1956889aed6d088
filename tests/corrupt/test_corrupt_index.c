/* Damaged indexes: cut, flipped, patched, files lost and mixed up. Nothing
 * crashes or hangs; verify finds whatever a checksum covers and names the
 * file; merging never makes sound files of damaged ones; and what verify calls
 * sound, no other call refuses.
 *
 * Every so many-th byte is damaged in an ordinary run, every byte in a full one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "index/format/container.h"
#include "index/format/container_frame.h"
#include "src/util/bytes.h"
#include "tests/corrupt/exercise.h"
#include "tests/corrupt/sample_index.h"
#include "tests/unit/tap.h"

/* `nth` in an ordinary run, 1 in a full one. */
static size_t every(size_t nth)
{
    return tap_rounds(1) > 1 ? 1 : nth * 8 / tap_rounds(8);
}

/* Another number in $TRAWL_TEST_SEED, other damage. */
static size_t seed(void)
{
    const char *number = getenv("TRAWL_TEST_SEED");
    return number ? (size_t)strtoul(number, NULL, 10) : 0;
}

static const char *said(const struct sample_file *file, const char *what, size_t at)
{
    static char text[128];
    snprintf(text, sizeof text, "%.60s, %.30s at %zu", file->name, what, at);
    return text;
}

/* ----------------------------------------------------------------- the sample */

/* Where a section lies; [0, 0) when it is not in the file. */
static void find_section(size_t *start, size_t *end, const struct sample_file *file, const char *name)
{
    const uint8_t *footer = file->bytes + file->length - FOOTER_BYTES;
    const uint8_t *entry = file->bytes + load_u64(footer + FOOTER_TOC);
    *start = *end = 0;
    for (; entry < footer; entry += TOC_ENTRY_BYTES)
        if (memcmp(entry + TOC_ID, name, 4) == 0) {
            *start = (size_t)load_u64(entry + TOC_OFFSET);
            *end = *start + (size_t)load_u64(entry + TOC_LENGTH);
        }
}

static int has_section(const struct sample *sample, const char *name)
{
    size_t start, end = 0;
    for (size_t i = 0; i < sample->file_count && !end; i++)
        find_section(&start, &end, &sample->files[i], name);
    return end > 0;
}

static void the_sample_is_sound_and_has_something_of_everything(void)
{
    static const char *const sections[] = {"META", "TIDX", "TERM", "THSH", "POST", "POSN", "LENS", "ENDS", "FLDS",
                                           "DIDS", "SIDX", "STOR", "INSR", "PAIR", "DELS", "MANI"};
    struct sample sample;
    struct exercise exercise;
    struct trawl_error error;
    size_t bytes = 0;
    sample_make(&sample, SAMPLE_MIXED, tap_path("index"));
    for (size_t i = 0; i < sample.file_count; i++)
        bytes += sample.files[i].length;
    printf("# %zu files, %zu bytes\n", sample.file_count, bytes);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        CHECK_THAT(has_section(&sample, sections[i]), "no section %s", sections[i]);
    CHECK(sample.file_count >= 6); /* three segments, two with deletes */
    exercise_read(&exercise, sample.folder, "undamaged");
    CHECK_OK(exercise.verdict, &exercise.found);
    CHECK_OK(exercise.first.code, &exercise.first);
    sample_copy(&sample, tap_path("copy"));
    CHECK_OK(exercise_write(&error, tap_path("copy"), "undamaged"), &error);
    CHECK_OK(trawl_verify(tap_path("copy"), NULL, NULL, &error), &error);
    sample_release(&sample);
}

/* -------------------------------------------------------- damage that is found */

/* The index is damaged at `file`, and no checksum hides it. */
static void expect_found(const struct sample *sample, const struct sample_file *file, const char *what)
{
    struct exercise exercise;
    exercise_read(&exercise, sample->folder, what);
    CHECK_THAT(exercise.verdict == TRAWL_ERROR_CORRUPT, "%s: verify says %d", what, exercise.verdict);
    CHECK_THAT(strcmp(exercise.found.file, file->path) == 0, "%s: verify names '%s' (%s)", what, exercise.found.file,
               exercise.found.message);
}

/* A writer refuses such an index and leaves the manifest as it is. */
static void expect_unchanged(const struct sample *sample, const char *what)
{
    struct trawl_error error;
    struct sample_file before, after;
    const char *copy = tap_path("copy");
    sample_copy(sample, copy);
    snprintf(before.path, sizeof before.path, "%s", sample->manifest->path);
    snprintf(after.path, sizeof after.path, "%s/manifest", copy);
    sample_read(&before);
    const int status = exercise_write(&error, copy, what);
    sample_read(&after);
    CHECK_THAT(status == TRAWL_ERROR_CORRUPT, "%s: writing says %d: %s", what, status, error.message);
    CHECK_THAT(error.file[0] != '\0', "%s: writing names no file: %s", what, error.message);
    CHECK_BYTES(after.bytes, after.length, before.bytes, before.length);
    free(before.bytes);
    free(after.bytes);
}

static void a_flipped_bit_is_found(void)
{
    struct sample sample;
    size_t number = 0;
    sample_make(&sample, SAMPLE_MIXED, tap_path("index"));
    for (const struct sample_file *file = sample.files; file < sample.files + sample.file_count; file++)
        for (size_t at = number % every(101); at < file->length; at += every(101), number++) {
            const char *what = said(file, "a bit flipped", at);
            sample_put_byte(file, at, file->bytes[at] ^ (uint8_t)(1 << (number + seed()) % 8));
            expect_found(&sample, file, what);
            if (number % 16 == 0)
                expect_unchanged(&sample, what);
            sample_put_byte(file, at, file->bytes[at]);
        }
    sample_release(&sample);
}

static void a_cut_file_is_found(void)
{
    struct sample sample;
    size_t number = 0;
    sample_make(&sample, SAMPLE_MIXED, tap_path("index"));
    for (const struct sample_file *file = sample.files; file < sample.files + sample.file_count; file++) {
        for (size_t length = number % every(67); length < file->length; length += every(67), number++) {
            sample_put(file, file->bytes, length);
            expect_found(&sample, file, said(file, "cut", length));
            if (number % 16 == 0)
                expect_unchanged(&sample, said(file, "cut", length));
        }
        sample_restore(file);
    }
    sample_release(&sample);
}

static void a_file_that_has_grown_is_found(void)
{
    struct sample sample;
    sample_make(&sample, SAMPLE_MIXED, tap_path("index"));
    for (const struct sample_file *file = sample.files; file < sample.files + sample.file_count; file++) {
        uint8_t *longer = calloc(file->length + 4096, 1);
        REQUIRE(longer != NULL);
        memcpy(longer, file->bytes, file->length);
        sample_put(file, longer, file->length + 1);
        expect_found(&sample, file, said(file, "one byte more", file->length));
        memcpy(longer + 4096, file->bytes, file->length);
        sample_put(file, longer, file->length + 4096);
        expect_found(&sample, file, said(file, "a page before it", 0));
        sample_restore(file);
        free(longer);
    }
    sample_release(&sample);
}

/* ------------------------------------------------ damage under right checksums */

enum { KINDS = 8 };

/* -> how many bytes from `at` on were changed; 0: none */
static size_t patch(uint8_t *bytes, size_t length, size_t at, size_t kind)
{
    static const uint32_t numbers[] = {0, 1, 0x7fffffff, 0xffffffff};
    const uint8_t before = bytes[at];
    switch (kind) {
    case 0:
        bytes[at] ^= (uint8_t)(1 << at % 8);
        return 1;
    case 1:
        bytes[at] = 0xff;
        return bytes[at] != before;
    case 2:
        bytes[at] = 0;
        return bytes[at] != before;
    case 3:
        bytes[at]++;
        return 1;
    default:
        if (at + 4 > length || load_u32(bytes + at) == numbers[kind - 4])
            return 0;
        store_u32(bytes + at, numbers[kind - 4]);
        return 4;
    }
}

/* What verify finds nothing wrong with must work. Only a patched manifest may
 * tell of a language or an analysis that is not known here. */
static void expect_consistent(const struct sample *sample, const char *what, int also_write)
{
    struct exercise exercise;
    struct trawl_error error;
    exercise_read(&exercise, sample->folder, what);
    CHECK_THAT(exercise.verdict != 0 || exercise.refusals == 0 || exercise.first.code == TRAWL_ERROR_UNSUPPORTED, "%s: verify found nothing, but: %s: %s", what,
               exercise.first.file, exercise.first.message);
    CHECK_THAT(exercise.verdict == 0 || exercise.verdict == TRAWL_ERROR_CORRUPT || exercise.verdict == TRAWL_ERROR_UNSUPPORTED,
               "%s: verify says %d: %s", what, exercise.verdict, exercise.found.message);
    if (!also_write)
        return;
    sample_copy(sample, tap_path("copy"));
    const int status = exercise_write(&error, tap_path("copy"), what);
    if (exercise.verdict == 0 && status != TRAWL_ERROR_SETTINGS && status != TRAWL_ERROR_UNSUPPORTED) {
        CHECK_THAT(status == 0, "%s: verify found nothing, but writing: %s", what, error.message);
        CHECK_THAT(trawl_verify(tap_path("copy"), NULL, NULL, &error) == 0, "%s: sound, but not when merged: %s", what,
                   error.message);
    }
}

static void patch_file(const struct sample *sample, const struct sample_file *file, size_t at, size_t kind, int also_write)
{
    uint8_t *bytes = malloc(file->length), *manifest = malloc(sample->manifest->length);
    REQUIRE(bytes && manifest);
    memcpy(bytes, file->bytes, file->length);
    const size_t changed = patch(bytes, file->length, at, kind);
    if (changed) {
        sample_seal(bytes, file, at, changed);
        sample_put(file, bytes, file->length);
        if (file->named_at) {
            sample_name_segment(manifest, sample, file, bytes);
            sample_put(sample->manifest, manifest, sample->manifest->length);
        }
        char what[160];
        snprintf(what, sizeof what, "%.60s: byte %zu patched (kind %zu) and sealed", file->name, at, kind);
        expect_consistent(sample, what, also_write);
        sample_restore(file);
        sample_restore(sample->manifest);
    }
    free(bytes);
    free(manifest);
}

static void a_patch_under_right_checksums_does_no_harm(void)
{
    struct sample sample;
    size_t number = 0;
    sample_make(&sample, SAMPLE_MIXED, tap_path("index"));
    for (const struct sample_file *file = sample.files; file < sample.files + sample.file_count; file++)
        for (size_t at = number % every(83); at < file->length; at += every(83), number++)
            patch_file(&sample, file, at, (number + seed()) % KINDS, number % 16 == 0);
    sample_release(&sample);
}

/* The first bytes of the list sections are the directories of "alpha". */
static void patches_of_long_lists_do_no_harm(void)
{
    static const char *const sections[] = {"META", "TIDX", "TERM", "THSH", "POST", "POSN"};
    enum { DIRECTORY = 1024 };
    struct sample sample;
    size_t number = 0;
    sample_make(&sample, SAMPLE_LONG, tap_path("index"));
    for (const struct sample_file *file = sample.files; file < sample.files + sample.file_count; file++)
        for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
            size_t start, end;
            find_section(&start, &end, file, sections[i]);
            end = end - start > DIRECTORY ? start + DIRECTORY : end;
            for (size_t at = start + number % 7; at < end; at += every(23), number++)
                patch_file(&sample, file, at, (number + seed()) % KINDS, number % 16 == 0);
        }
    CHECK(number > 0);
    sample_release(&sample);
}

/* Single bytes rarely meet: several at once, near each other or anywhere. */
static void patches_together_do_no_harm(void)
{
    struct sample sample;
    struct tap_random random = {11 + 1000 * seed()};
    sample_make(&sample, SAMPLE_MIXED, tap_path("index"));
    for (size_t i = 0; i < tap_rounds(150); i++) {
        const struct sample_file *file = &sample.files[tap_random_below(&random, sample.file_count)];
        uint8_t *bytes = malloc(file->length), *manifest = malloc(sample.manifest->length);
        REQUIRE(bytes && manifest);
        memcpy(bytes, file->bytes, file->length);
        size_t at = tap_random_below(&random, file->length);
        for (size_t j = 0, patches = 2 + tap_random_below(&random, 6); j < patches; j++) {
            const uint64_t anywhere = tap_random_below(&random, 3);
            at = anywhere ? (at + tap_random_below(&random, 64)) % file->length : tap_random_below(&random, file->length);
            patch(bytes, file->length, at, tap_random_below(&random, KINDS));
        }
        sample_seal(bytes, file, 0, file->length);
        sample_put(file, bytes, file->length);
        if (file->named_at) {
            sample_name_segment(manifest, &sample, file, bytes);
            sample_put(sample.manifest, manifest, sample.manifest->length);
        }
        char what[160];
        snprintf(what, sizeof what, "%.60s: round %zu of patches", file->name, i);
        expect_consistent(&sample, what, i % 16 == 0);
        sample_restore(file);
        sample_restore(sample.manifest);
        free(bytes);
        free(manifest);
    }
    sample_release(&sample);
}

/* ------------------------------------------------------- files that are not ours */

/* Verify finds bytes of a segment that were set to `value`, under right checksums. */
static void expect_patch_found(const struct sample *sample, const struct sample_file *file, size_t at, uint8_t value,
                               size_t count, const char *what)
{
    uint8_t *bytes = malloc(file->length), *manifest = malloc(sample->manifest->length);
    REQUIRE(bytes && manifest);
    memcpy(bytes, file->bytes, file->length);
    memset(bytes + at, value, count);
    sample_seal(bytes, file, at, count);
    sample_name_segment(manifest, sample, file, bytes);
    sample_put(file, bytes, file->length);
    sample_put(sample->manifest, manifest, sample->manifest->length);
    expect_found(sample, file, what);
    sample_restore(file);
    sample_restore(sample->manifest);
    free(bytes);
    free(manifest);
}

/* The section that says which pairs are kept, under right checksums: lists of pairs that it does not name are found. */
static void a_wrong_rule_of_pairs_is_found(void)
{
    struct sample sample;
    size_t start, end, tried = 0;
    sample_make(&sample, SAMPLE_MIXED, tap_path("index"));
    for (const struct sample_file *file = sample.files; file < sample.files + sample.file_count; file++) {
        find_section(&start, &end, file, "PAIR");
        if (end == start || file->length < 10000) /* a small one may have no pairs */
            continue;
        expect_patch_found(&sample, file, start + 8, 0xff, 8, "no pair is kept");
        tried++;
    }
    CHECK(tried > 0);
    sample_release(&sample);
}

static void a_reserved_word_is_found(void)
{
    static const char sections[][5] = {"TIDX", "LENS", "ENDS", "SIDX", "INSR", "PAIR"};
    struct sample sample;
    sample_make(&sample, SAMPLE_MIXED, tap_path("index"));
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        size_t start, end, tried = 0;
        for (const struct sample_file *file = sample.files; file < sample.files + sample.file_count; file++) {
            find_section(&start, &end, file, sections[i]);
            if (end == start)
                continue;
            expect_patch_found(&sample, file, start + 4 + tried % 4, 1, 1, sections[i]);
            tried++;
        }
        CHECK_THAT(tried > 0, "no %s", sections[i]);
    }
    sample_release(&sample);
}

static void a_lost_file_is_found(void)
{
    struct sample sample;
    sample_make(&sample, SAMPLE_MIXED, tap_path("index"));
    for (const struct sample_file *file = sample.files; file < sample.files + sample.file_count; file++) {
        if (file == sample.manifest)
            continue;
        REQUIRE(unlink(file->path) == 0);
        expect_found(&sample, file, said(file, "lost", 0));
        expect_unchanged(&sample, said(file, "lost", 0));
        sample_restore(file);
    }
    sample_release(&sample);
}

static void without_a_manifest_there_is_no_index(void)
{
    struct sample sample;
    struct trawl_error error = {0};
    trawl_snapshot *snapshot;
    sample_make(&sample, SAMPLE_MIXED, tap_path("index"));
    REQUIRE(unlink(sample.manifest->path) == 0);
    CHECK_INT(trawl_snapshot_open(&snapshot, sample.folder, &error), TRAWL_ERROR_NOT_FOUND);
    CHECK(error.message[0] != '\0');
    CHECK(trawl_verify(sample.folder, NULL, NULL, NULL) < 0);
    CHECK_INT(exercise_write(&error, sample.folder, "no manifest"), TRAWL_ERROR_NOT_FOUND);
    sample_release(&sample);
}

static void files_in_each_others_place_are_found(void)
{
    struct sample sample;
    sample_make(&sample, SAMPLE_MIXED, tap_path("index"));
    for (size_t i = 0; i < sample.file_count; i++)
        for (size_t j = 0; j < sample.file_count; j++) {
            const struct sample_file *file = &sample.files[i], *other = &sample.files[j];
            char what[160];
            if (i == j)
                continue;
            snprintf(what, sizeof what, "%.60s in the place of %.60s", other->name, file->name);
            sample_put(file, other->bytes, other->length);
            struct exercise exercise;
            exercise_read(&exercise, sample.folder, what);
            CHECK_THAT(exercise.verdict == TRAWL_ERROR_CORRUPT, "%s: verify says %d", what, exercise.verdict);
            CHECK_THAT(strcmp(exercise.found.file, file->path) == 0, "%s: verify names '%s'", what, exercise.found.file);
            sample_restore(file);
        }
    sample_release(&sample);
}

static void a_newer_version_is_refused_by_name(void)
{
    struct sample sample;
    sample_make(&sample, SAMPLE_MIXED, tap_path("index"));
    for (const struct sample_file *file = sample.files; file < sample.files + sample.file_count; file++) {
        struct exercise exercise;
        struct trawl_error error;
        uint8_t *bytes = malloc(file->length);
        REQUIRE(bytes != NULL);
        memcpy(bytes, file->bytes, file->length);
        store_u32(bytes + HEADER_VERSION, TRAWL_FORMAT_VERSION + 1);
        sample_seal(bytes, file, 0, 0);
        sample_put(file, bytes, file->length);
        exercise_read(&exercise, sample.folder, said(file, "a newer version", HEADER_VERSION));
        CHECK_INT(exercise.first.code, TRAWL_ERROR_UNSUPPORTED);
        CHECK_INT(exercise.verdict, TRAWL_ERROR_UNSUPPORTED);
        CHECK(strstr(exercise.found.message, "version 2") != NULL);
        CHECK(strstr(exercise.found.message, file->name) != NULL);
        sample_copy(&sample, tap_path("copy"));
        CHECK_INT(exercise_write(&error, tap_path("copy"), "a newer version"), TRAWL_ERROR_UNSUPPORTED);
        sample_restore(file);
        free(bytes);
    }
    sample_release(&sample);
}

static void garbage_is_refused(void)
{
    struct sample sample;
    struct tap_random random = {5};
    uint8_t garbage[5000];
    for (size_t i = 0; i < sizeof garbage; i++)
        garbage[i] = (uint8_t)tap_random_next(&random);
    sample_make(&sample, SAMPLE_MIXED, tap_path("index"));
    for (const struct sample_file *file = sample.files; file < sample.files + sample.file_count; file++) {
        static const size_t lengths[] = {0, 1, 16, 64, 95, 96, 4096, sizeof garbage};
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            sample_put(file, garbage, lengths[i]);
            expect_found(&sample, file, said(file, "garbage", lengths[i]));
        }
        sample_restore(file);
    }
    sample_release(&sample);
}

/* What is no file must not be followed, read or waited for. */
static void links_folders_and_pipes_are_refused(void)
{
    enum { LINK, FOLDER, PIPE, THINGS };
    struct sample sample;
    sample_make(&sample, SAMPLE_MIXED, tap_path("index"));
    const char *elsewhere = tap_path("elsewhere");
    for (const struct sample_file *file = sample.files; file < sample.files + sample.file_count; file++)
        for (int thing = 0; thing < THINGS; thing++) {
            struct trawl_error error = {0};
            trawl_snapshot *snapshot;
            REQUIRE(rename(file->path, elsewhere) == 0);
            REQUIRE((thing == LINK     ? symlink(elsewhere, file->path)
                     : thing == FOLDER ? mkdir(file->path, 0700)
                                       : mkfifo(file->path, 0600)) == 0);
            exercise_begin();
            const int opened = trawl_snapshot_open(&snapshot, sample.folder, &error);
            CHECK_THAT(opened == TRAWL_ERROR_IO, "%s as thing %d: open says %d", file->name, thing, opened);
            CHECK_STRING(error.file, file->path);
            const int verdict = trawl_verify(sample.folder, NULL, NULL, NULL);
            CHECK_THAT(verdict < 0, "%s as thing %d: verify says %d", file->name, thing, verdict);
            const int written = exercise_write(&error, sample.folder, said(file, "not a file", 0));
            CHECK_THAT(written < 0, "%s as thing %d: writing goes through", file->name, thing);
            REQUIRE(remove(file->path) == 0 && rename(elsewhere, file->path) == 0);
        }
    CHECK_INT(trawl_verify(sample.folder, NULL, NULL, NULL), 0);
    sample_release(&sample);
}

TAP_MAIN("damaged indexes", TAP_CASE(the_sample_is_sound_and_has_something_of_everything), TAP_CASE(a_flipped_bit_is_found),
         TAP_CASE(a_cut_file_is_found), TAP_CASE(a_file_that_has_grown_is_found),
         TAP_CASE(a_patch_under_right_checksums_does_no_harm), TAP_CASE(patches_of_long_lists_do_no_harm), TAP_CASE(patches_together_do_no_harm),
         TAP_CASE(a_wrong_rule_of_pairs_is_found), TAP_CASE(a_reserved_word_is_found), TAP_CASE(a_lost_file_is_found), TAP_CASE(without_a_manifest_there_is_no_index),
         TAP_CASE(files_in_each_others_place_are_found), TAP_CASE(a_newer_version_is_refused_by_name),
         TAP_CASE(garbage_is_refused), TAP_CASE(links_folders_and_pipes_are_refused))
