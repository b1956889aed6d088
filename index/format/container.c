/* Reading of containers: a map of the file whose frame has been checked.
 *
 *     0        header
 *     64       section, 64 zero bytes or more
 *     64*k     section, ...
 *     64*m     table of contents, footer, end of the file
 *
 * Opening checks that this is so, but reads no section: checksums are for
 * container_check. */
#include "index/format/container.h"

#include "include/trawl.h"
#include "index/codec/crc32c.h"
#include "index/format/container_frame.h"
#include "src/util/bytes.h"
#include "src/util/memory.h"

static int corrupt(const struct container *container, const char *part, uint64_t offset, const char *what,
                   struct trawl_error *error)
{
    return error_corrupt(error, container->path, part, offset, "%s", what);
}

/* "META" and so on, printable whatever the bytes are. */
static void section_name(char name[5], uint32_t id)
{
    for (unsigned i = 0; i < 4; i++) {
        const char letter = (char)(id >> 8 * i & 0x7f);
        name[i] = letter > ' ' && letter < 0x7f ? letter : '?';
    }
    name[4] = '\0';
}

/* -------------------------------------------------------------------- opening */

static int check_header(const struct container *container, enum container_kind kind, struct trawl_error *error)
{
    const uint8_t *bytes = container->map.bytes;
    if (container->map.length < FRAME_ALIGNMENT + FOOTER_BYTES)
        return corrupt(container, "header", 0, "the file is too short", error);
    if (memcmp(bytes + HEADER_KIND, frame_kinds[kind], HEADER_KIND_BYTES))
        return corrupt(container, "header", 0, "this is no such file of an index", error);
    if (!crc32c_holds(load_u32(bytes + HEADER_CHECKSUM), bytes, HEADER_CHECKSUM))
        return corrupt(container, "header", HEADER_CHECKSUM, "its checksum is wrong", error);
    const uint32_t version = load_u32(bytes + HEADER_VERSION);
    if (version != TRAWL_FORMAT_VERSION)
        return error_set(error, TRAWL_ERROR_UNSUPPORTED, "%s has format version %u, this program reads version %d",
                         container->path, (unsigned)version, TRAWL_FORMAT_VERSION);
    return 0;
}

/* Finds the table of contents: its place and number of entries. */
static int check_footer(const struct container *container, uint64_t *toc, uint32_t *entries, struct trawl_error *error)
{
    const uint64_t at = container->map.length - FOOTER_BYTES;
    const uint8_t *footer = container->map.bytes + at;
    *toc = load_u64(footer + FOOTER_TOC);
    *entries = load_u32(footer + FOOTER_ENTRIES);
    if (memcmp(footer + FOOTER_END, frame_end, sizeof frame_end - 1) ||
        load_u64(footer + FOOTER_LENGTH) != container->map.length)
        return corrupt(container, "footer", at, "the file was cut or has grown", error);
    if (*entries > CONTAINER_MAX_SECTIONS)
        return corrupt(container, "footer", at + FOOTER_ENTRIES, "too many sections", error);
    if (*toc > at || at - *toc != (uint64_t)*entries * TOC_ENTRY_BYTES)
        return corrupt(container, "footer", at, "the table of contents is not where it says", error);
    if (!crc32c_holds(load_u32(footer + FOOTER_CHECKSUM), container->map.bytes + *toc, (size_t)(at - *toc)))
        return corrupt(container, "table of contents", *toc, "its checksum is wrong", error);
    return 0;
}

static struct section_entry read_entry(const uint8_t *at)
{
    return (struct section_entry){.id = load_u32(at + TOC_ID),
                                  .flags = load_u32(at + TOC_FLAGS),
                                  .checksum = load_u32(at + TOC_CHECKSUM),
                                  .offset = load_u64(at + TOC_OFFSET),
                                  .length = load_u64(at + TOC_LENGTH)};
}

/* A section lies behind the one before, [start, limit), with its padding. */
static int is_placed(const struct section_entry *section, uint64_t start, uint64_t limit)
{
    return section->offset % FRAME_ALIGNMENT == 0 && section->offset >= start && section->offset <= limit &&
           section->length <= limit - section->offset && limit - section->offset - section->length >= FRAME_PADDING;
}

static int read_toc(struct container *container, uint64_t toc, uint32_t entries, struct trawl_error *error)
{
    uint64_t start = FRAME_ALIGNMENT;
    for (uint32_t i = 0; i < entries; i++) {
        const uint64_t at = toc + (uint64_t)i * TOC_ENTRY_BYTES;
        const struct section_entry section = read_entry(container->map.bytes + at);
        if (!is_placed(&section, start, toc))
            return corrupt(container, "table of contents", at, "a section overlaps or lies outside the file", error);
        if (container_section(container, section.id).bytes)
            return corrupt(container, "table of contents", at, "a section is there twice", error);
        start = section.offset + section.length + FRAME_PADDING;
        container->sections[container->section_count++] = section;
    }
    return 0;
}

static int check_known(const struct container *container, const uint32_t *known, size_t known_count,
                       struct trawl_error *error)
{
    for (size_t i = 0; i < container->section_count; i++) {
        size_t k = 0;
        while (k < known_count && known[k] != container->sections[i].id)
            k++;
        if (k < known_count || !(container->sections[i].flags & SECTION_REQUIRED))
            continue;
        char name[5];
        section_name(name, container->sections[i].id);
        return error_set(error, TRAWL_ERROR_UNSUPPORTED, "%s needs section %s, which this program does not know",
                         container->path, name);
    }
    return 0;
}

static int check_frame(struct container *container, enum container_kind kind, struct trawl_error *error)
{
    uint64_t toc;
    uint32_t entries;
    int status = check_header(container, kind, error);
    if (!status)
        status = check_footer(container, &toc, &entries, error);
    if (status)
        return status;
    container->toc_checksum = load_u32(container->map.bytes + container->map.length - FOOTER_BYTES + FOOTER_CHECKSUM);
    return read_toc(container, toc, entries, error);
}

int container_open(struct container *container, const char *path, enum container_kind kind, const uint32_t *known,
                   size_t known_count, struct trawl_error *error)
{
    *container = (struct container){0};
    int status = file_map_open(&container->map, path, error);
    if (status)
        return status;
    const size_t size = strlen(path) + 1;
    char *copy = memory_alloc(size);
    if (copy)
        container->path = memcpy(copy, path, size);
    status = copy ? check_frame(container, kind, error) : error_memory(error);
    if (!status)
        status = check_known(container, known, known_count, error);
    if (status)
        container_close(container);
    return status;
}

void container_close(struct container *container)
{
    file_map_close(&container->map);
    memory_free((void *)(uintptr_t)container->path);
    *container = (struct container){0};
}

struct span container_section(const struct container *container, uint32_t id)
{
    for (size_t i = 0; i < container->section_count; i++) {
        const struct section_entry *section = &container->sections[i];
        if (section->id == id)
            return (struct span){container->map.bytes + section->offset, (size_t)section->length};
    }
    return (struct span){0};
}

/* ------------------------------------------------------------------- checking */

struct findings {
    trawl_damage_callback *damage;
    void *context;
    struct trawl_error *error; /* gets the first */
    int status;
};

static void found(struct findings *findings, const struct container *container, const char *part, uint64_t offset,
                  const char *what)
{
    struct trawl_error finding = {0};
    findings->status = corrupt(container, part, offset, what, &finding);
    if (findings->damage)
        findings->damage(findings->context, &finding);
    if (findings->error && !findings->error->code)
        *findings->error = finding;
}

static void check_zeros(struct findings *findings, const struct container *container, uint64_t from, uint64_t to)
{
    for (uint64_t at = from; at < to; at++)
        if (container->map.bytes[at]) {
            found(findings, container, "padding", at, "a byte that must be zero is not");
            return;
        }
}

/* Reserved words of the table of contents. */
static void check_entries(struct findings *findings, const struct container *container, uint64_t toc)
{
    for (size_t i = 0; i < container->section_count; i++) {
        const uint64_t at = toc + i * TOC_ENTRY_BYTES + TOC_ZERO;
        if (load_u32(container->map.bytes + at))
            found(findings, container, "table of contents", at, "a word that must be zero is not");
    }
}

static void check_section(struct findings *findings, const struct container *container, const struct section_entry *section)
{
    const uint8_t *bytes = container->map.bytes + section->offset;
    if (crc32c_holds(section->checksum, bytes, (size_t)section->length))
        return;
    char name[5];
    section_name(name, section->id);
    found(findings, container, name, section->offset, "the section's checksum is wrong");
}

int container_check(const struct container *container, trawl_damage_callback *damage, void *context,
                    struct trawl_error *error)
{
    struct findings findings = {.damage = damage, .context = context, .error = error};
    uint64_t end = HEADER_BYTES;
    for (size_t i = 0; i < container->section_count; i++) {
        const struct section_entry *section = &container->sections[i];
        check_zeros(&findings, container, end, section->offset);
        check_section(&findings, container, section);
        end = section->offset + section->length;
    }
    const uint64_t toc = container->map.length - FOOTER_BYTES - container->section_count * TOC_ENTRY_BYTES;
    check_zeros(&findings, container, end, toc);
    check_entries(&findings, container, toc);
    return findings.status;
}
