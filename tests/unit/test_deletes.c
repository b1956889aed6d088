#include "index/format/deletes.h"

#include "tests/unit/tap.h"

static const uint64_t words[] = {UINT64_C(0x8000000000000001), 0, UINT64_C(0x2)};
enum { DOCUMENTS = 130, DELETED = 3 };

static void come_back(void)
{
    struct trawl_error error = {0};
    uint64_t read[3];
    REQUIRE_OK(deletes_write(tap_path("d"), words, DOCUMENTS, DELETED, &error), &error);
    REQUIRE_OK(deletes_read(read, tap_path("d"), DOCUMENTS, DELETED, &error), &error);
    CHECK_BYTES(read, sizeof read, words, sizeof words);
}

static int read_status(uint32_t documents, uint32_t deleted)
{
    struct trawl_error error = {0};
    uint64_t read[4];
    return deletes_read(read, tap_path("d"), documents, deleted, &error);
}

static void counts_must_agree(void)
{
    struct trawl_error error = {0};
    REQUIRE_OK(deletes_write(tap_path("d"), words, DOCUMENTS, DELETED, &error), &error);
    CHECK_INT(read_status(DOCUMENTS, DELETED + 1), TRAWL_ERROR_CORRUPT);
    CHECK_INT(read_status(DOCUMENTS + 1, DELETED), TRAWL_ERROR_CORRUPT);
    CHECK_INT(read_status(DOCUMENTS + 64, DELETED), TRAWL_ERROR_CORRUPT);
}

static void bits_behind_the_last_document_are_refused(void)
{
    struct trawl_error error = {0};
    REQUIRE_OK(deletes_write(tap_path("d"), words, 129, DELETED, &error), &error); /* document 129 is not there */
    CHECK_INT(read_status(129, DELETED), TRAWL_ERROR_CORRUPT);
}

static void a_missing_file_is_not_found(void)
{
    CHECK_INT(read_status(DOCUMENTS, DELETED), TRAWL_ERROR_NOT_FOUND);
}

TAP_MAIN("deletes", TAP_CASE(come_back), TAP_CASE(counts_must_agree), TAP_CASE(bits_behind_the_last_document_are_refused),
         TAP_CASE(a_missing_file_is_not_found))
