#include "index/format/pairs.h"

#include <string.h>

#include "src/util/bytes.h"
#include "tests/unit/container_fixture.h"
#include "tests/unit/tap.h"

static const uint32_t section_id = SECTION_ID('P', 'A', 'I', 'R');

/* Opens a container with a section of these bytes. */
static int open_bytes(struct pairs *pairs, const uint8_t *bytes, size_t length, struct trawl_error *error)
{
    struct container_writer writer;
    struct container container;
    const char *path = tap_path("pairs");
    file_remove(path, NULL);
    REQUIRE_OK(container_create(&writer, path, CONTAINER_SEGMENT, error), error);
    REQUIRE_OK(container_add(&writer, section_id, 0, bytes, length, error), error);
    REQUIRE_OK(container_finish(&writer, 0, NULL, NULL, error), error);
    REQUIRE_OK(container_open(&container, path, CONTAINER_SEGMENT, &section_id, 1, error), error);
    const int status = pairs_open(pairs, &container, error);
    container_close(&container);
    return status;
}

static void what_is_written_is_read(void)
{
    const struct pairs written = {.is_there = 1, .least = 300, .together = UINT64_C(1) << 40};
    struct pairs read;
    struct container_writer writer;
    struct container container;
    struct trawl_error error = {0};
    const char *path = tap_path("pairs");
    REQUIRE_OK(container_create(&writer, path, CONTAINER_SEGMENT, &error), &error);
    REQUIRE_OK(pairs_write(&written, &writer, &error), &error);
    REQUIRE_OK(container_finish(&writer, 0, NULL, NULL, &error), &error);
    REQUIRE_OK(container_open(&container, path, CONTAINER_SEGMENT, &section_id, 1, &error), &error);
    REQUIRE_OK(pairs_open(&read, &container, &error), &error);
    CHECK_INT(read.is_there, 1);
    CHECK_UINT(read.least, 300);
    CHECK_UINT(read.together, UINT64_C(1) << 40);
    container_close(&container);
}

static void damage_is_found(void)
{
    const uint8_t bytes[32] = {1};
    const uint8_t zeros[16] = {0};
    struct pairs pairs;
    for (size_t length = 0; length <= sizeof bytes; length++) {
        struct trawl_error error = {0};
        CHECK_INT(open_bytes(&pairs, bytes, length, &error), length == 16 ? 0 : TRAWL_ERROR_CORRUPT);
    }
    struct trawl_error error = {0};
    CHECK_INT(open_bytes(&pairs, zeros, sizeof zeros, &error), TRAWL_ERROR_CORRUPT);
}

static void what_is_common_and_kept(void)
{
    const struct pairs none = {0}, pairs = {.is_there = 1, .least = 10, .together = 150};
    CHECK(!pairs_is_common(&none, 1000, 3));
    CHECK(!pairs_is_common(&pairs, 9, 3));
    CHECK(pairs_is_common(&pairs, 10, 3));
    CHECK(pairs_is_common(&pairs, 10, 127));
    CHECK(!pairs_is_common(&pairs, 10, 128));
    CHECK(!pairs_are_kept(&pairs, 10, 14));
    CHECK(pairs_are_kept(&pairs, 15, 10));
    CHECK(pairs_are_kept(&pairs, UINT32_MAX, UINT32_MAX));
}

/* No two pairs have one key, whatever their bytes. */
static void keys_differ(void)
{
    uint8_t a[PAIR_KEY_BYTES], b[PAIR_KEY_BYTES], longest[PAIR_TERM_BYTES] = {0};
    const size_t one = pair_key(a, (const uint8_t *)"ab", 2, (const uint8_t *)"c", 1);
    const size_t other = pair_key(b, (const uint8_t *)"a", 1, (const uint8_t *)"bc", 2);
    CHECK_BYTES(a, one, "\2abc", 4);
    CHECK_BYTES(b, other, "\1abc", 4);
    CHECK_UINT(pair_key(a, longest, sizeof longest, longest, sizeof longest), TERM_MAX_BYTES);
}

TAP_MAIN("pairs", TAP_CASE(what_is_written_is_read), TAP_CASE(damage_is_found), TAP_CASE(what_is_common_and_kept),
         TAP_CASE(keys_differ))
