#include "tests/unit/tap.h"

#include <CUnit/TestRun.h>
#include <dirent.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MESSAGE = 2048, SHOWN_BYTES = 32 };

/* Paths and the like that live as long as one case. */
struct string_list {
    struct string_list *next;
    char text[];
};

static struct {
    const char *suite;
    size_t number;             /* of the running case, from 1 */
    const char *skip_reason;   /* NULL: not skipped */
    char *folder;              /* NULL until the case asked for one */
    struct string_list *paths; /* of the running case */
    struct string_list *source_paths;
    size_t failed;
} tap;

static void give_up(const char *why)
{
    printf("Bail out! %s\n", why);
    exit(EXIT_FAILURE);
}

/* ------------------------------------------------------------------ checks */

/* CUnit copies the text of what failed, and ends a fatal case by a jump. */
static int report(int holds, struct tap_place place, const char *text)
{
    CU_assertImplementation(holds ? CU_TRUE : CU_FALSE, place.line, text, place.file, "", place.fatal ? CU_TRUE : CU_FALSE);
    return holds;
}

int tap_check(int holds, struct tap_place place, const char *format, ...)
{
    char text[MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return report(holds, place, text);
}

int tap_check_int(int64_t found, int64_t expected, struct tap_place place, const char *what)
{
    return tap_check(found == expected, place, "%s: is %lld, not %lld", what, (long long)found, (long long)expected);
}

int tap_check_uint(uint64_t found, uint64_t expected, struct tap_place place, const char *what)
{
    return tap_check(found == expected, place, "%s: is %llu, not %llu", what, (unsigned long long)found,
                     (unsigned long long)expected);
}

int tap_check_double(double found, double expected, double within, struct tap_place place, const char *what)
{
    return tap_check(fabs(found - expected) <= within, place, "%s: is %.17g, not %.17g within %g", what, found, expected,
                     within);
}

int tap_check_string(const char *found, const char *expected, struct tap_place place, const char *what)
{
    int same = found && expected ? strcmp(found, expected) == 0 : found == expected;
    return tap_check(same, place, "%s: is \"%s\", not \"%s\"", what, found ? found : "(NULL)", expected ? expected : "(NULL)");
}

/* A few bytes from `from` on, as hexadecimal. */
static void show_bytes(char *text, size_t room, const uint8_t *bytes, size_t length, size_t from)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = from; i < length && i < from + SHOWN_BYTES && used + 4 < room; i++)
        used += (size_t)snprintf(text + used, room - used, "%02x ", bytes[i]);
}

int tap_check_bytes(const void *found, size_t found_length, const void *expected, size_t expected_length,
                    struct tap_place place, const char *what)
{
    const uint8_t *a = found, *b = expected;
    size_t shorter = found_length < expected_length ? found_length : expected_length, same = 0;
    while (same < shorter && a[same] == b[same])
        same++;
    if (same == found_length && same == expected_length)
        return report(1, place, what);
    char is[4 * SHOWN_BYTES], not[4 * SHOWN_BYTES];
    show_bytes(is, sizeof is, a, found_length, same);
    show_bytes(not, sizeof not, b, expected_length, same);
    return tap_check(0, place, "%s: %zu bytes, expected %zu; from byte %zu on: is %snot %s", what, found_length,
                     expected_length, same, is, not);
}

int tap_check_ok(int status, const struct trawl_error *error, struct tap_place place, const char *what)
{
    static const struct trawl_error none;
    if (!error)
        error = &none;
    return tap_check(status == 0, place, "%s: status %d: %s%s%s (offset %llu)", what, status, error->file,
                     error->file[0] ? ": " : "", error->message, (unsigned long long)error->offset);
}

/* ------------------------------------------------------- what cases can use */

void tap_skip(const char *reason)
{
    tap.skip_reason = reason;
}

size_t tap_rounds(size_t normal)
{
    const char *effort = getenv("TRAWL_TEST_EFFORT");
    if (effort && strcmp(effort, "quick") == 0)
        return normal > 8 ? normal / 8 : 1;
    if (effort && strcmp(effort, "full") == 0)
        return normal * 8;
    return normal;
}

/* The state walks in odd steps; the output mixes it with two multiplications
 * by large odd numbers and shifts between them. */
uint64_t tap_random_next(struct tap_random *random)
{
    random->state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t x = random->state;
    x = (x ^ x >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    x = (x ^ x >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    return x ^ x >> 32;
}

uint64_t tap_random_below(struct tap_random *random, uint64_t limit)
{
    return tap_random_next(random) % limit;
}

static const char *keep_path(struct string_list **list, const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    struct string_list *entry = malloc(sizeof *entry + size);
    if (!entry)
        give_up("out of memory");
    snprintf(entry->text, size, "%s/%s", folder, name);
    entry->next = *list;
    *list = entry;
    return entry->text;
}

static void free_list(struct string_list **list)
{
    while (*list) {
        struct string_list *next = (*list)->next;
        free(*list);
        *list = next;
    }
}

const char *tap_source_path(const char *path)
{
    const char *top = getenv("top_srcdir");
    return keep_path(&tap.source_paths, top ? top : ".", path);
}

const char *tap_folder(void)
{
    if (tap.folder)
        return tap.folder;
    const char *temporary = getenv("TMPDIR");
    if (!temporary || !*temporary)
        temporary = "/tmp";
    size_t size = strlen(temporary) + sizeof "/trawl-test-XXXXXX";
    tap.folder = malloc(size);
    if (!tap.folder)
        give_up("out of memory");
    snprintf(tap.folder, size, "%s/trawl-test-XXXXXX", temporary);
    if (!mkdtemp(tap.folder))
        give_up("cannot make a temporary folder");
    return tap.folder;
}

const char *tap_path(const char *name)
{
    return keep_path(&tap.paths, tap_folder(), name);
}

static void remove_tree(const char *path)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    while (folder && (entry = readdir(folder))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        struct string_list *child = NULL;
        struct stat about;
        keep_path(&child, path, entry->d_name);
        if (lstat(child->text, &about) == 0 && S_ISDIR(about.st_mode))
            remove_tree(child->text);
        else
            unlink(child->text);
        free_list(&child);
    }
    if (folder)
        closedir(folder);
    rmdir(path);
}

void tap_empty_folder(const char *path)
{
    remove_tree(path);
    if (mkdir(path, 0700))
        give_up("cannot make a folder");
}

size_t tap_count_files(const char *path)
{
    size_t count = 0;
    DIR *folder = opendir(path);
    while (folder && readdir(folder))
        count++;
    if (!folder || closedir(folder))
        give_up("cannot read a folder");
    return count - 2;
}

/* ---------------------------------------------------------------- the runner */

/* Everything of a message on one line, or the protocol would not read it. */
static void print_line(const char *text)
{
    for (; *text; text++)
        putchar(*text == '\n' || *text == '\r' ? ' ' : *text);
    putchar('\n');
}

static void print_result(const char *verdict, const char *name, const char *skip_reason)
{
    printf("%s %zu - %s: ", verdict, tap.number, tap.suite);
    for (; *name; name++)
        putchar(*name == '_' ? ' ' : *name);
    if (skip_reason)
        printf(" # SKIP %s", skip_reason);
    putchar('\n');
}

static void run_case(CU_pSuite suite, CU_pTest test)
{
    tap.number++;
    tap.skip_reason = NULL;
    if (CU_run_test(suite, test) != CUE_SUCCESS)
        give_up(CU_get_error_msg());

    CU_pFailureRecord failure = CU_get_failure_list();
    print_result(failure ? "not ok" : "ok", test->pName, failure ? NULL : tap.skip_reason);
    tap.failed += failure != NULL;
    for (; failure; failure = failure->pNext) {
        printf("# %s:%u: ", failure->strFileName ? failure->strFileName : "?", failure->uiLineNumber);
        print_line(failure->strCondition ? failure->strCondition : "failed");
    }
    fflush(stdout);

    free_list(&tap.paths);
    if (tap.folder)
        remove_tree(tap.folder);
    free(tap.folder);
    tap.folder = NULL;
}

static int is_chosen(const char *name, int argument_count, char **arguments)
{
    for (int i = 1; i < argument_count; i++)
        if (strcmp(arguments[i], name) == 0)
            return 1;
    return argument_count < 2;
}

int tap_main(const char *suite_name, const struct tap_case *cases, size_t count, int argument_count, char **arguments)
{
    tap.suite = suite_name;
    if (CU_initialize_registry() != CUE_SUCCESS)
        give_up("cannot start CUnit");
    CU_pSuite suite = CU_add_suite(suite_name, NULL, NULL);
    if (!suite)
        give_up(CU_get_error_msg());

    size_t chosen = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_chosen(cases[i].name, argument_count, arguments))
            continue;
        if (!CU_add_test(suite, cases[i].name, cases[i].run))
            give_up(CU_get_error_msg());
        chosen++;
    }
    printf("1..%zu\n", chosen);
    fflush(stdout);
    for (CU_pTest test = suite->pTest; test; test = test->pNext)
        run_case(suite, test);

    CU_cleanup_registry();
    free_list(&tap.source_paths);
    /* A driver has read the results; to it a bad exit would be one failure more. */
    return tap.failed && !getenv("HARNESS_ACTIVE") ? EXIT_FAILURE : EXIT_SUCCESS;
}
