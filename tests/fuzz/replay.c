/* Runs a fuzz target over its corpus as an ordinary test: fuzz_query over the
 * files of tests/fuzz/corpus/query, and over each of them cut short and with
 * bytes changed, the same in every run. Without a fuzzing engine this is the
 * target's main. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/tap.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { LARGEST = 1 << 16, CHANGES = 8 };

static char target[64]; /* "query" of "fuzz_query" */

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
        size_t at = tap_random_below(random, length), from = tap_random_below(random, length);
        uint8_t any = (uint8_t)tap_random_next(random);
        bytes[at] = tap_random_below(random, 2) ? bytes[from] : any;
    }
}

static void run_file(const char *folder, const char *name)
{
    char path[4096];
    static uint8_t bytes[LARGEST], changed[LARGEST];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    REQUIRE_THAT(file != NULL, "cannot open %s", path);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);

    struct tap_random random = {length};
    run(bytes, length);
    run(bytes, tap_random_below(&random, length + 1));
    for (size_t i = 0, rounds = tap_rounds(CHANGES); i < rounds; i++) {
        memcpy(changed, bytes, length);
        change(changed, length, &random);
        run(changed, length);
    }
}

static void replays_its_corpus(void)
{
    char corpus[128];
    snprintf(corpus, sizeof corpus, "tests/fuzz/corpus/%s", target);
    const char *path = tap_source_path(corpus);
    DIR *folder = opendir(path);
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

int main(int argument_count, char **arguments)
{
    static const struct tap_case cases[] = {TAP_CASE(replays_its_corpus)};
    const char *name = strstr(arguments[0], "fuzz_");
    for (const char *next; name && (next = strstr(name + 1, "fuzz_"));)
        name = next;
    snprintf(target, sizeof target, "%s", name ? name + strlen("fuzz_") : "");
    return tap_main(target, cases, 1, argument_count, arguments);
}
