#include "index/format/deletes.h"

#include "index/format/container.h"
#include "src/util/bitset.h"
#include "src/util/bytes.h"

enum { HEAD_BYTES = 8 };

static const uint32_t section_id = SECTION_ID('D', 'E', 'L', 'S');

/* ---- writing */

static int write_section(struct container_writer *container, const uint64_t *words, uint32_t documents, uint32_t deleted,
                         struct trawl_error *error)
{
    struct buffer out;
    buffer_init(&out);
    buffer_append_u32(&out, documents);
    buffer_append_u32(&out, deleted);
    for (size_t i = 0; i < bitset_words(documents); i++)
        buffer_append_u64(&out, words[i]);
    int status = out.status ? error_memory(error)
                            : container_add(container, section_id, SECTION_REQUIRED, out.bytes, out.length, error);
    buffer_release(&out);
    return status;
}

int deletes_write(const char *path, const uint64_t *words, uint32_t documents, uint32_t deleted, struct trawl_error *error)
{
    struct container_writer container;
    int status = container_create(&container, path, CONTAINER_DELETES, error);
    if (status)
        return status;
    status = write_section(&container, words, documents, deleted, error);
    if (status) {
        container_abandon(&container);
        return status;
    }
    return container_finish(&container, 1, NULL, NULL, error);
}

/* ---- reading */

static int read_section(uint64_t *words, const struct container *container, uint32_t documents, uint32_t deleted,
                        struct trawl_error *error)
{
    const struct span section = container_section(container, section_id);
    const size_t count = bitset_words(documents);
    const uint64_t offset = section.bytes ? (uint64_t)(section.bytes - container->map.bytes) : 0;
    if (section.length != HEAD_BYTES + count * 8)
        return error_corrupt(error, container->path, "DELS", offset, "it does not have a bit for each document");
    for (size_t i = 0; i < count; i++)
        words[i] = load_u64(section.bytes + HEAD_BYTES + 8 * i);
    if (load_u32(section.bytes) != documents || load_u32(section.bytes + 4) != deleted ||
        bitset_count(words, count) != deleted)
        return error_corrupt(error, container->path, "DELS", offset, "it does not count what the manifest says");
    if (documents % 64 && words[count - 1] >> documents % 64)
        return error_corrupt(error, container->path, "DELS", offset + HEAD_BYTES + (count - 1) * 8,
                             "documents are deleted that do not exist");
    return 0;
}

int deletes_read(uint64_t *words, const char *path, uint32_t documents, uint32_t deleted, struct trawl_error *error)
{
    struct container container;
    int status = container_open(&container, path, CONTAINER_DELETES, &section_id, 1, error);
    if (status)
        return status;
    status = container_check(&container, NULL, NULL, error);
    if (!status)
        status = read_section(words, &container, documents, deleted, error);
    container_close(&container);
    return status;
}
