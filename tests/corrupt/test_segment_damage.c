/* A segment with damaged bytes. With its checksums as they were, verify finds
 * every single change. With checksums made right, nothing that reads may
 * crash, hang or break a promise, whatever the bytes say. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "index/read/check.h"
#include "src/util/buffer.h"
#include "src/util/bytes.h"
#include "src/util/file.h"
#include "tests/unit/damage_fixture.h"
#include "tests/unit/segment_walk.h"
#include "tests/unit/tap.h"

enum { DOCUMENTS = 160 };

struct world {
    struct manifest manifest;
    struct buffer sound, bytes; /* of the segment's file, as it was and as it is */
    int descriptor;
};

static void open_world(struct world *world, uint32_t documents)
{
    struct trawl_error error = {0};
    struct file_map map;
    const char *path = tap_path("00000000.seg");
    damage_fixture_write(tap_folder(), documents, &world->manifest);
    REQUIRE_OK(file_map_open(&map, path, &error), &error);
    buffer_init(&world->sound);
    buffer_init(&world->bytes);
    buffer_append(&world->sound, map.bytes, map.length);
    buffer_append(&world->bytes, map.bytes, map.length);
    file_map_close(&map);
    world->descriptor = open(path, O_RDWR);
    REQUIRE(world->descriptor >= 0);
}

static void close_world(struct world *world)
{
    close(world->descriptor);
    buffer_release(&world->sound);
    buffer_release(&world->bytes);
    manifest_release(&world->manifest);
}

static void write_bytes(const struct world *world)
{
    REQUIRE(pwrite(world->descriptor, world->bytes.bytes, world->bytes.length, 0) == (ssize_t)world->bytes.length);
}

static void restore(struct world *world)
{
    memcpy(world->bytes.bytes, world->sound.bytes, world->sound.length);
}

static void every_change_is_found(void)
{
    struct world world;
    struct tap_random random = {91};
    open_world(&world, DOCUMENTS);
    CHECK_INT(check_index(tap_folder(), NULL, NULL, NULL), 0);
    const size_t step = tap_rounds(8) >= 64 ? 1 : world.sound.length / tap_rounds(1200);
    for (size_t at = 0; at < world.sound.length; at += 1 + tap_random_below(&random, 2 * step)) {
        world.bytes.bytes[at] ^= (uint8_t)(1U << tap_random_below(&random, 8));
        write_bytes(&world);
        CHECK_THAT(check_index(tap_folder(), NULL, NULL, NULL) == TRAWL_ERROR_CORRUPT, "byte %zu", at);
        restore(&world);
    }
    close_world(&world);
}

/* -> 1 when verify called it sound */
static int read_damaged(struct world *world)
{
    struct snapshot *snapshot;
    struct trawl_error error = {0};
    world->manifest.segments[0].toc_checksum = fix_checksums(world->bytes.bytes, world->bytes.length);
    write_bytes(world);
    const int status = snapshot_open_manifest(&snapshot, tap_folder(), &world->manifest, &error);
    CHECK_THAT(status == 0 || status == TRAWL_ERROR_CORRUPT || status == TRAWL_ERROR_UNSUPPORTED, "%d %s", status,
               error.message);
    if (status)
        return 0;
    const size_t damaged = snapshot_walk(snapshot);
    snapshot_release(snapshot);
    return damaged == 0;
}

static uint8_t change(uint8_t byte, struct tap_random *random)
{
    /* headers of runs: all equal, bitset, bit 6, wide, split */
    static const uint8_t headers[] = {0x3e, 0x3f, 0xbe, 0xbf, 0x40, 0x44, 0x5f, 0x60, 0xc3, 0x1f, 0x20, 0x21, 0x24, 0xa2, 0x3d};
    switch (tap_random_below(random, 5)) {
    case 0:
        return (uint8_t)(byte ^ 1U << tap_random_below(random, 8));
    case 3:
        return headers[tap_random_below(random, sizeof headers)];
    case 1:
        return 0xff;
    case 2:
        return 0;
    default:
        return (uint8_t)tap_random_next(random);
    }
}

static void nothing_crashes(uint32_t documents, size_t rounds, uint64_t seed)
{
    struct world world;
    struct tap_random random = {seed};
    open_world(&world, documents);
    CHECK(read_damaged(&world));
    for (size_t round = 0; round < tap_rounds(rounds); round++) {
        for (uint64_t changes = 1 + tap_random_below(&random, 3); changes > 0; changes--) {
            uint8_t *byte = &world.bytes.bytes[tap_random_below(&random, world.bytes.length)];
            *byte = change(*byte, &random);
        }
        read_damaged(&world);
        restore(&world);
    }
    close_world(&world);
}

static void small_segments_never_crash(void)
{
    nothing_crashes(DOCUMENTS, 1000, 92);
}

static void segments_with_groups_never_crash(void)
{
    nothing_crashes(4200, 30, 93);
}

/* Changes aimed at what says where things are: the first bytes of sections. */
static void heads_of_sections(void)
{
    struct world world;
    struct tap_random random = {94};
    open_world(&world, DOCUMENTS);
    const uint8_t *footer = world.sound.bytes + world.sound.length - 32;
    const uint64_t toc = load_u64(footer), entries = load_u32(footer + 8);
    for (size_t round = 0; round < tap_rounds(1500); round++) {
        const uint64_t section = load_u64(world.sound.bytes + toc + 32 * tap_random_below(&random, entries) + 8);
        uint8_t *byte = &world.bytes.bytes[section + tap_random_below(&random, 48)];
        *byte = change(*byte, &random);
        read_damaged(&world);
        restore(&world);
    }
    close_world(&world);
}

/* Verify reads the same bytes by itself. */
static void verify_never_crashes(void)
{
    struct world world;
    struct tap_random random = {95};
    struct trawl_error error = {0};
    open_world(&world, DOCUMENTS);
    for (size_t round = 0; round < tap_rounds(120); round++) {
        uint8_t *byte = &world.bytes.bytes[tap_random_below(&random, world.bytes.length)];
        *byte = change(*byte, &random);
        world.manifest.segments[0].toc_checksum = fix_checksums(world.bytes.bytes, world.bytes.length);
        write_bytes(&world);
        REQUIRE_OK(manifest_write(&world.manifest, tap_folder(), &error), &error);
        const int status = check_index(tap_folder(), NULL, NULL, NULL);
        CHECK(status == 0 || status == TRAWL_ERROR_CORRUPT || status == TRAWL_ERROR_UNSUPPORTED);
        restore(&world);
    }
    close_world(&world);
}

TAP_MAIN("segment damage", TAP_CASE(every_change_is_found), TAP_CASE(small_segments_never_crash),
         TAP_CASE(segments_with_groups_never_crash), TAP_CASE(heads_of_sections), TAP_CASE(verify_never_crashes))
