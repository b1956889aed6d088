/* Writing of containers: sections front to back, their checksums on the way,
 * the table of contents at the end. */
#include "index/format/container.h"

#include "include/trawl.h"
#include "index/codec/crc32c.h"
#include "index/format/container_frame.h"
#include "src/util/bytes.h"

static const uint8_t zeros[FRAME_ALIGNMENT + FRAME_PADDING];

static void make_header(uint8_t header[HEADER_BYTES], enum container_kind kind)
{
    memcpy(header + HEADER_KIND, frame_kinds[kind], HEADER_KIND_BYTES);
    store_u32(header + HEADER_VERSION, TRAWL_FORMAT_VERSION);
    store_u32(header + HEADER_CHECKSUM, crc32c(0, header, HEADER_CHECKSUM));
}

/* Zero bytes from `end` of a section's payload to the next section. */
static size_t padding_after(uint64_t end)
{
    const size_t over = (size_t)(end % FRAME_ALIGNMENT);
    return FRAME_PADDING + (over ? FRAME_ALIGNMENT - over : 0);
}

static void make_entry(uint8_t out[TOC_ENTRY_BYTES], const struct section_entry *section)
{
    store_u32(out + TOC_ID, section->id);
    store_u32(out + TOC_FLAGS, section->flags);
    store_u64(out + TOC_OFFSET, section->offset);
    store_u64(out + TOC_LENGTH, section->length);
    store_u32(out + TOC_CHECKSUM, section->checksum);
    store_u32(out + TOC_ZERO, 0);
}

/* Table of contents and footer as they stand at `offset`. -> the table's checksum */
static uint32_t append_toc(struct buffer *out, const struct section_entry *sections, size_t count, uint64_t offset)
{
    const size_t start = out->length;
    for (size_t i = 0; i < count; i++) {
        uint8_t entry[TOC_ENTRY_BYTES];
        make_entry(entry, &sections[i]);
        buffer_append(out, entry, sizeof entry);
    }
    const uint32_t checksum = count == 0 || out->status ? 0 : crc32c(0, out->bytes + start, out->length - start);
    buffer_append_u64(out, offset);
    buffer_append_u32(out, (uint32_t)count);
    buffer_append_u32(out, checksum);
    buffer_append_u64(out, offset + count * TOC_ENTRY_BYTES + FOOTER_BYTES);
    buffer_append_string(out, frame_end);
    return checksum;
}

/* --------------------------------------------------------------- into a file */

/* The file keeps its first error; here it becomes the caller's too. */
static int report(struct container_writer *writer, struct trawl_error *error)
{
    if (writer->file.status && error && !error->code)
        *error = writer->file.first_error;
    return writer->file.status;
}

int container_create(struct container_writer *writer, const char *path, enum container_kind kind, struct trawl_error *error)
{
    *writer = (struct container_writer){0};
    int status = file_writer_open(&writer->file, path, error);
    if (status)
        return status;
    uint8_t header[FRAME_ALIGNMENT] = {0};
    make_header(header, kind);
    file_writer_append(&writer->file, header, sizeof header);
    status = report(writer, error);
    if (status)
        container_abandon(writer);
    return status;
}

int container_begin(struct container_writer *writer, uint32_t id, uint32_t flags, struct trawl_error *error)
{
    if (writer->section_count == CONTAINER_MAX_SECTIONS)
        return error_set(error, TRAWL_ERROR_LIMIT, "too many sections for one file");
    writer->sections[writer->section_count++] =
        (struct section_entry){.id = id, .flags = flags, .offset = writer->file.offset};
    writer->open_section = 1;
    return report(writer, error);
}

int container_append(struct container_writer *writer, const void *bytes, size_t length, struct trawl_error *error)
{
    struct section_entry *section = &writer->sections[writer->section_count - 1];
    section->checksum = crc32c(section->checksum, bytes, length);
    section->length += length;
    file_writer_append(&writer->file, bytes, length);
    return report(writer, error);
}

int container_map_section(struct span *payload, struct file_map *map, struct container_writer *writer,
                          struct trawl_error *error)
{
    const struct section_entry *section = &writer->sections[writer->section_count - 1];
    const int status = file_writer_map(map, &writer->file, error);
    *payload = (struct span){map->bytes + (status ? 0 : section->offset), (size_t)section->length};
    return status;
}

int container_end(struct container_writer *writer, struct trawl_error *error)
{
    file_writer_append(&writer->file, zeros, padding_after(writer->file.offset));
    writer->open_section = 0;
    return report(writer, error);
}

int container_add(struct container_writer *writer, uint32_t id, uint32_t flags, const void *bytes, size_t length,
                  struct trawl_error *error)
{
    int status = container_begin(writer, id, flags, error);
    if (!status)
        status = container_append(writer, bytes, length, error);
    return status ? status : container_end(writer, error);
}

int container_finish(struct container_writer *writer, int sync, uint32_t *toc_checksum, uint64_t *length,
                     struct trawl_error *error)
{
    struct buffer toc;
    buffer_init(&toc);
    const uint32_t checksum = append_toc(&toc, writer->sections, writer->section_count, writer->file.offset);
    if (toc.status) {
        buffer_release(&toc);
        container_abandon(writer);
        return error_memory(error);
    }
    file_writer_append(&writer->file, toc.bytes, toc.length);
    buffer_release(&toc);
    if (toc_checksum)
        *toc_checksum = checksum;
    if (length)
        *length = writer->file.offset;
    return file_writer_finish(&writer->file, sync, error);
}

void container_abandon(struct container_writer *writer)
{
    file_writer_abandon(&writer->file);
}

/* --------------------------------------------------------------- into memory */

int container_build(struct buffer *out, enum container_kind kind, uint32_t id, const void *bytes, size_t length,
                    struct trawl_error *error)
{
    uint8_t header[FRAME_ALIGNMENT] = {0};
    make_header(header, kind);
    const struct section_entry section = {.id = id,
                                          .flags = SECTION_REQUIRED,
                                          .checksum = crc32c(0, bytes, length),
                                          .offset = sizeof header,
                                          .length = length};
    const uint64_t end = section.offset + length;
    buffer_append(out, header, sizeof header);
    buffer_append(out, bytes, length);
    buffer_append(out, zeros, padding_after(end));
    append_toc(out, &section, 1, end + padding_after(end));
    return out->status ? error_memory(error) : 0;
}
