#include "src/cli/bench_kind.h"

#include <string.h>

struct counts {
    size_t terms, phrases, prefixes, all, groups, ands, ors, nots, signs;
};

static int count_token(void *context, const struct trawl_token *token)
{
    (void)token;
    ++*(size_t *)context;
    return 0;
}

static int is_word(const char *start, const char *end, const char *word)
{
    return (size_t)(end - start) == strlen(word) && memcmp(start, word, strlen(word)) == 0;
}

/* Where the word begins behind the name of its field, if it has one. */
static const char *skip_field(const char *start, const char *end, trawl_snapshot *snapshot)
{
    const char *colon = memchr(start, ':', (size_t)(end - start)), *name;
    for (size_t i = 1; colon && snapshot && (name = trawl_snapshot_field(snapshot, i)); i++)
        if (is_word(start, colon, name))
            return colon + 1;
    return start;
}

static int is_several_terms(const char *word, size_t length, trawl_snapshot *snapshot)
{
    size_t tokens = 0;
    if (snapshot)
        trawl_analyze(snapshot, NULL, word, length, count_token, &tokens, NULL);
    return tokens > 1;
}

/* Where the quoted text that begins at `at` ends, its closing quote included. */
static const char *skip_quoted(const char *at)
{
    for (at++; *at && *at != '"'; at++)
        at += *at == '\\' && at[1];
    return *at ? at + 1 : at;
}

/* A word, with its field and boost, ends at a blank, parenthesis or quote. */
static const char *skip_word(const char *at)
{
    for (; *at && !strchr(" ()\"", *at); at++)
        at += *at == '\\' && at[1];
    return at;
}

static void count_word(struct counts *counts, const char *start, const char *end, trawl_snapshot *snapshot)
{
    if (is_word(start, end, "AND"))
        counts->ands++;
    else if (is_word(start, end, "OR"))
        counts->ors++;
    else if (is_word(start, end, "NOT"))
        counts->nots++;
    else if (is_word(start, end, "*"))
        counts->all++;
    else if (*start != '^' && *start != '~') { /* what stands behind a phrase or group */
        const char *boost = memchr(start, '^', (size_t)(end - start));
        const char *last = boost && boost > start ? boost : end;
        const char *word = skip_field(start, last, snapshot);
        if (is_several_terms(word, (size_t)(last - word), snapshot))
            counts->phrases++;
        else if (last[-1] == '*' && (last - start < 2 || last[-2] != '\\'))
            counts->prefixes++;
        else
            counts->terms++;
    }
}

static void count_parts(struct counts *counts, const char *at, trawl_snapshot *snapshot)
{
    while (*at) {
        const char *start = at;
        if (*at == '"') {
            at = skip_quoted(at);
            counts->phrases++;
        } else if (*at == '(' || *at == ')' || *at == ' ') {
            counts->groups += *at == '(';
            at++;
        } else if (*at == '+' || *at == '-') {
            counts->signs += *at == '+';
            counts->nots += *at == '-';
            at++;
        } else {
            at = skip_word(at);
            if (at[-1] == ':' && *at) /* the field of a phrase or group */
                continue;
            count_word(counts, start, at, snapshot);
        }
    }
}

const char *bench_kind(const char *parsed, trawl_snapshot *snapshot)
{
    struct counts counts = {0};
    count_parts(&counts, parsed, snapshot);
    const size_t units = counts.terms + counts.phrases + counts.prefixes + counts.all;
    if (counts.nots)
        return "negated";
    if (units == 1 && !counts.all)
        return counts.terms ? "term" : counts.phrases ? "phrase" : "prefix";
    if (units > 1 && counts.terms == units && !counts.groups && !counts.signs) {
        if (!counts.ors)
            return "intersection";
        if (!counts.ands)
            return "union";
    }
    return "mixed";
}
