#include "tests/corrupt/sample_index.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "index/codec/crc32c.h"
#include "index/format/container_frame.h"
#include "index/format/manifest.h"
#include "src/util/bytes.h"
#include "tests/unit/tap.h"

/* ---------------------------------------------------------------- documents */

/* Few words, the first ones frequent: lists of more than a block need them. */
static const char *const words[] = {"alpha", "beta", "gamma", "delta", "harbour", "nets", "café", "running",
                                    "U.S.",  "北海", "霧",    "αλφα",  "fog",     "bank", "don’t", "boats"};

static size_t random_text(char *out, size_t count, struct tap_random *random)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t among = 1 + tap_random_below(random, sizeof words / sizeof *words);
        if (tap_random_below(random, 12))
            length += (size_t)sprintf(out + length, "%s ", words[tap_random_below(random, among)]);
        else
            length += (size_t)sprintf(out + length, "rare%u ", (unsigned)tap_random_below(random, 400));
    }
    return length;
}

static void add_document(trawl_writer *writer, unsigned number, struct tap_random *random)
{
    static char title[512], body[16384], id[32];
    const size_t title_length = random_text(title, tap_random_below(random, 4), random);
    size_t body_length = number % 8 ? (size_t)sprintf(body, "alpha ") : 0; /* in more than a block */
    body_length += random_text(body + body_length, number % 50 == 7 ? 300 : tap_random_below(random, 16), random);
    const struct trawl_field fields[] = {
        {.name = "title", .name_length = 5, .value = title, .value_length = title_length},
        {.name = "body", .name_length = 4, .value = body, .value_length = body_length},
        {.name = "year", .name_length = 4, .value = "1998", .value_length = 4, .stored_only = 1},
        {.name = "author", .name_length = 6, .value = number % 2 ? "smith" : "brandt", .value_length = 5},
    };
    const struct trawl_document document = {.id = id,
                                            .id_length = (size_t)sprintf(id, "doc-%u", number),
                                            .fields = fields + (number % 3 == 0),
                                            .field_count = number % 3 == 0 ? 1 : number % 2 ? 4 : 3};
    struct trawl_error error = {0};
    REQUIRE_OK(trawl_writer_add(writer, &document, &error), &error);
}

/* ------------------------------------------------------------------ building */

static trawl_writer *open_writer(const char *folder, int store)
{
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    struct trawl_error error = {0};
    trawl_writer *writer;
    options.threads = 1;
    options.store = store;
    REQUIRE_OK(trawl_writer_open(&writer, folder, &options, &error), &error);
    return writer;
}

static void commit(trawl_writer *writer)
{
    struct trawl_error error = {0};
    REQUIRE_OK(trawl_writer_commit(writer, NULL, &error), &error);
    trawl_writer_close(writer);
}

static void add_range(const char *folder, unsigned first, unsigned count, struct tap_random *random)
{
    trawl_writer *writer = open_writer(folder, TRAWL_STORE_TEXT);
    for (unsigned i = first; i < first + count; i++)
        add_document(writer, i, random);
    commit(writer);
}

static void delete_every(const char *folder, unsigned first, unsigned count, unsigned step, int then_merge)
{
    trawl_writer *writer = open_writer(folder, TRAWL_STORE_TEXT);
    struct trawl_error error = {0};
    char id[32];
    for (unsigned i = first; i < first + count; i += step)
        REQUIRE_OK(trawl_writer_delete(writer, id, (size_t)sprintf(id, "doc-%u", i), NULL, &error), &error);
    if (then_merge)
        REQUIRE_OK(trawl_writer_merge(writer, &error), &error);
    commit(writer);
}

/* The first segment comes of a merge, so that its insertion numbers have gaps;
 * the first and the second have deletes; a document of each is replaced. */
static void build_mixed(const char *folder)
{
    struct tap_random random = {4};
    add_range(folder, 0, 110, &random);
    add_range(folder, 100, 60, &random);
    delete_every(folder, 5, 150, 40, 1);
    add_range(folder, 200, 40, &random);
    delete_every(folder, 20, 200, 27, 0);
    add_range(folder, 239, 3, &random);
}

/* "alpha" in every document, "beta" in most, often twice. */
static void build_long(const char *folder)
{
    enum { DOCUMENTS = 4300 };
    struct tap_random random = {6};
    trawl_writer *writer = open_writer(folder, TRAWL_STORE_NONE);
    for (unsigned i = 0; i < DOCUMENTS; i++) {
        static const char *const texts[] = {"alpha", "alpha beta", "beta alpha beta", "alpha beta beta nets alpha beta"};
        const char *text = texts[tap_random_below(&random, sizeof texts / sizeof *texts)];
        char id[32];
        const struct trawl_field field = {.name = "body", .name_length = 4, .value = text, .value_length = strlen(text)};
        const struct trawl_document document = {
            .id = id, .id_length = (size_t)sprintf(id, "doc-%u", i), .fields = &field, .field_count = 1};
        struct trawl_error error = {0};
        REQUIRE_OK(trawl_writer_add(writer, &document, &error), &error);
    }
    commit(writer);
}

/* --------------------------------------------------------------------- files */

void sample_read(struct sample_file *file)
{
    FILE *stream = fopen(file->path, "rb");
    struct stat about;
    REQUIRE(stream && stat(file->path, &about) == 0);
    file->length = (size_t)about.st_size;
    file->bytes = malloc(file->length + 1);
    REQUIRE(file->bytes && fread(file->bytes, 1, file->length, stream) == file->length);
    fclose(stream);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct sample_file *)a)->name, ((const struct sample_file *)b)->name);
}

static void read_named(struct sample_file *file, const char *folder, const char *name)
{
    snprintf(file->name, sizeof file->name, "%.60s", name);
    snprintf(file->path, sizeof file->path, "%.500s/%.60s", folder, name);
    sample_read(file);
}

static void read_files(struct sample *sample)
{
    DIR *folder = opendir(sample->folder);
    REQUIRE(folder != NULL);
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.' || strcmp(entry->d_name, "write.lock") == 0)
            continue;
        REQUIRE(sample->file_count < SAMPLE_FILES);
        read_named(&sample->files[sample->file_count++], sample->folder, entry->d_name);
    }
    closedir(folder);
    qsort(sample->files, sample->file_count, sizeof *sample->files, by_name);
}

static uint32_t toc_checksum(const uint8_t *bytes, size_t length)
{
    return load_u32(bytes + length - FOOTER_BYTES + FOOTER_CHECKSUM);
}

/* Segments are known to the manifest by their numbers, their counts, and the checksums of their tocs. */
static void find_names(struct sample *sample)
{
    const struct sample_file *manifest = sample->manifest;
    for (struct sample_file *file = sample->files; file < sample->files + sample->file_count; file++) {
        if (!strstr(file->name, ".seg"))
            continue;
        uint8_t checksum[4];
        store_u32(checksum, toc_checksum(file->bytes, file->length));
        for (size_t at = 0; at + 4 <= manifest->length && !file->named_at; at++)
            if (memcmp(manifest->bytes + at, checksum, 4) == 0)
                file->named_at = at;
        REQUIRE(file->named_at != 0);
    }
}

void sample_make(struct sample *sample, enum sample_kind kind, const char *folder)
{
    *sample = (struct sample){.folder = folder};
    (kind == SAMPLE_MIXED ? build_mixed : build_long)(folder);
    read_files(sample);
    for (size_t i = 0; i < sample->file_count; i++)
        if (strcmp(sample->files[i].name, "manifest") == 0)
            sample->manifest = &sample->files[i];
    REQUIRE(sample->manifest != NULL);
    find_names(sample);
}

void sample_release(struct sample *sample)
{
    for (size_t i = 0; i < sample->file_count; i++)
        free(sample->files[i].bytes);
}

static void write_whole(const char *path, const void *bytes, size_t length)
{
    FILE *stream = fopen(path, "wb");
    REQUIRE_THAT(stream != NULL, "cannot write %s", path);
    REQUIRE(fwrite(bytes, 1, length, stream) == length);
    REQUIRE(fclose(stream) == 0);
}

void sample_put(const struct sample_file *file, const void *bytes, size_t length)
{
    write_whole(file->path, bytes, length);
}

void sample_restore(const struct sample_file *file)
{
    write_whole(file->path, file->bytes, file->length);
}

void sample_put_byte(const struct sample_file *file, size_t at, uint8_t byte)
{
    FILE *stream = fopen(file->path, "r+b");
    REQUIRE(stream != NULL);
    REQUIRE(fseek(stream, (long)at, SEEK_SET) == 0 && fputc(byte, stream) != EOF);
    REQUIRE(fclose(stream) == 0);
}

void sample_copy(const struct sample *sample, const char *folder)
{
    tap_empty_folder(folder);
    for (const struct sample_file *file = sample->files; file < sample->files + sample->file_count; file++) {
        struct sample_file from = *file;
        char path[700];
        if (access(from.path, F_OK))
            continue;
        snprintf(path, sizeof path, "%.500s/%.60s", folder, file->name);
        sample_read(&from);
        write_whole(path, from.bytes, from.length);
        free(from.bytes);
    }
}

/* ----------------------------------------------------------------- checksums */

static int overlaps(uint64_t start, uint64_t length, size_t at, size_t count)
{
    return start < at + count && at < start + length;
}

static void seal_section(uint8_t *bytes, uint8_t *entry, uint64_t toc, size_t at, size_t count)
{
    const uint64_t offset = load_u64(entry + TOC_OFFSET), length = load_u64(entry + TOC_LENGTH);
    if (offset <= toc && length <= toc - offset && overlaps(offset, length, at, count))
        store_u32(entry + TOC_CHECKSUM, crc32c(0, bytes + offset, (size_t)length));
}

void sample_seal(uint8_t *bytes, const struct sample_file *file, size_t at, size_t count)
{
    uint8_t *footer = bytes + file->length - FOOTER_BYTES;
    const uint64_t toc = load_u64(footer + FOOTER_TOC);
    const uint32_t entries = load_u32(footer + FOOTER_ENTRIES);
    store_u32(bytes + HEADER_CHECKSUM, crc32c(0, bytes, HEADER_CHECKSUM));
    if (toc > file->length || file->length - toc != (uint64_t)entries * TOC_ENTRY_BYTES + FOOTER_BYTES)
        return;
    for (uint32_t i = 0; i < entries; i++)
        seal_section(bytes, bytes + toc + (size_t)i * TOC_ENTRY_BYTES, toc, at, count);
    store_u32(footer + FOOTER_CHECKSUM, crc32c(0, bytes + toc, (size_t)entries * TOC_ENTRY_BYTES));
}

void sample_name_segment(uint8_t *out, const struct sample *sample, const struct sample_file *segment, const uint8_t *bytes)
{
    memcpy(out, sample->manifest->bytes, sample->manifest->length);
    store_u32(out + segment->named_at, toc_checksum(bytes, segment->length));
    sample_seal(out, sample->manifest, segment->named_at, 4);
}
