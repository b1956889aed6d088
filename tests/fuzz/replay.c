/* Runs a fuzz target as an ordinary test, the same in every run: fuzz_query
 * over the files of tests/fuzz/corpus/query and over the seeds that the target
 * makes itself, if it does (fuzz.h); over all of them cut short and with bytes
 * changed. Without a fuzzing engine this is the target's main.
 *
 * With `--seeds FOLDER` it writes the made seeds there, for an engine to start
 * from. What an engine found belongs into the corpus. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/unit/tap.h"

#pragma weak fuzz_seed

enum {
    LARGEST = 1 << 18,
    FILE_CHANGES = 8,
    SEED_CHANGES = 400,
    COSTLY = 4096 /* bytes; longer seeds are changed less often */
};

static char target[64]; /* "query" of "fuzz_query" */
static uint8_t input[LARGEST], changed[LARGEST];
static const char *seed_folder;

/* On memory of the exact size, so that a sanitizer sees each byte read past it. */
static void run(const uint8_t *bytes, size_t length)
{
    uint8_t *copy = malloc(length ? length : 1);
    REQUIRE(copy != NULL);
    if (length)
        memcpy(copy, bytes, length);
    LLVMFuzzerTestOneInput(copy, length);
    free(copy);
}

static void change(uint8_t *bytes, size_t length, struct tap_random *random)
{
    for (size_t i = 0, changes = 1 + tap_random_below(random, 4); i < changes && length; i++) {
        const size_t at = tap_random_below(random, length), from = tap_random_below(random, length);
        const uint8_t any = (uint8_t)tap_random_next(random);
        switch (tap_random_below(random, 4)) {
        case 0:
            bytes[at] = bytes[from];
            break;
        case 1:
            bytes[at] ^= (uint8_t)(1U << any % 8);
            break;
        case 2:
            bytes[at] = 0xff;
            break;
        default:
            bytes[at] = any;
            break;
        }
    }
}

static void run_with_changes(const uint8_t *bytes, size_t length, size_t rounds)
{
    struct tap_random random = {length};
    run(bytes, length);
    run(bytes, tap_random_below(&random, length + 1));
    for (size_t i = 0; i < rounds; i++) {
        memcpy(changed, bytes, length);
        change(changed, length, &random);
        run(changed, length);
    }
}

/* ---------------------------------------------------------------------- corpus */

static void run_file(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    REQUIRE_THAT(file != NULL, "cannot open %s", path);
    const size_t length = fread(input, 1, sizeof input, file);
    fclose(file);
    run_with_changes(input, length, tap_rounds(FILE_CHANGES));
}

static void replays_its_corpus(void)
{
    char corpus[128];
    snprintf(corpus, sizeof corpus, "tests/fuzz/corpus/%s", target);
    const char *path = tap_source_path(corpus);
    DIR *folder = opendir(path);
    if (!folder && fuzz_seed)
        return; /* it may live on seeds alone */
    REQUIRE_THAT(folder != NULL, "cannot open %s", path);
    size_t files = 0;
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.') {
            run_file(path, entry->d_name);
            files++;
        }
    closedir(folder);
    CHECK(files > 0);
}

/* ----------------------------------------------------------------------- seeds */

static void replays_its_seeds(void)
{
    size_t length;
    run(input, 0);
    for (size_t number = 0; fuzz_seed && (length = fuzz_seed(input, sizeof input, number)); number++)
        run_with_changes(input, length, tap_rounds(SEED_CHANGES / (1 + length / COSTLY)));
}

static void writes_its_seeds(void)
{
    char path[4096];
    size_t length;
    for (size_t number = 0; fuzz_seed && (length = fuzz_seed(input, sizeof input, number)); number++) {
        snprintf(path, sizeof path, "%s/seed-%zu", seed_folder, number);
        FILE *file = fopen(path, "wb");
        REQUIRE_THAT(file != NULL, "cannot create %s", path);
        CHECK(fwrite(input, 1, length, file) == length);
        CHECK(fclose(file) == 0);
    }
}

int main(int argument_count, char **arguments)
{
    static const struct tap_case replay[] = {TAP_CASE(replays_its_corpus), TAP_CASE(replays_its_seeds)};
    static const struct tap_case write[] = {TAP_CASE(writes_its_seeds)};
    const char *name = strstr(arguments[0], "fuzz_");
    for (const char *next; name && (next = strstr(name + 1, "fuzz_"));)
        name = next;
    snprintf(target, sizeof target, "%s", name ? name + strlen("fuzz_") : "");
    if (argument_count == 3 && strcmp(arguments[1], "--seeds") == 0) {
        seed_folder = arguments[2];
        return tap_main(target, write, 1, 1, arguments);
    }
    return tap_main(target, replay, 2, argument_count, arguments);
}
