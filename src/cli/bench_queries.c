#include "src/cli/bench_queries.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "src/cli/cli_complain.h"
#include "src/cli/cli_input.h"
#include "src/cli/cli_json_read.h"
#include "src/cli/cli_lines.h"
#include "src/cli/cli_memory.h"

static char *copy(const char *bytes, size_t length)
{
    char *text = cli_memory_alloc(length + 1, 1);
    memcpy(text, bytes, length);
    return text;
}

static struct bench_query *add_query(struct bench_queries *queries, const char *text, size_t length, uint64_t line)
{
    queries->list = cli_memory_grow(queries->list, &queries->capacity, queries->count + 1, sizeof *queries->list);
    struct bench_query *query = &queries->list[queries->count++];
    *query = (struct bench_query){.text = copy(text, length), .length = length, .line = line};
    return query;
}

static void add_tag(struct bench_query *query, const struct cli_json_value *tag)
{
    for (size_t i = 0; i < query->tag_count; i++)
        if (strcmp(query->tags[i], tag->string) == 0)
            return;
    query->tags = cli_memory_grow(query->tags, &query->tag_capacity, query->tag_count + 1, sizeof *query->tags);
    query->tags[query->tag_count++] = copy(tag->string, strlen(tag->string));
}

static int wrong_line(const char *name, uint64_t line, const char *reason)
{
    return cli_complain("%s:%" PRIu64 ": %s", name, line, reason);
}

static int add_members(struct bench_queries *queries, const struct cli_json_value *object, const char *name,
                       uint64_t line)
{
    const struct cli_json_value *text = cli_json_member_of(object, "query", CLI_JSON_STRING);
    const struct cli_json_value *type = cli_json_member(object, "type"), *tags = cli_json_member(object, "tags");
    if (!text)
        return wrong_line(name, line, "no \"query\" that is a string");
    if ((type && type->kind != CLI_JSON_STRING) || (tags && tags->kind != CLI_JSON_ARRAY))
        return wrong_line(name, line, "\"type\" is to be a string, \"tags\" an array of strings");
    struct bench_query *query = add_query(queries, text->string, text->length, line);
    if (type)
        add_tag(query, type);
    for (const struct cli_json_value *tag = tags ? tags->first : NULL; tag; tag = tag->next) {
        if (tag->kind != CLI_JSON_STRING)
            return wrong_line(name, line, "a tag that is not a string");
        add_tag(query, tag);
    }
    query->type = query->tag_count ? query->tags[0] : NULL;
    return 0;
}

static int add_json(struct bench_queries *queries, const char *text, size_t length, const char *name, uint64_t line)
{
    struct cli_json_tree tree;
    int status;
    if (cli_json_read(&tree, text, length))
        status = cli_complain("%s:%" PRIu64 ": broken JSON: %s (byte %zu of the line)", name, line, tree.fault, tree.offset);
    else
        status = add_members(queries, tree.root, name, line);
    cli_json_release(&tree);
    return status;
}

static int read_lines(struct bench_queries *queries, int descriptor, const char *name, size_t limit)
{
    struct cli_lines lines;
    cli_lines_init(&lines, descriptor);
    const char *text;
    size_t length;
    uint64_t line = 0;
    int status = 0, more = 0;
    while (status == 0 && queries->count < limit && (more = cli_lines_next(&text, &length, &lines)) == 0) {
        line++;
        if (length && text[0] == '{')
            status = add_json(queries, text, length, name, line);
        else if (length)
            add_query(queries, text, length, line);
    }
    if (more < 0)
        status = cli_complain("%s: cannot read: %s", name, strerror(errno));
    cli_lines_release(&lines);
    return status;
}

int bench_queries_read(struct bench_queries *queries, const char *name, size_t limit)
{
    *queries = (struct bench_queries){0};
    const int descriptor = cli_input_open(name);
    if (descriptor < 0)
        return cli_complain("%s: cannot open: %s", name, strerror(errno));
    int status = read_lines(queries, descriptor, name, limit);
    cli_input_close(descriptor);
    if (status == 0 && queries->count == 0)
        status = cli_complain("%s: no queries", name);
    return status;
}

void bench_queries_release(struct bench_queries *queries)
{
    for (size_t i = 0; i < queries->count; i++) {
        for (size_t tag = 0; tag < queries->list[i].tag_count; tag++)
            free(queries->list[i].tags[tag]);
        free(queries->list[i].tags);
        free(queries->list[i].text);
    }
    free(queries->list);
    *queries = (struct bench_queries){0};
}
