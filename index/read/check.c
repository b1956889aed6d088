#include "index/read/check.h"

#include <stdarg.h>
#include <stdio.h>

#include "index/read/check_findings.h"
#include "src/util/memory.h"

enum { MOST_FINDINGS = 100, MOST_TRIES = 100, LOOK_AGAIN = 1 };

/* ------------------------------------------------------------------- findings */

int check_must_stop(const struct check *check)
{
    return check->failure || check->findings >= MOST_FINDINGS;
}

int check_status(struct check *check, int status, const struct trawl_error *error)
{
    if (!status || check_must_stop(check))
        return status;
    if (check->error && !check->error->code)
        *check->error = *error;
    if (status != TRAWL_ERROR_CORRUPT) {
        check->failure = status;
        return status;
    }
    check->findings++;
    if (check->damage)
        check->damage(check->context, error);
    return status;
}

void check_found(struct check *check, const struct segment *segment, const char *section, const uint8_t *at,
                 const char *format, ...)
{
    char what[256];
    struct trawl_error error = {0};
    const struct container *container = &segment->container;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    check_status(check, error_corrupt(&error, container->path, section, (uint64_t)(at - container->map.bytes), "%s", what),
                 &error);
}

/* ------------------------------------------------------------------- segments */

/* Every checksum that is wrong; no more than may be found altogether. */
static void forward(void *context, const struct trawl_error *error)
{
    check_status(context, TRAWL_ERROR_CORRUPT, error);
}

static void check_terms_of(struct check *check, const struct segment *segment)
{
    struct trawl_error error = {0};
    const struct field_counts counts = {
        .tokens = memory_alloc_array(segment->documents, sizeof *counts.tokens),
        .ends = memory_alloc_array(segment->documents, sizeof *counts.ends),
    };
    if (counts.tokens && counts.ends)
        check_terms(check, segment, &counts);
    else
        check_status(check, error_memory(&error), &error);
    memory_free(counts.tokens);
    memory_free(counts.ends);
}

static void check_segment(struct check *check, const struct segment *segment)
{
    container_check(&segment->container, forward, check, NULL);
    void (*const parts[])(struct check *, const struct segment *) = {check_terms_of, check_columns, check_ids, check_stored,
                                                                          check_reserved};
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !check_must_stop(check); i++)
        parts[i](check, segment);
}

/* In order of their smallest insertion numbers, and each number once. */
static void check_order(struct check *check, struct segment *const *segments, size_t count)
{
    const struct segment *before = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct segment *segment = segments[i];
        if (!segment || !segment->documents)
            continue;
        if (before && segment->meta.base <= before->meta.base)
            check_found(check, segment, "META", container_section(&segment->container, SECTION_ID('M', 'E', 'T', 'A')).bytes,
                        "segments are not in order of insertion");
        before = segment;
    }
}

/* -------------------------------------------------------------------- the index */

static int is_outdated(const struct manifest *manifest, const char *folder)
{
    struct manifest newest;
    if (manifest_read(&newest, folder, NULL))
        return 0;
    const int outdated = newest.generation != manifest->generation;
    manifest_release(&newest);
    return outdated;
}

/* Opens what can be opened; the rest are findings. -> LOOK_AGAIN when a newer commit took files away */
static int open_segments(struct check *check, struct segment **segments, const char *folder, int may_look_again)
{
    for (size_t i = 0; i < check->manifest->segment_count; i++) {
        struct trawl_error error = {0};
        int status = segment_open(&segments[i], folder, check->manifest, &check->manifest->segments[i], &error);
        if (status == TRAWL_ERROR_NOT_FOUND) {
            if (may_look_again && is_outdated(check->manifest, folder))
                return LOOK_AGAIN;
            error.code = status = TRAWL_ERROR_CORRUPT;
        }
        check_status(check, status, &error);
    }
    return 0;
}

/* -> LOOK_AGAIN or 0 */
static int check_segments(struct check *check, const char *folder, int may_look_again)
{
    const size_t count = check->manifest->segment_count;
    struct trawl_error error = {0};
    struct segment **segments = memory_alloc_zero(count, sizeof *segments);
    if (!segments) {
        check_status(check, error_memory(&error), &error);
        return 0;
    }
    const int again = open_segments(check, segments, folder, may_look_again);
    for (size_t i = 0; i < count && !again && !check_must_stop(check); i++)
        if (segments[i])
            check_segment(check, segments[i]);
    if (!again && !check_must_stop(check))
        check_order(check, segments, count);
    if (!again && !check_must_stop(check))
        check_ids_apart(check, segments, count);
    for (size_t i = 0; i < count; i++)
        segment_close(segments[i]);
    memory_free(segments);
    return again;
}

int check_index(const char *folder, trawl_damage_callback *damage, void *context, struct trawl_error *error)
{
    for (int tries = 0;; tries++) {
        struct check check = {.damage = damage, .context = context, .error = error};
        struct trawl_error failure = {0};
        struct manifest manifest;
        int status = manifest_read(&manifest, folder, &failure);
        if (status == TRAWL_ERROR_NOT_FOUND)
            return error_set(error, status, "there is no index in %s", folder);
        if (status)
            return check_status(&check, status, &failure);
        check.manifest = &manifest;
        const int again = check_segments(&check, folder, tries < MOST_TRIES);
        manifest_release(&manifest);
        if (again)
            continue;
        return check.failure ? check.failure : check.findings ? TRAWL_ERROR_CORRUPT : 0;
    }
}
