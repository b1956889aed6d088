#include "src/source/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/source/ignore_stack.h"
#include "src/util/memory.h"

/* A folder on the way down. The names of folders in it end with a slash: in
 * the order of whole paths "a.txt" comes before "a/b", since '.' < '/'. */
struct level {
    struct arena arena; /* names and ignore rules */
    const char **names;
    size_t count, capacity, next;
    size_t base; /* length of the folder's path with its slash; "" for "." */
    int has_ignores; /* a level of the ignore stack is this folder's */
};

struct walk {
    const struct source_options *options;
    struct level *levels;
    size_t depth, capacity;
    struct ignore_stack ignores;
    struct buffer path; /* of what is being looked at */
    uint64_t bytes;
    char reason[160];
    int has_begun;
};

uint64_t walk_bytes(const struct walk *walk)
{
    return walk->bytes;
}

/* ----------------------------------------------------------------- one name */

/* Sets the path to a name in the folder whose path takes `base` bytes. */
static const char *set_name(struct walk *walk, size_t base, const char *name)
{
    walk->path.length = base;
    buffer_append_string(&walk->path, name);
    return buffer_string(&walk->path);
}

static int is_hidden(const struct walk *walk, const char *name)
{
    if (name[0] != '.')
        return 0;
    return !walk->options->hidden || (!walk->options->no_ignore && strcmp(name, ".git") == 0);
}

static int add_name(struct level *level, const char *name, int is_folder)
{
    const char *copy = arena_printf(&level->arena, "%s%s", name, is_folder ? "/" : "");
    if (!copy || memory_grow(&level->names, &level->capacity, level->count + 1, sizeof *level->names))
        return TRAWL_ERROR_MEMORY;
    level->names[level->count++] = copy;
    return 0;
}

static int consider(struct walk *walk, struct level *level, int folder, const char *name)
{
    struct stat status;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || is_hidden(walk, name))
        return 0;
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW))
        return 0; /* gone meanwhile */
    const int is_folder = S_ISDIR(status.st_mode);
    if (!is_folder && !S_ISREG(status.st_mode))
        return 0;
    const char *path = set_name(walk, level->base, name);
    const int skips = walk->options->no_ignore ? 0 : ignore_stack_skips(&walk->ignores, path, is_folder);
    if (skips)
        return skips < 0 ? skips : 0;
    if (!is_folder)
        walk->bytes += (uint64_t)status.st_size;
    return walk->path.status ? walk->path.status : add_name(level, name, is_folder);
}

/* --------------------------------------------------------------- one folder */

static int by_bytes(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The folder is looked up each time: it may be made while we walk. */
static int is_skipped(const struct walk *walk, int folder)
{
    struct stat skipped, status;
    const char *path = walk->options->skip_folder;
    return path && stat(path, &skipped) == 0 && fstat(folder, &status) == 0 && skipped.st_dev == status.st_dev
           && skipped.st_ino == status.st_ino;
}

static int list(struct walk *walk, struct level *level, DIR *folder)
{
    const int descriptor = dirfd(folder);
    int status = 0;
    if (is_skipped(walk, descriptor))
        return 0;
    if (!walk->options->no_ignore) {
        status = ignore_stack_push(&walk->ignores, descriptor, level->base, &level->arena);
        level->has_ignores = status == 0;
    }
    const struct dirent *entry;
    while (status == 0 && (errno = 0, entry = readdir(folder)))
        status = consider(walk, level, descriptor, entry->d_name);
    if (level->count)
        qsort(level->names, level->count, sizeof *level->names, by_bytes);
    return status;
}

static void leave(struct walk *walk)
{
    struct level *level = &walk->levels[--walk->depth];
    if (level->has_ignores)
        ignore_stack_pop(&walk->ignores);
    arena_release(&level->arena);
    memory_free(level->names);
}

static void set_reason(struct walk *walk, int number)
{
    char text[96];
    if (strerror_r(number, text, sizeof text))
        snprintf(text, sizeof text, "error %d", number);
    snprintf(walk->reason, sizeof walk->reason, "cannot open: %s", text);
}

/* Opens the folder named by the path and lists it. -> 0, 1: it cannot be
 * opened, walk->reason says why; or negative */
static int enter(struct walk *walk)
{
    const char *path = buffer_string(&walk->path);
    if (walk->path.status || memory_grow(&walk->levels, &walk->capacity, walk->depth + 1, sizeof *walk->levels))
        return TRAWL_ERROR_MEMORY;
    const int link = walk->depth ? O_NOFOLLOW : 0; /* the root may be a link: it was named */
    const int descriptor = open(*path ? path : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC | link);
    DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
    if (!folder) {
        set_reason(walk, errno);
        if (descriptor >= 0)
            close(descriptor);
        return 1;
    }
    struct level *level = &walk->levels[walk->depth++];
    *level = (struct level){.base = walk->path.length};
    arena_init(&level->arena);
    const int status = list(walk, level, folder);
    closedir(folder);
    return status;
}

/* --------------------------------------------------------------- the whole */

int walk_new(struct walk **walk, const char *root, const struct source_options *options, struct trawl_error *error)
{
    struct walk *made = memory_alloc_zero(1, sizeof *made);
    if (!made)
        return error_memory(error);
    made->options = options;
    ignore_stack_init(&made->ignores);
    buffer_init(&made->path);
    if (strcmp(root, ".") != 0)
        buffer_append_string(&made->path, root);
    if (made->path.length && made->path.bytes[made->path.length - 1] != '/')
        buffer_append_u8(&made->path, '/');
    int status = made->path.status;
    if (status == 0 && !options->no_ignore)
        status = ignore_stack_climb(&made->ignores, root, made->path.length);
    if (status) {
        walk_free(made);
        return error_memory(error);
    }
    *walk = made;
    return 0;
}

void walk_free(struct walk *walk)
{
    if (!walk)
        return;
    while (walk->depth)
        leave(walk);
    memory_free(walk->levels);
    ignore_stack_release(&walk->ignores);
    buffer_release(&walk->path);
    memory_free(walk);
}

/* The next name of the innermost folder becomes the path. -> 0: it is a file's;
 * 1: a folder's; 2: there is none, and the folder was left */
static int step(struct walk *walk)
{
    struct level *level = &walk->levels[walk->depth - 1];
    if (level->next == level->count) {
        leave(walk);
        return 2;
    }
    set_name(walk, level->base, level->names[level->next++]);
    return walk->path.length && walk->path.bytes[walk->path.length - 1] == '/';
}

/* The path without the slash of a folder. */
static const char *path_to_show(struct walk *walk)
{
    while (walk->path.length > 1 && walk->path.bytes[walk->path.length - 1] == '/')
        walk->path.length--;
    const char *path = buffer_string(&walk->path);
    return *path ? path : ".";
}

int walk_next(const char **path, const char **reason, struct walk *walk, struct trawl_error *error)
{
    *reason = NULL;
    int found = walk->has_begun ? 2 : 1;
    walk->has_begun = 1;
    for (;;) {
        if (found == 1) {
            const int status = enter(walk);
            if (status < 0)
                return error_memory(error);
            if (status > 0)
                *reason = walk->reason;
        }
        if (found == 0 || *reason)
            break;
        if (walk->depth == 0)
            return 1;
        found = step(walk);
        if (walk->path.status)
            return error_memory(error);
    }
    *path = path_to_show(walk);
    return walk->path.status ? error_memory(error) : 0;
}
