#include "index/format/meta.h"

#include "src/util/bytes.h"

static const uint32_t section_id = SECTION_ID('M', 'E', 'T', 'A');

int meta_write(const struct meta *meta, struct container_writer *container, struct trawl_error *error)
{
    struct buffer out;
    buffer_init(&out);
    buffer_append_u32(&out, meta->documents);
    buffer_append_u32(&out, meta->field_count);
    buffer_append_u64(&out, meta->base);
    buffer_append_u64(&out, meta->text_bytes);
    for (const struct meta_field *field = meta->fields; field < meta->fields + meta->field_count; field++) {
        buffer_append_u32(&out, field->id);
        buffer_append_u32(&out, field->documents);
        buffer_append_u64(&out, field->decoded_lengths);
        buffer_append_u64(&out, field->tokens);
        buffer_append_u32(&out, field->terms);
        buffer_append_u32(&out, field->first_block);
        buffer_append_u32(&out, field->blocks);
        buffer_append_u32(&out, 0);
    }
    int status = out.status ? error_memory(error)
                            : container_add(container, section_id, SECTION_REQUIRED, out.bytes, out.length, error);
    buffer_release(&out);
    return status;
}

static struct meta_field read_field(const uint8_t *at)
{
    return (struct meta_field){.id = load_u32(at),
                               .documents = load_u32(at + 4),
                               .decoded_lengths = load_u64(at + 8),
                               .tokens = load_u64(at + 16),
                               .terms = load_u32(at + 24),
                               .first_block = load_u32(at + 28),
                               .blocks = load_u32(at + 32)};
}

int meta_open(struct meta *meta, const struct container *container, struct trawl_error *error)
{
    const struct span section = container_section(container, section_id);
    const uint64_t offset = section.bytes ? (uint64_t)(section.bytes - container->map.bytes) : 0;
    if (section.length < META_HEAD_BYTES)
        return error_corrupt(error, container->path, "META", offset, "it is missing or too short");
    meta->documents = load_u32(section.bytes);
    meta->field_count = load_u32(section.bytes + 4);
    meta->base = load_u64(section.bytes + 8);
    meta->text_bytes = load_u64(section.bytes + 16);
    if (meta->field_count > FIELDS_MAX || section.length != META_HEAD_BYTES + (size_t)meta->field_count * META_FIELD_BYTES)
        return error_corrupt(error, container->path, "META", offset + 4, "it does not hold as many fields as it says");
    if (meta->documents == UINT32_MAX)
        return error_corrupt(error, container->path, "META", offset, "too many documents");
    for (uint32_t i = 0; i < meta->field_count; i++) {
        const uint8_t *at = section.bytes + META_HEAD_BYTES + (size_t)i * META_FIELD_BYTES;
        meta->fields[i] = read_field(at);
        const uint32_t id = meta->fields[i].id;
        if (id >= FIELDS_MAX || (i && id <= meta->fields[i - 1].id))
            return error_corrupt(error, container->path, "META", offset + (uint64_t)(at - section.bytes),
                                 "its fields are out of order");
    }
    return 0;
}

const struct meta_field *meta_find_field(const struct meta *meta, uint32_t id)
{
    for (uint32_t i = 0; i < meta->field_count && meta->fields[i].id <= id; i++)
        if (meta->fields[i].id == id)
            return &meta->fields[i];
    return NULL;
}
