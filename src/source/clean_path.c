#include "src/source/clean_path.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

/* Copies the parts of a path; at a ".." that can be resolved goes back one. */
static size_t copy_parts(char *out, const char *path, int resolve)
{
    size_t length = 0;
    if (*path == '/')
        out[length++] = '/';
    const size_t root = length;
    while (*path) {
        const size_t part = strcspn(path, "/");
        if (resolve && part == 2 && memcmp(path, "..", 2) == 0) {
            while (length > root && out[length - 1] != '/')
                length--;
            length -= length > root;
        } else if (part > 0 && !(part == 1 && *path == '.')) {
            if (length > root)
                out[length++] = '/';
            memcpy(out + length, path, part);
            length += part;
        }
        path += part;
        path += *path == '/';
    }
    out[length] = '\0';
    return length;
}

static char *clean(struct arena *arena, const char *path, int resolve)
{
    char *out = arena_alloc(arena, strlen(path) + 2);
    if (out && copy_parts(out, path, resolve) == 0)
        memcpy(out, ".", 2);
    return out;
}

char *clean_path(struct arena *arena, const char *path)
{
    return clean(arena, path, 0);
}

char *absolute_path(struct arena *arena, const char *path)
{
    if (*path == '/')
        return clean(arena, path, 1);
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here))
        return NULL;
    const char *joined = arena_printf(arena, "%s/%s", here, path);
    return joined ? clean(arena, joined, 1) : NULL;
}
