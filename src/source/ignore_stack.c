#include "src/source/ignore_stack.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "include/trawl.h"
#include "src/source/clean_path.h"
#include "src/util/memory.h"

enum { LARGEST_FILE = 1 << 24 };

static const char *const file_names[IGNORE_KINDS] = {".ignore", ".gitignore"}; /* by rank */

void ignore_stack_init(struct ignore_stack *stack)
{
    memset(stack, 0, sizeof *stack);
    arena_init(&stack->arena);
    buffer_init(&stack->scratch);
}

void ignore_stack_release(struct ignore_stack *stack)
{
    memory_free(stack->levels);
    arena_release(&stack->arena);
    buffer_release(&stack->scratch);
}

/* ----------------------------------------------------------------- reading */

/* Only a plain file, and no link: as git does. */
static int open_rules(int folder, const char *name)
{
    const int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat status;
    if (file >= 0 && (fstat(file, &status) || !S_ISREG(status.st_mode) || status.st_size > LARGEST_FILE)) {
        close(file);
        return -1;
    }
    return file;
}

static void read_whole(struct buffer *text, int file)
{
    enum { PIECE = 4096 };
    ssize_t got = 1;
    while (got > 0 && text->length <= LARGEST_FILE) {
        uint8_t *out = buffer_reserve(text, PIECE);
        got = out ? read(file, out, PIECE) : 0;
        text->length += got > 0 ? (size_t)got : 0;
    }
}

static int read_rules(struct ignore_rules *rules, struct ignore_stack *stack, int folder, const char *name,
                      struct arena *arena)
{
    struct buffer *text = &stack->scratch;
    *rules = (struct ignore_rules){0};
    const int file = open_rules(folder, name);
    if (file < 0)
        return 0;
    buffer_reset(text);
    read_whole(text, file);
    close(file);
    if (text->status)
        return text->status;
    return text->length ? ignore_parse(rules, arena, text->bytes, text->length) : 0;
}

static int push(struct ignore_stack *stack, int folder, const char *prefix, size_t base, struct arena *arena)
{
    if (memory_grow(&stack->levels, &stack->capacity, stack->count + 1, sizeof *stack->levels))
        return TRAWL_ERROR_MEMORY;
    struct ignore_level *level = &stack->levels[stack->count];
    *level = (struct ignore_level){.prefix = prefix, .base = base};
    for (int i = 0; i < IGNORE_KINDS; i++) {
        const int status = read_rules(&level->rules[i], stack, folder, file_names[i], arena);
        if (status)
            return status;
    }
    stack->count++;
    return 0;
}

int ignore_stack_push(struct ignore_stack *stack, int folder, size_t base, struct arena *arena)
{
    return push(stack, folder, "", base, arena);
}

void ignore_stack_pop(struct ignore_stack *stack)
{
    stack->count--;
}

/* ---------------------------------------------------------------- climbing */

static int open_folder(const char *path)
{
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int holds_git(const char *path)
{
    struct stat status;
    const int folder = open_folder(path);
    if (folder < 0)
        return 0;
    const int found = fstatat(folder, ".git", &status, AT_SYMLINK_NOFOLLOW) == 0;
    close(folder);
    return found;
}

/* Cuts the last part off an absolute path. -> its length, 0 at the root */
static size_t cut_last(char *path)
{
    char *slash = strrchr(path, '/');
    if (!slash || !path[1])
        return 0;
    slash[slash == path] = '\0';
    return strlen(path);
}

/* The length of the path of the repository's folder that `path` lies in; 0: in none. */
static size_t repository_length(struct arena *arena, const char *path)
{
    char *above = arena_copy(arena, path, strlen(path));
    size_t length = above ? strlen(above) : 0;
    while (length && !holds_git(above))
        length = cut_last(above);
    return length;
}

static int push_above(struct ignore_stack *stack, const char *path, size_t length, size_t base)
{
    char *folder_path = arena_copy(&stack->arena, path, length);
    const char *rest = path + length;
    const char *prefix = arena_printf(&stack->arena, "%s/", rest + (*rest == '/'));
    if (!folder_path || !prefix)
        return TRAWL_ERROR_MEMORY;
    const int folder = open_folder(folder_path);
    if (folder < 0)
        return 0;
    const int status = push(stack, folder, prefix, base, &stack->arena);
    close(folder);
    return status;
}

int ignore_stack_climb(struct ignore_stack *stack, const char *root, size_t base)
{
    const char *path = absolute_path(&stack->arena, root);
    if (!path)
        return 0;
    size_t length = repository_length(&stack->arena, path);
    int status = 0;
    /* From the repository's folder down to the one above `root`. */
    while (status == 0 && length && path[length]) {
        status = push_above(stack, path, length, base);
        length += path[length] == '/';
        length += strcspn(path + length, "/");
    }
    return status;
}

/* ---------------------------------------------------------------- verdicts */

/* `path` seen from the folder of a level. -> NULL: no memory */
static const char *seen_from(struct ignore_stack *stack, const struct ignore_level *level, const char *path)
{
    if (!*level->prefix)
        return path + level->base;
    buffer_reset(&stack->scratch);
    buffer_append_string(&stack->scratch, level->prefix);
    buffer_append_string(&stack->scratch, path + level->base);
    const char *seen = buffer_string(&stack->scratch);
    return stack->scratch.status ? NULL : seen;
}

int ignore_stack_skips(struct ignore_stack *stack, const char *path, int is_folder)
{
    for (int kind = 0; kind < IGNORE_KINDS; kind++) {
        for (size_t i = stack->count; i > 0; i--) {
            const struct ignore_level *level = &stack->levels[i - 1];
            if (level->rules[kind].count == 0)
                continue;
            const char *seen = seen_from(stack, level, path);
            if (!seen)
                return TRAWL_ERROR_MEMORY;
            const enum ignore_verdict verdict = ignore_match(&level->rules[kind], seen, is_folder);
            if (verdict != IGNORE_UNDECIDED)
                return verdict == IGNORE_SKIP;
        }
    }
    return 0;
}
