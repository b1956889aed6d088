/* The manifest in memory. All strings live in its arena. */
#include "index/format/manifest.h"

#include <string.h>

#include "index/format/meta.h"
#include "src/util/memory.h"

int manifest_init(struct manifest *manifest)
{
    *manifest = (struct manifest){.language = "", .analysis = ""};
    arena_init(&manifest->arena);
    if (manifest_add_field(manifest, "", 0) == FIELD_DEFAULT && manifest_add_field(manifest, "body", 4) == FIELD_BODY)
        return 0;
    manifest_release(manifest);
    return TRAWL_ERROR_MEMORY;
}

void manifest_release(struct manifest *manifest)
{
    memory_free((void *)manifest->fields);
    memory_free(manifest->segments);
    arena_release(&manifest->arena);
    *manifest = (struct manifest){.language = "", .analysis = ""};
}

static int copy_lists(struct manifest *copy, const struct manifest *manifest)
{
    for (size_t i = copy->field_count; i < manifest->field_count; i++)
        if (manifest_add_field(copy, manifest->fields[i], strlen(manifest->fields[i])) < 0)
            return TRAWL_ERROR_MEMORY;
    for (size_t i = 0; i < manifest->segment_count; i++)
        if (manifest_add_segment(copy, &manifest->segments[i]))
            return TRAWL_ERROR_MEMORY;
    return 0;
}

int manifest_copy(struct manifest *copy, const struct manifest *manifest, struct trawl_error *error)
{
    if (manifest_init(copy))
        return error_memory(error);
    copy->generation = manifest->generation;
    copy->commit_time = manifest->commit_time;
    copy->next_insertion = manifest->next_insertion;
    copy->next_segment = manifest->next_segment;
    copy->has_positions = manifest->has_positions;
    copy->has_pairs = manifest->has_pairs;
    copy->store = manifest->store;
    if (manifest_set_string(copy, &copy->language, manifest->language) ||
        manifest_set_string(copy, &copy->analysis, manifest->analysis) || copy_lists(copy, manifest)) {
        manifest_release(copy);
        return error_memory(error);
    }
    return 0;
}

int manifest_find_field(const struct manifest *manifest, const char *name, size_t length)
{
    for (size_t i = 0; i < manifest->field_count; i++)
        if (strlen(manifest->fields[i]) == length && memcmp(manifest->fields[i], name, length) == 0)
            return (int)i;
    return -1;
}

int manifest_add_field(struct manifest *manifest, const char *name, size_t length)
{
    const int known = manifest_find_field(manifest, name, length);
    if (known >= 0)
        return known;
    if (manifest->field_count == FIELD_PAIRS || memchr(name, '\0', length))
        return -1;
    const char *copy = arena_copy(&manifest->arena, name, length);
    if (!copy || memory_grow(&manifest->fields, &manifest->field_capacity, manifest->field_count + 1, sizeof copy))
        return -1;
    manifest->fields[manifest->field_count] = copy;
    return (int)manifest->field_count++;
}

int manifest_add_segment(struct manifest *manifest, const struct manifest_segment *segment)
{
    if (memory_grow(&manifest->segments, &manifest->segment_capacity, manifest->segment_count + 1, sizeof *segment))
        return TRAWL_ERROR_MEMORY;
    manifest->segments[manifest->segment_count++] = *segment;
    return 0;
}

int manifest_set_string(struct manifest *manifest, const char **member, const char *value)
{
    const char *copy = arena_copy(&manifest->arena, value, strlen(value));
    if (!copy)
        return TRAWL_ERROR_MEMORY;
    *member = copy;
    return 0;
}
