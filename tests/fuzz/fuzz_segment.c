/* Input: a segment file. Its checksums are made right, so that changes reach
 * what lies behind them; it is opened and everything is read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "index/format/manifest.h"
#include "src/util/bytes.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/damage_fixture.h"
#include "tests/unit/segment_walk.h"

/* A folder of our own, gone when the program ends. */
static char folder[] = "/tmp/trawl-fuzz-XXXXXX";
static char path[64];

static void remove_folder(void)
{
    unlink(path);
    rmdir(folder);
}

static int make_folder(void)
{
    if (path[0])
        return 0;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/00000000.seg", folder);
    return atexit(remove_folder);
}

static int write_file(const uint8_t *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return -1;
    const size_t written = fwrite(bytes, 1, length, file);
    return fclose(file) || written != length ? -1 : 0;
}

/* The manifest's entry for the file, believing it. */
static struct manifest_segment entry_of(const uint8_t *bytes, size_t length, uint32_t toc_checksum)
{
    struct manifest_segment entry = {.toc_checksum = toc_checksum, .length = length};
    const uint64_t toc = load_u64(bytes + length - 32);
    const uint64_t meta = toc <= length - 64 ? load_u64(bytes + toc + 8) : 0;
    if (meta <= length - 4)
        entry.documents = load_u32(bytes + meta);
    return entry;
}

static void read_segment(const uint8_t *bytes, size_t length, uint32_t toc_checksum)
{
    struct manifest manifest;
    struct snapshot *snapshot;
    if (manifest_init(&manifest))
        return;
    const struct manifest_segment entry = entry_of(bytes, length, toc_checksum);
    manifest_add_field(&manifest, "title", 5);
    manifest_add_segment(&manifest, &entry);
    manifest.next_segment = 1;
    for (uint8_t has_positions = 0; has_positions < 2; has_positions++) {
        manifest.has_positions = has_positions;
        if (snapshot_open_manifest(&snapshot, folder, &manifest, NULL))
            continue;
        snapshot_walk(snapshot);
        snapshot_release(snapshot);
    }
    manifest_release(&manifest);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length < 128 || make_folder())
        return 0;
    uint8_t *copy = malloc(length);
    if (!copy)
        return 0;
    memcpy(copy, bytes, length);
    const uint32_t toc_checksum = fix_checksums(copy, length);
    if (toc_checksum && !write_file(copy, length))
        read_segment(copy, length, toc_checksum);
    free(copy);
    return 0;
}

size_t fuzz_seed(uint8_t *bytes, size_t capacity, size_t number)
{
    static const uint32_t documents[] = {3, 140, 4200};
    char seed_folder[] = "/tmp/trawl-seed-XXXXXX", name[64];
    struct manifest manifest;
    if (number >= 3 || !mkdtemp(seed_folder))
        return 0;
    damage_fixture_write(seed_folder, documents[number], &manifest);
    snprintf(name, sizeof name, "%s/00000000.seg", seed_folder);
    FILE *file = fopen(name, "rb");
    const size_t length = file ? fread(bytes, 1, capacity, file) : 0;
    if (file)
        fclose(file);
    unlink(name);
    snprintf(name, sizeof name, "%s/00000000.00000001.del", seed_folder);
    unlink(name);
    snprintf(name, sizeof name, "%s/manifest", seed_folder);
    unlink(name);
    rmdir(seed_folder);
    manifest_release(&manifest);
    return length;
}
