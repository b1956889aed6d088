#include "bench/grow_queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 5, TRIES = 12, WORD_BYTES = 60 };

/* A shape of queries: words side by side in the document or from anywhere in
 * it, and what is written around them. */
static const struct shape {
    const char *type;
    uint32_t words;
    int is_run;
    const char *open, *before, *between, *after;
} shapes[] = {
    {"term", 1, 0, "", "", "", ""},
    {"intersection", 2, 0, "", "+", " ", ""},
    {"intersection", 3, 0, "", "+", " ", ""},
    {"union", 2, 0, "", "", " ", ""},
    {"union", 3, 0, "", "", " ", ""},
    {"union", 5, 0, "", "", " ", ""},
    {"phrase", 2, 1, "\\\"", "", " ", "\\\""},
    {"phrase", 3, 1, "\\\"", "", " ", "\\\""},
    {"phrase", 4, 1, "\\\"", "", " ", "\\\""},
    {"negated", 2, 0, "", "", " -", ""},
    {"prefix", 1, 0, "", "", "", "*"},
};
static const char *const moods[] = {"any", "rare", "common"};

enum { SHAPES = sizeof shapes / sizeof *shapes, MOODS = 3 };

int grow_queries_init(struct grow_queries *queries, uint32_t count, uint64_t seed)
{
    *queries = (struct grow_queries){.count = count, .chance = {seed ^ UINT64_C(0x9e3779b97f4a7c15)}};
    queries->lines = calloc(count + 1, sizeof *queries->lines);
    return queries->lines ? 0 : -1;
}

void grow_queries_release(struct grow_queries *queries)
{
    free(queries->lines);
    queries->lines = NULL;
}

static uint64_t draw(uint32_t places[WORDS_MOST], const struct shape *shape, const struct grow_document *document,
                     struct chance *chance)
{
    uint64_t frequency = 0;
    for (uint32_t i = 0; i < shape->words; i++) {
        if (i && shape->is_run)
            places[i] = places[i - 1] + 1;
        else
            places[i] = chance_below(chance, document->count - (shape->is_run ? shape->words - 1 : 0));
        frequency += document->frequencies[places[i]];
    }
    return frequency;
}

/* Of several draws the first, the rarest or the commonest. */
static void choose(uint32_t places[WORDS_MOST], const struct shape *shape, unsigned mood,
                   const struct grow_document *document, struct chance *chance)
{
    uint64_t best = draw(places, shape, document, chance);
    for (int i = 1; mood && i < TRIES; i++) {
        uint32_t other[WORDS_MOST];
        const uint64_t frequency = draw(other, shape, document, chance);
        if (mood == 1 ? frequency >= best : frequency <= best)
            continue;
        best = frequency;
        memcpy(places, other, sizeof other);
    }
}

/* The first letters of a word: of four bytes those that are whole characters. */
static int prefix_length(const char *word)
{
    int length = (int)strnlen(word, 4);
    while (length > 1 && (word[length] & 0xC0) == 0x80)
        length--;
    return length;
}

static void make_query(struct grow_queries *queries, uint32_t number, const struct grow_document *document)
{
    const struct shape *shape = &shapes[number % SHAPES];
    const unsigned mood = number / SHAPES % MOODS;
    uint32_t places[WORDS_MOST] = {0};
    char *line = queries->lines[number];
    choose(places, shape, mood, document, &queries->chance);
    int length = snprintf(line, GROW_QUERY_SIZE, "{\"query\": \"%s", shape->open);
    for (uint32_t i = 0; i < shape->words; i++) {
        const char *word = document->words[places[i]];
        const int most = strcmp(shape->type, "prefix") ? WORD_BYTES : prefix_length(word);
        length += snprintf(line + length, GROW_QUERY_SIZE - (size_t)length, "%s%s%.*s", i ? shape->between : "",
                           shape->before, most, word);
    }
    snprintf(line + length, GROW_QUERY_SIZE - (size_t)length, "%s\", \"tags\": [\"%s\", \"%s:%u\", \"%s:%s\"]}",
             shape->after, shape->type, shape->type, shape->words, shape->type, moods[mood]);
}

/* Reservoir sampling: in the end every document had the same chance. */
void grow_queries_see(struct grow_queries *queries, const struct grow_document *document)
{
    const uint32_t seen = queries->seen++;
    if (document->count < WORDS_MOST || queries->count == 0)
        return;
    const uint32_t number = seen < queries->count ? seen : chance_below(&queries->chance, seen + 1);
    if (number < queries->count)
        make_query(queries, number, document);
}

int grow_queries_write(const struct grow_queries *queries, const char *name)
{
    FILE *file = fopen(name, "w");
    if (!file)
        return -1;
    for (uint32_t i = 0; i < queries->count; i++)
        if (queries->lines[i][0])
            fprintf(file, "%s\n", queries->lines[i]);
    const int failed = ferror(file);
    return fclose(file) || failed ? -1 : 0;
}
