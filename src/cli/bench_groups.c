#include "src/cli/bench_groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/cli/cli_memory.h"

static int compare_ns(const void *one, const void *other)
{
    const uint64_t left = *(const uint64_t *)one, right = *(const uint64_t *)other;
    return (left > right) - (left < right);
}

int bench_groups_has_type(const struct bench_query *query, const char *type, int by_tag)
{
    if (!by_tag || !query->tag_count)
        return strcmp(query->type, type) == 0;
    for (size_t i = 0; i < query->tag_count; i++)
        if (strcmp(query->tags[i], type) == 0)
            return 1;
    return 0;
}

static int is_known(const struct bench_groups *groups, size_t command, const char *type)
{
    for (size_t i = 0; i < groups->count; i++)
        if (groups->list[i].command == command && !groups->list[i].is_all && strcmp(groups->list[i].type, type) == 0)
            return 1;
    return 0;
}

/* A group of no queries is none: all of its may have failed. */
static void add_group(struct bench_groups *groups, const struct bench *bench, size_t command, const char *type, int is_all)
{
    struct bench_group group = {.command = command, .type = type, .is_all = is_all};
    double sum = 0;
    if (!is_all && is_known(groups, command, type))
        return;
    group.ns = cli_memory_alloc(bench->queries.count, sizeof *group.ns);
    for (size_t i = 0; i < bench->queries.count; i++) {
        const struct bench_measure *measure = &bench->commands[command].measures[i];
        if (measure->has_failed ||
            !(is_all || bench_groups_has_type(&bench->queries.list[i], type, bench->settings->bench.by_tag)))
            continue;
        group.ns[group.count++] = measure->ns;
        sum += (double)measure->ns;
    }
    if (!group.count) {
        free(group.ns);
        return;
    }
    group.mean = sum / (double)group.count / 1e3;
    qsort(group.ns, group.count, sizeof *group.ns, compare_ns);
    groups->list = cli_memory_grow(groups->list, &groups->capacity, groups->count + 1, sizeof *groups->list);
    groups->list[groups->count++] = group;
}

void bench_groups_init(struct bench_groups *groups, const struct bench *bench)
{
    *groups = (struct bench_groups){0};
    for (size_t command = 0; command < bench->command_count; command++) {
        const size_t before = groups->count;
        for (size_t i = 0; i < bench->queries.count; i++) {
            const struct bench_query *query = &bench->queries.list[i];
            const size_t tags = bench->settings->bench.by_tag ? query->tag_count : 0;
            add_group(groups, bench, command, query->type, 0);
            for (size_t tag = 1; tag < tags; tag++)
                add_group(groups, bench, command, query->tags[tag], 0);
        }
        if (groups->count > before + 1)
            add_group(groups, bench, command, "all", 1);
    }
}

void bench_groups_release(struct bench_groups *groups)
{
    for (size_t i = 0; i < groups->count; i++)
        free(groups->list[i].ns);
    free(groups->list);
    *groups = (struct bench_groups){0};
}

double bench_groups_quantile(const struct bench_group *group, double share)
{
    const size_t rank = (size_t)ceil(share * (double)group->count);
    return (double)group->ns[rank ? rank - 1 : 0] / 1e3;
}

double bench_groups_rate(const struct bench_group *group)
{
    return group->mean > 0 ? 1e6 / group->mean : 0;
}

struct slow_query {
    uint64_t ns;
    size_t number;
};

static int compare_slowest(const void *one, const void *other)
{
    const struct slow_query *left = one, *right = other;
    if (left->ns != right->ns)
        return left->ns < right->ns ? 1 : -1;
    return (left->number > right->number) - (left->number < right->number);
}

size_t *bench_groups_slowest(size_t *count, const struct bench *bench, size_t command)
{
    struct slow_query *slow = cli_memory_alloc(bench->queries.count, sizeof *slow);
    size_t *order = cli_memory_alloc(bench->queries.count, sizeof *order);
    *count = 0;
    for (size_t i = 0; i < bench->queries.count; i++)
        if (!bench->commands[command].measures[i].has_failed)
            slow[(*count)++] = (struct slow_query){bench->commands[command].measures[i].ns, i};
    qsort(slow, *count, sizeof *slow, compare_slowest);
    for (size_t i = 0; i < *count; i++)
        order[i] = slow[i].number;
    free(slow);
    return order;
}
