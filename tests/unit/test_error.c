#include "src/util/error.h"

#include <errno.h>
#include <string.h>

#include "tests/unit/tap.h"

static void says_what_it_was_given(void)
{
    struct trawl_error error = {0};
    CHECK_INT(error_set(&error, TRAWL_ERROR_LIMIT, "%d clauses, %s", 1025, "too many"), TRAWL_ERROR_LIMIT);
    CHECK_INT(error.code, TRAWL_ERROR_LIMIT);
    CHECK_STRING(error.message, "1025 clauses, too many");
    CHECK_STRING(error.file, "");
    CHECK_UINT(error.offset, 0);
}

static void the_first_error_stays(void)
{
    struct trawl_error error = {0};
    error_set(&error, TRAWL_ERROR_LIMIT, "first");
    CHECK_INT(error_set(&error, TRAWL_ERROR_QUERY, "second"), TRAWL_ERROR_QUERY);
    CHECK_INT(error_memory(&error), TRAWL_ERROR_MEMORY);
    CHECK_INT(error_corrupt(&error, "a", "terms", 7, "third"), TRAWL_ERROR_CORRUPT);
    errno = EIO;
    CHECK_INT(error_system(&error, "cannot read", "a"), TRAWL_ERROR_IO);
    CHECK_INT(error.code, TRAWL_ERROR_LIMIT);
    CHECK_STRING(error.message, "first");
    CHECK_STRING(error.file, "");
}

static void nobody_needs_to_listen(void)
{
    errno = EIO;
    CHECK_INT(error_system(NULL, "cannot read", "a"), TRAWL_ERROR_IO);
    CHECK_INT(error_set(NULL, TRAWL_ERROR_LIMIT, "nobody"), TRAWL_ERROR_LIMIT);
    CHECK_INT(error_memory(NULL), TRAWL_ERROR_MEMORY);
    CHECK_INT(error_corrupt(NULL, "a", "terms", 7, "nobody"), TRAWL_ERROR_CORRUPT);
}

static void system_errors_name_call_file_and_reason(void)
{
    struct trawl_error error = {0};
    errno = EACCES;
    CHECK_INT(error_system(&error, "cannot open", "some/file"), TRAWL_ERROR_IO);
    CHECK_STRING(error.file, "some/file");
    CHECK_STRING(error.message, "cannot open: Permission denied");
}

static void some_reasons_have_a_code_of_their_own(void)
{
    errno = ENOMEM;
    CHECK_INT(error_system(NULL, "cannot map", "a"), TRAWL_ERROR_MEMORY);
    errno = ENOENT;
    CHECK_INT(error_system(NULL, "cannot open", "a"), TRAWL_ERROR_NOT_FOUND);
    errno = ENOSPC;
    CHECK_INT(error_system(NULL, "cannot write", "a"), TRAWL_ERROR_IO);
}

static void damage_names_section_and_place(void)
{
    struct trawl_error error = {0};
    int status = error_corrupt(&error, "0001.segment", "terms", 4096, "block %d is out of order", 3);
    CHECK_INT(status, TRAWL_ERROR_CORRUPT);
    CHECK_INT(error.code, TRAWL_ERROR_CORRUPT);
    CHECK_STRING(error.file, "0001.segment");
    CHECK_UINT(error.offset, 4096);
    CHECK_STRING(error.message, "damaged terms: block 3 is out of order");
}

static void long_messages_end_with_a_whole_character(void)
{
    char text[2 * sizeof((struct trawl_error *)0)->message];
    /* Two-byte characters behind one, two: the cut falls into one of them. */
    for (size_t lead = 1; lead <= 2; lead++) {
        memset(text, 'x', lead);
        for (size_t i = lead; i + 1 < sizeof text; i += 2)
            memcpy(text + i, "\xC3\xA9", 2);
        text[sizeof text - 2] = text[sizeof text - 1] = '\0';
        struct trawl_error error = {0};
        error_set(&error, TRAWL_ERROR_QUERY, "%s", text);
        size_t length = strlen(error.message);
        CHECK_UINT(length, sizeof error.message - 1 - (sizeof error.message - 1 - lead) % 2);
        CHECK_UINT((unsigned char)error.message[length - 1], 0xA9);
    }
}

static void long_paths_keep_their_end(void)
{
    char path[1000];
    memset(path, 'a', sizeof path);
    memcpy(path + sizeof path - 10, "/the-name", 10);
    struct trawl_error error = {0};
    errno = EIO;
    error_system(&error, "cannot read", path);
    size_t length = strlen(error.file);
    CHECK_UINT(length, sizeof error.file - 1);
    CHECK(memcmp(error.file, "...a", 4) == 0);
    CHECK_STRING(error.file + length - 9, "/the-name");
}

TAP_MAIN("error", TAP_CASE(says_what_it_was_given), TAP_CASE(the_first_error_stays), TAP_CASE(nobody_needs_to_listen),
         TAP_CASE(system_errors_name_call_file_and_reason), TAP_CASE(some_reasons_have_a_code_of_their_own),
         TAP_CASE(damage_names_section_and_place), TAP_CASE(long_messages_end_with_a_whole_character),
         TAP_CASE(long_paths_keep_their_end))
