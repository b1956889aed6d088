#include "index/write/index_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NUMBER_DIGITS = 8 };

enum kind { FOREIGN, TEMPORARY, SEGMENT, DELETES };

struct name {
    enum kind kind;
    uint32_t number;
    uint64_t generation; /* of DELETES */
};

/* Eight digits or more. -> what follows them, or NULL */
static const char *read_number(uint64_t *number, const char *text, uint64_t most)
{
    *number = 0;
    const char *at = text;
    for (; *at >= '0' && *at <= '9'; at++) {
        const uint64_t digit = (uint64_t)(*at - '0');
        if (*number > (most - digit) / 10)
            return NULL;
        *number = *number * 10 + digit;
    }
    return at - text >= NUMBER_DIGITS ? at : NULL;
}

static struct name read_name(const char *text)
{
    const struct name foreign = {.kind = FOREIGN};
    if (strcmp(text, "manifest.tmp") == 0)
        return (struct name){.kind = TEMPORARY};
    uint64_t number, generation;
    const char *rest = read_number(&number, text, UINT32_MAX);
    if (!rest || *rest != '.')
        return foreign;
    const size_t length = strlen(rest);
    if (length > 4 && strcmp(rest + length - 4, ".tmp") == 0)
        return (struct name){.kind = TEMPORARY, .number = (uint32_t)number};
    if (strcmp(rest, ".seg") == 0)
        return (struct name){.kind = SEGMENT, .number = (uint32_t)number};
    rest = read_number(&generation, rest + 1, UINT64_MAX);
    if (rest && strcmp(rest, ".del") == 0)
        return (struct name){.kind = DELETES, .number = (uint32_t)number, .generation = generation};
    return foreign;
}

static int is_named(const struct name *name, const struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->segment_count; i++) {
        const struct manifest_segment *segment = &manifest->segments[i];
        if (segment->number == name->number)
            return name->kind == SEGMENT ||
                   (name->kind == DELETES && segment->deleted && segment->deletes_generation == name->generation);
    }
    return 0;
}

/* A link under one of our names is not ours. But what is not renamed to its
 * name must be new there, and a link is in the way, wherever it points. */
static void remove_file(DIR *folder, const char *name, enum kind kind)
{
    struct stat about;
    const int descriptor = dirfd(folder);
    if (fstatat(descriptor, name, &about, AT_SYMLINK_NOFOLLOW))
        return;
    if (S_ISREG(about.st_mode) || (S_ISLNK(about.st_mode) && kind != SEGMENT))
        unlinkat(descriptor, name, 0);
}

void index_folder_clean(const char *path, const struct manifest *keep)
{
    DIR *folder = opendir(path);
    if (!folder)
        return;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const struct name name = read_name(entry->d_name);
        if (name.kind == TEMPORARY || (name.kind != FOREIGN && !is_named(&name, keep)))
            remove_file(folder, entry->d_name, name.kind);
    }
    closedir(folder);
}

int index_folder_next_segment(uint32_t *next, const char *path, struct trawl_error *error)
{
    DIR *folder = opendir(path);
    if (!folder)
        return error_system(error, "cannot open folder", path);
    *next = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const struct name name = read_name(entry->d_name);
        if (name.kind != FOREIGN && name.number >= *next && name.number < UINT32_MAX)
            *next = name.number + 1;
    }
    closedir(folder);
    return 0;
}
