#include "src/cli/bench_compare.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/cli/bench_json.h"
#include "src/cli/cli_complain.h"
#include "src/cli/cli_input.h"
#include "src/cli/cli_json_read.h"
#include "src/cli/cli_memory.h"

/* ------------------------------------------------------- the earlier run */

struct old_result {
    const struct cli_json_value *command, *query, *result;
};

struct old_run {
    struct cli_json_tree tree;
    struct old_result *results; /* sorted by command and query */
    size_t count, capacity;
};

static int compare_text(const struct cli_json_value *text, const char *bytes, size_t length)
{
    const size_t shorter = text->length < length ? text->length : length;
    const int order = shorter ? memcmp(text->string, bytes, shorter) : 0;
    return order ? order : (text->length > length) - (text->length < length);
}

static int compare_results(const void *one, const void *other)
{
    const struct old_result *left = one, *right = other;
    const int order = compare_text(left->command, right->command->string, right->command->length);
    return order ? order : compare_text(left->query, right->query->string, right->query->length);
}

static int wrong_shape(const char *file, const char *reason)
{
    return cli_complain("%s: not what `trawl bench --json` prints: %s", file, reason);
}

static int add_result(struct old_run *old, const struct cli_json_value *result, const char *file)
{
    const struct cli_json_value *failed = cli_json_member(result, "failed");
    const struct old_result found = {cli_json_member_of(result, "command", CLI_JSON_STRING),
                                     cli_json_member_of(result, "query", CLI_JSON_STRING), result};
    if (!found.command || !found.query)
        return wrong_shape(file, "a result without its command and query");
    if (failed)
        return 0;
    const struct cli_json_value *ns = cli_json_member_of(result, "ns", CLI_JSON_NUMBER);
    if (!ns || !(ns->number >= 0) || !cli_json_member_of(result, "hits", CLI_JSON_NUMBER) ||
        !cli_json_member_of(result, "digest", CLI_JSON_STRING))
        return wrong_shape(file, "a result without its time and hits");
    old->results = cli_memory_grow(old->results, &old->capacity, old->count + 1, sizeof *old->results);
    old->results[old->count++] = found;
    return 0;
}

static int take_results(struct old_run *old, const char *file)
{
    const struct cli_json_value *results = cli_json_member_of(old->tree.root, "results", CLI_JSON_ARRAY);
    int status = 0;
    if (!results)
        return wrong_shape(file, "no results");
    for (const struct cli_json_value *result = results->first; result && status == 0; result = result->next)
        status = add_result(old, result, file);
    if (status == 0 && old->count)
        qsort(old->results, old->count, sizeof *old->results, compare_results);
    return status;
}

static void release_old(struct old_run *old)
{
    cli_json_release(&old->tree);
    free(old->results);
}

static int read_old(struct old_run *old, const char *file)
{
    struct cli_text text = {0};
    *old = (struct old_run){.count = 0};
    int status = cli_input_read(&text, file);
    if (status == 0 && cli_json_read(&old->tree, cli_text_string(&text), text.length))
        status = cli_complain("%s: broken JSON: %s (byte %zu)", file, old->tree.fault, old->tree.offset);
    cli_text_release(&text);
    if (status == 0)
        status = take_results(old, file);
    if (status)
        release_old(old);
    return status;
}

/* By bisection. -> NULL when it has none */
static const struct cli_json_value *find_old(const struct old_run *old, const char *command,
                                             const struct bench_query *query)
{
    size_t from = 0, to = old->count;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        int order = compare_text(old->results[middle].command, command, strlen(command));
        if (order == 0)
            order = compare_text(old->results[middle].query, query->text, query->length);
        if (order == 0)
            return old->results[middle].result;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

/* ------------------------------------------------------------ one by one */

static void add_change(struct bench_compare *compare, const struct bench_change *change)
{
    compare->changes =
        cli_memory_grow(compare->changes, &compare->change_capacity, compare->change_count + 1, sizeof *compare->changes);
    compare->changes[compare->change_count++] = *change;
}

static void add_difference(struct bench_compare *compare, const struct bench_difference *difference)
{
    compare->differences = cli_memory_grow(compare->differences, &compare->difference_capacity,
                                           compare->difference_count + 1, sizeof *compare->differences);
    compare->differences[compare->difference_count++] = *difference;
}

/* -> 1 and in words what is different, or 0 */
static int is_different(struct bench_difference *difference, const struct cli_json_value *old,
                        const struct bench_measure *now)
{
    const struct cli_json_value *count = cli_json_member_of(old, "count", CLI_JSON_NUMBER);
    const struct cli_json_value *digest = cli_json_member_of(old, "digest", CLI_JSON_STRING);
    const double hits = cli_json_member(old, "hits")->number;
    char found[24];
    snprintf(found, sizeof found, "%016" PRIx64, now->digest);
    if (count && count->number != (double)now->count)
        snprintf(difference->what, sizeof difference->what, "count %" PRIu64 ", was %.0f", now->count, count->number);
    else if (hits != (double)now->hits)
        snprintf(difference->what, sizeof difference->what, "%" PRIu64 " hits, were %.0f", now->hits, hits);
    else if (strcmp(digest->string, found))
        snprintf(difference->what, sizeof difference->what, "other documents or scores");
    else
        return 0;
    return 1;
}

static void compare_query(struct bench_compare *compare, const struct bench *bench, const struct old_run *old,
                          size_t command, size_t query)
{
    const struct bench_measure *now = &bench->commands[command].measures[query];
    const struct cli_json_value *then = find_old(old, bench->commands[command].name, &bench->queries.list[query]);
    if (!then)
        compare->only_now++;
    if (!then || now->has_failed)
        return;
    struct bench_difference difference = {.command = command, .query = query};
    if (is_different(&difference, then, now))
        add_difference(compare, &difference);
    const double before = cli_json_member(then, "ns")->number / 1e3;
    /* A time too short for the clock counts as a nanosecond. */
    add_change(compare, &(struct bench_change){command, query, before, (double)now->ns / 1e3,
                                               fmax((double)now->ns / 1e3, 1e-3) / fmax(before, 1e-3)});
}

static int compare_changes(const void *one, const void *other)
{
    const struct bench_change *left = one, *right = other;
    if (left->ratio != right->ratio)
        return left->ratio < right->ratio ? 1 : -1;
    if (left->command != right->command)
        return left->command < right->command ? -1 : 1;
    return (left->query > right->query) - (left->query < right->query);
}

/* -------------------------------------------------------------- together */

static void add_ratio(struct bench_compare *compare, const struct bench *bench, const struct bench_group *group)
{
    struct bench_ratio ratio = {.command = group->command, .type = group->type};
    double sum = 0;
    for (size_t i = 0; i < compare->change_count; i++) {
        const struct bench_change *change = &compare->changes[i];
        if (change->command != group->command ||
            !(group->is_all || bench_groups_has_type(&bench->queries.list[change->query], group->type,
                                                     bench->settings->bench.by_tag)))
            continue;
        sum += log(change->ratio);
        ratio.count++;
    }
    if (!ratio.count)
        return;
    ratio.ratio = exp(sum / (double)ratio.count);
    compare->ratios =
        cli_memory_grow(compare->ratios, &compare->ratio_capacity, compare->ratio_count + 1, sizeof *compare->ratios);
    compare->ratios[compare->ratio_count++] = ratio;
}

static int is_equal(const struct cli_json_value *one, const struct cli_json_value *other)
{
    if (!other || one->kind != other->kind)
        return 0;
    return one->kind == CLI_JSON_STRING ? strcmp(one->string, other->string) == 0 : one->number == other->number;
}

/* Times and answers of unlike runs say little about the program. */
static void warn_of_unlike(const struct bench *bench, const struct old_run *old, const char *file)
{
    struct cli_text text = {0};
    struct cli_json_tree ours;
    bench_json_add_settings(&text, bench);
    cli_json_read(&ours, cli_text_string(&text), text.length);
    const struct cli_json_value *theirs = cli_json_member_of(old->tree.root, "settings", CLI_JSON_OBJECT);
    for (const struct cli_json_value *member = ours.root->first; member; member = member->next)
        if (!is_equal(member, cli_json_member(theirs, member->key)))
            cli_complain_warn("%s was run with another %s", file, member->key);
    const struct cli_json_value *index = cli_json_member(old->tree.root, "index");
    const struct cli_json_value *documents = cli_json_member_of(index, "documents", CLI_JSON_NUMBER);
    if (documents && documents->number != (double)bench->stats.documents)
        cli_complain_warn("%s was run on %.0f documents, not %" PRIu64, file, documents->number, bench->stats.documents);
    cli_json_release(&ours);
    cli_text_release(&text);
}

int bench_compare_init(struct bench_compare *compare, const struct bench *bench, const struct bench_groups *groups,
                       const char *file)
{
    struct old_run old;
    *compare = (struct bench_compare){.file = file};
    if (read_old(&old, file))
        return CLI_EXIT_ERROR;
    warn_of_unlike(bench, &old, file);
    for (size_t command = 0; command < bench->command_count; command++)
        for (size_t query = 0; query < bench->queries.count; query++)
            compare_query(compare, bench, &old, command, query);
    if (compare->change_count)
        qsort(compare->changes, compare->change_count, sizeof *compare->changes, compare_changes);
    for (size_t i = 0; i < groups->count; i++)
        add_ratio(compare, bench, &groups->list[i]);
    release_old(&old);
    return 0;
}

void bench_compare_release(struct bench_compare *compare)
{
    free(compare->changes);
    free(compare->differences);
    free(compare->ratios);
    *compare = (struct bench_compare){0};
}

int bench_compare_check(const char *file)
{
    struct old_run old;
    if (read_old(&old, file))
        return CLI_EXIT_ERROR;
    release_old(&old);
    return 0;
}
