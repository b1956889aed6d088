#include "src/query/parse.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "src/util/error.h"

/* What is said about a query while it is parsed, and what may be added later.
 * A long broken query says enough with its first problems. */

enum { MOST_DIAGNOSTICS = 64 };

static int make_room(struct query *query)
{
    if (query->diagnostic_count < query->diagnostic_capacity)
        return 1;
    size_t capacity = query->diagnostic_capacity ? query->diagnostic_capacity * 2 : 4;
    struct query_diagnostic *grown = arena_alloc(query->arena, capacity * sizeof *grown);
    if (!grown)
        return 0;
    if (query->diagnostic_count)
        memcpy(grown, query->diagnostics, query->diagnostic_count * sizeof *grown);
    query->diagnostics = grown;
    query->diagnostic_capacity = capacity;
    return 1;
}

/* -> 1, or 0: no memory */
static int add(struct query *query, const struct query_diagnostic *diagnostic)
{
    if (!make_room(query))
        return 0;
    query->diagnostics[query->diagnostic_count++] = *diagnostic;
    return 1;
}

static int add_unless_many(struct query *query, const struct query_diagnostic *diagnostic)
{
    static const struct query_diagnostic more = {
        .level = TRAWL_NOTE, .code = "more-problems", .message = "there are more problems than are listed", .pointer = ""};
    if (query->diagnostic_count > MOST_DIAGNOSTICS)
        return 1;
    return add(query, query->diagnostic_count == MOST_DIAGNOSTICS ? &more : diagnostic);
}

int query_add_diagnostic(struct query *query, int level, const char *code, uint32_t offset, uint32_t length,
                         const char *pointer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *message = wanted < 0 ? NULL : arena_alloc(query->arena, (size_t)wanted + 1);
    const char *pointer_copy = arena_copy(query->arena, pointer, strlen(pointer));
    if (!message || !pointer_copy)
        return TRAWL_ERROR_MEMORY;
    va_start(arguments, format);
    vsnprintf(message, (size_t)wanted + 1, format, arguments);
    va_end(arguments);
    const struct query_diagnostic diagnostic = {
        .level = level, .code = code, .offset = offset, .length = length, .message = message, .pointer = pointer_copy};
    return add_unless_many(query, &diagnostic) ? 0 : TRAWL_ERROR_MEMORY;
}

static struct query_diagnostic made_of(int level, const char *code, size_t start, size_t end, const char *message,
                                       const char *pointer)
{
    return (struct query_diagnostic){.level = level,
                                     .code = code,
                                     .offset = (uint32_t)start,
                                     .length = (uint32_t)(end - start),
                                     .message = message,
                                     .pointer = pointer};
}

void parse_repair(struct parse *parse, const char *code, size_t start, size_t end, const char *message, const char *pointer)
{
    int level = parse->options->strict ? TRAWL_FAILURE : TRAWL_WARNING;
    const struct query_diagnostic diagnostic = made_of(level, code, start, end, message, pointer);
    if (parse->status)
        return;
    parse->is_broken = 1;
    if (!add_unless_many(parse->query, &diagnostic))
        parse_no_memory(parse);
}

void parse_note(struct parse *parse, const char *code, size_t start, size_t end, const char *message, const char *pointer)
{
    const struct query_diagnostic diagnostic = made_of(TRAWL_NOTE, code, start, end, message, pointer);
    if (!parse->status && !add_unless_many(parse->query, &diagnostic))
        parse_no_memory(parse);
}

void parse_over_limit(struct parse *parse, const char *code, size_t start, size_t end, const char *message,
                      const char *pointer)
{
    const struct query_diagnostic diagnostic = made_of(TRAWL_FAILURE, code, start, end, message, pointer);
    if (parse->status)
        return;
    if (add(parse->query, &diagnostic))
        parse->status = error_set(parse->error, TRAWL_ERROR_LIMIT, "%s", message);
    else
        parse_no_memory(parse);
}
