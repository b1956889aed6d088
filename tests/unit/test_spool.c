#include "index/write/spool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/tap.h"

/* Appends `length` bytes in pieces, drains them into a container and looks. */
static void check_round_trip(size_t length, size_t piece)
{
    static const uint32_t id = SECTION_ID('T', 'E', 'S', 'T');
    struct trawl_error error = {0};
    struct spool spool;
    struct container_writer writer;
    struct container container;
    uint8_t *bytes = malloc(length + 1);
    REQUIRE(bytes != NULL);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (uint8_t)(i * 2654435761U >> 13);
    REQUIRE_OK(spool_init(&spool, tap_path("spool"), &error), &error);
    for (size_t at = 0; at < length; at += piece)
        REQUIRE_OK(spool_append(&spool, bytes + at, piece < length - at ? piece : length - at, &error), &error);
    CHECK_INT(file_exists(tap_path("spool")), length > SPOOL_MEMORY);

    file_remove(tap_path("file"), NULL);
    REQUIRE_OK(container_create(&writer, tap_path("file"), CONTAINER_SEGMENT, &error), &error);
    REQUIRE_OK(container_begin(&writer, id, SECTION_REQUIRED, &error), &error);
    REQUIRE_OK(spool_drain(&spool, &writer, &error), &error);
    REQUIRE_OK(container_end(&writer, &error), &error);
    REQUIRE_OK(container_finish(&writer, 0, NULL, NULL, &error), &error);
    spool_release(&spool);
    CHECK(!file_exists(tap_path("spool")));

    REQUIRE_OK(container_open(&container, tap_path("file"), CONTAINER_SEGMENT, &id, 1, &error), &error);
    const struct span section = container_section(&container, id);
    CHECK(section.length == length && (!length || memcmp(section.bytes, bytes, length) == 0));
    container_close(&container);
    free(bytes);
}

static void gives_back_what_it_took(void)
{
    check_round_trip(0, 1);
    check_round_trip(1000, 7);
    check_round_trip(SPOOL_MEMORY, 4096);
    check_round_trip(SPOOL_MEMORY + 1, 4096);
    check_round_trip(3 * SPOOL_MEMORY, SPOOL_MEMORY - 1);
    check_round_trip(2 * SPOOL_MEMORY, 2 * SPOOL_MEMORY);
}

static void a_full_disk_leaves_no_file(void)
{
    struct spool spool;
    static const uint8_t zeros[SPOOL_MEMORY];
    for (long allowed = 0; allowed < 3; allowed++) {
        struct trawl_error error = {0};
        REQUIRE_OK(spool_init(&spool, tap_path("spool"), &error), &error);
        file_fail_after(allowed, ENOSPC);
        int status = 0;
        for (int i = 0; i < 4 && !status; i++)
            status = spool_append(&spool, zeros, sizeof zeros, &error);
        CHECK_INT(status, TRAWL_ERROR_IO);
        CHECK_INT(error.code, TRAWL_ERROR_IO);
        file_fail_after(-1, 0);
        spool_release(&spool);
        CHECK(!file_exists(tap_path("spool")));
    }
}

TAP_MAIN("spool", TAP_CASE(gives_back_what_it_took), TAP_CASE(a_full_disk_leaves_no_file))
