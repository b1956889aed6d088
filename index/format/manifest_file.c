/* The manifest on disk: FORMAT.md section 4. */
#include "index/format/manifest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "index/codec/vbyte.h"
#include "index/format/container.h"
#include "index/format/meta.h"
#include "src/util/bytes.h"

static const uint32_t section_id = SECTION_ID('M', 'A', 'N', 'I');

/* ---------------------------------------------------------------------- names */

static int check_path(int length, struct trawl_error *error)
{
    if (length > 0 && length < MANIFEST_PATH_BYTES)
        return 0;
    return error_set(error, TRAWL_ERROR_ARGUMENT, "the name of the index folder is too long");
}

static int manifest_path(char *out, const char *folder, struct trawl_error *error)
{
    return check_path(snprintf(out, MANIFEST_PATH_BYTES, "%s/manifest", folder), error);
}

int manifest_segment_path(char *out, const char *folder, uint32_t number, struct trawl_error *error)
{
    return check_path(snprintf(out, MANIFEST_PATH_BYTES, "%s/%08" PRIu32 ".seg", folder, number), error);
}

int manifest_deletes_path(char *out, const char *folder, uint32_t number, uint64_t generation, struct trawl_error *error)
{
    return check_path(
        snprintf(out, MANIFEST_PATH_BYTES, "%s/%08" PRIu32 ".%08" PRIu64 ".del", folder, number, generation), error);
}

/* -------------------------------------------------------------------- writing */

static void append_vbyte(struct buffer *out, uint64_t value)
{
    uint8_t *room = buffer_reserve(out, VBYTE_MAX);
    if (room)
        out->length += vbyte_put(room, value);
}

static void append_string(struct buffer *out, const char *string)
{
    append_vbyte(out, strlen(string));
    buffer_append_string(out, string);
}

static void append_segment(struct buffer *out, const struct manifest_segment *segment)
{
    buffer_append_u32(out, segment->number);
    buffer_append_u32(out, segment->documents);
    buffer_append_u32(out, segment->deleted);
    buffer_append_u32(out, segment->toc_checksum);
    buffer_append_u64(out, segment->deletes_generation);
    buffer_append_u64(out, segment->length);
}

static void append_manifest(struct buffer *out, const struct manifest *manifest)
{
    buffer_append_u64(out, manifest->generation);
    buffer_append_u64(out, manifest->commit_time);
    buffer_append_u64(out, manifest->next_insertion);
    buffer_append_u32(out, manifest->next_segment);
    buffer_append_u8(out, manifest->has_positions);
    buffer_append_u8(out, manifest->store);
    buffer_append_u8(out, manifest->has_pairs);
    buffer_append_u8(out, 0);
    append_string(out, manifest->language);
    append_string(out, manifest->analysis);
    append_vbyte(out, manifest->field_count);
    for (size_t i = 0; i < manifest->field_count; i++)
        append_string(out, manifest->fields[i]);
    append_vbyte(out, manifest->segment_count);
    for (size_t i = 0; i < manifest->segment_count; i++)
        append_segment(out, &manifest->segments[i]);
}

int manifest_write(const struct manifest *manifest, const char *folder, struct trawl_error *error)
{
    char path[MANIFEST_PATH_BYTES];
    int status = manifest_path(path, folder, error);
    if (status)
        return status;
    struct buffer section, file;
    buffer_init(&section);
    buffer_init(&file);
    append_manifest(&section, manifest);
    status = section.status ? error_memory(error)
                            : container_build(&file, CONTAINER_MANIFEST, section_id, section.bytes, section.length, error);
    if (!status)
        status = file_replace(path, file.bytes, file.length, error);
    buffer_release(&section);
    buffer_release(&file);
    return status;
}

/* -------------------------------------------------------------------- reading */

/* Takes the section apart; keeps its first failure. */
struct reader {
    const uint8_t *at, *end;
    int status; /* 0, TRAWL_ERROR_CORRUPT or TRAWL_ERROR_MEMORY */
};

static void fail(struct reader *reader, int status)
{
    if (!reader->status)
        reader->status = status;
}

/* `size` bytes, or zeros when there are no more. */
static const uint8_t *take(struct reader *reader, size_t size)
{
    static const uint8_t zeros[8];
    if (reader->status || size > (size_t)(reader->end - reader->at)) {
        fail(reader, TRAWL_ERROR_CORRUPT);
        return zeros;
    }
    reader->at += size;
    return reader->at - size;
}

static uint32_t take_u32(struct reader *reader)
{
    return load_u32(take(reader, 4));
}

static uint64_t take_u64(struct reader *reader)
{
    return load_u64(take(reader, 8));
}

/* A count of things of at least one byte each. */
static size_t take_count(struct reader *reader)
{
    uint64_t value = 0;
    if (reader->status || vbyte_get(&value, &reader->at, reader->end) || value > (uint64_t)(reader->end - reader->at)) {
        fail(reader, TRAWL_ERROR_CORRUPT);
        return 0;
    }
    return (size_t)value;
}

static const char *take_string(struct reader *reader, struct manifest *manifest)
{
    const size_t length = take_count(reader);
    if (reader->status || memchr(reader->at, '\0', length)) {
        fail(reader, TRAWL_ERROR_CORRUPT);
        return "";
    }
    const char *copy = arena_copy(&manifest->arena, reader->at, length);
    reader->at += length;
    if (!copy)
        fail(reader, TRAWL_ERROR_MEMORY);
    return copy ? copy : "";
}

static void take_fields(struct reader *reader, struct manifest *manifest)
{
    const size_t count = take_count(reader);
    for (size_t i = 0; i < count && !reader->status; i++) {
        const char *name = take_string(reader, manifest);
        const int number = reader->status ? -1 : manifest_add_field(manifest, name, strlen(name));
        if (number != (int)i)
            fail(reader, number < 0 && i < FIELD_PAIRS ? TRAWL_ERROR_MEMORY : TRAWL_ERROR_CORRUPT);
    }
    if (manifest->field_count != count)
        fail(reader, TRAWL_ERROR_CORRUPT);
}

static int segment_is_sound(const struct manifest_segment *segment, const struct manifest *manifest)
{
    return segment->number < manifest->next_segment && segment->deleted <= segment->documents &&
           segment->deletes_generation <= manifest->generation && (!segment->deleted || segment->deletes_generation);
}

static void take_segments(struct reader *reader, struct manifest *manifest)
{
    const size_t count = take_count(reader);
    for (size_t i = 0; i < count && !reader->status; i++) {
        struct manifest_segment segment;
        segment.number = take_u32(reader);
        segment.documents = take_u32(reader);
        segment.deleted = take_u32(reader);
        segment.toc_checksum = take_u32(reader);
        segment.deletes_generation = take_u64(reader);
        segment.length = take_u64(reader);
        if (!segment_is_sound(&segment, manifest))
            fail(reader, TRAWL_ERROR_CORRUPT);
        if (manifest_add_segment(manifest, &segment))
            fail(reader, TRAWL_ERROR_MEMORY);
    }
}

static int take_manifest(struct manifest *manifest, struct span section)
{
    struct reader reader = {.at = section.bytes, .end = section.bytes + section.length};
    manifest->generation = take_u64(&reader);
    manifest->commit_time = take_u64(&reader);
    manifest->next_insertion = take_u64(&reader);
    manifest->next_segment = take_u32(&reader);
    manifest->has_positions = *take(&reader, 1);
    manifest->store = *take(&reader, 1);
    manifest->has_pairs = *take(&reader, 1);
    const uint8_t reserved = *take(&reader, 1);
    manifest->language = take_string(&reader, manifest);
    manifest->analysis = take_string(&reader, manifest);
    take_fields(&reader, manifest);
    take_segments(&reader, manifest);
    if (reader.at != reader.end || reserved || manifest->has_positions > 1 ||
        manifest->has_pairs > manifest->has_positions || manifest->store > TRAWL_STORE_NONE)
        fail(&reader, TRAWL_ERROR_CORRUPT);
    return reader.status;
}

static int read_section(struct manifest *manifest, const struct container *container, struct trawl_error *error)
{
    const struct span section = container_section(container, section_id);
    if (!section.bytes)
        return error_corrupt(error, container->path, "manifest", 0, "section MANI is missing");
    int status = container_check(container, NULL, NULL, error);
    if (status)
        return status;
    if (manifest_init(manifest))
        return error_memory(error);
    status = take_manifest(manifest, section);
    if (!status)
        return 0;
    manifest_release(manifest);
    return status == TRAWL_ERROR_MEMORY
               ? error_memory(error)
               : error_corrupt(error, container->path, "manifest", (uint64_t)(section.bytes - container->map.bytes),
                               "its contents do not fit together");
}

struct file_stamp manifest_stamp(const char *folder)
{
    char path[MANIFEST_PATH_BYTES];
    struct file_stamp stamp = {0};
    if (!manifest_path(path, folder, NULL))
        file_stamp_take(&stamp, path);
    return stamp;
}

int manifest_read(struct manifest *manifest, const char *folder, struct trawl_error *error)
{
    char path[MANIFEST_PATH_BYTES];
    struct container container;
    *manifest = (struct manifest){.language = "", .analysis = ""};
    int status = manifest_path(path, folder, error);
    if (!status)
        status = container_open(&container, path, CONTAINER_MANIFEST, &section_id, 1, error);
    if (status)
        return status;
    status = read_section(manifest, &container, error);
    container_close(&container);
    return status;
}
