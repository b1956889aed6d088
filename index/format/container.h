/* The container that every file of an index is: FORMAT.md section 1.
 *
 * Writing: container_create, then for each section container_begin, append,
 * container_end, or container_add for a whole one; container_finish.
 * Reading: container_open maps the file and checks the frame; sections are
 * found by id and are spans of the map, followed by RUN_PADDING readable bytes. */
#ifndef INDEX_FORMAT_CONTAINER_H
#define INDEX_FORMAT_CONTAINER_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/buffer.h"
#include "src/util/error.h"
#include "src/util/file.h"

#define SECTION_ID(a, b, c, d) ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

enum { CONTAINER_MAX_SECTIONS = 32, SECTION_REQUIRED = 1 };

enum container_kind { CONTAINER_SEGMENT, CONTAINER_DELETES, CONTAINER_MANIFEST };

struct section_entry {
    uint32_t id, flags, checksum;
    uint64_t offset, length;
};

struct span {
    const uint8_t *bytes; /* NULL: the section is absent */
    size_t length;
};

/* ---- writing */
struct container_writer {
    struct file_writer file;
    struct section_entry sections[CONTAINER_MAX_SECTIONS];
    size_t section_count;
    int open_section;
};

int container_create(struct container_writer *writer, const char *path, enum container_kind kind, struct trawl_error *error);
int container_begin(struct container_writer *writer, uint32_t id, uint32_t flags, struct trawl_error *error);
int container_append(struct container_writer *writer, const void *bytes, size_t length, struct trawl_error *error);
/* Maps the file as far as it is written, the open section's first `length` bytes in `payload`: for reading while the
 * section goes on. RUN_PADDING bytes behind are readable. */
int container_map_section(struct span *payload, struct file_map *map, struct container_writer *writer,
                          struct trawl_error *error);
int container_end(struct container_writer *writer, struct trawl_error *error);
int container_add(struct container_writer *writer, uint32_t id, uint32_t flags, const void *bytes, size_t length,
                  struct trawl_error *error);
/* Writes toc and footer, syncs when `sync`, closes. *toc_checksum and *length may be NULL. */
int container_finish(struct container_writer *writer, int sync, uint32_t *toc_checksum, uint64_t *length,
                     struct trawl_error *error);
void container_abandon(struct container_writer *writer);

/* A whole container of one section in memory, for file_replace (the manifest). */
int container_build(struct buffer *out, enum container_kind kind, uint32_t id, const void *bytes, size_t length,
                    struct trawl_error *error);

/* ---- reading */
struct container {
    struct file_map map;
    const char *path; /* owned */
    struct section_entry sections[CONTAINER_MAX_SECTIONS];
    size_t section_count;
    uint32_t toc_checksum;
};

/* `known`: the section ids this reader understands. TRAWL_ERROR_UNSUPPORTED
 * for another version or an unknown required section. */
int container_open(struct container *container, const char *path, enum container_kind kind, const uint32_t *known,
                   size_t known_count, struct trawl_error *error);
void container_close(struct container *container);
struct span container_section(const struct container *container, uint32_t id);

/* Compares every section's checksum. Calls `damage` (may be NULL) per finding. -> 0 or TRAWL_ERROR_CORRUPT */
int container_check(const struct container *container, trawl_damage_callback *damage, void *context,
                    struct trawl_error *error);

#endif
