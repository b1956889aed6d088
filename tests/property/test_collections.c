/* Whole collections, from their files: what the engine answers is what the
 * reference searcher answers, for every query, pruned or not. The documents in
 * corpus/ always; with $TRAWL_COLLECTIONS=FOLDER also every FOLDER/NAME/corpus.jsonl
 * with the queries of its queries*.tsv (number, tab, text), every n-th of many. */
#include <dirent.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "src/engine/searcher.h"
#include "src/match/match.h"
#include "src/source/source.h"
#include "tests/property/reference.h"
#include "tests/unit/engine_fixture.h"

enum { QUERIES_MOST = 250 };

struct collection {
    const char *const *paths; /* of its documents */
    const char *language;
    const char *folder; /* of its index */
    struct reference *reference;
    trawl_searcher *searcher;
    size_t asked;
};

/* ---------------------------------------------------------------- documents */

static void index_documents(const struct collection *collection)
{
    struct trawl_writer_options options = TRAWL_WRITER_OPTIONS_INIT;
    struct trawl_error error = {0};
    options.language = collection->language;
    options.store = TRAWL_STORE_NONE;
    trawl_writer *writer = fixture_writer(collection->folder, &options);
    REQUIRE_OK(trawl_writer_add_paths(writer, collection->paths, 1, NULL, &error), &error);
    fixture_commit(writer);
}

/* The terms of a text with blanks between. */
static char *words_of(struct analysis *analysis, const struct document_field *field, struct arena *arena)
{
    struct token_list list;
    struct trawl_error error = {0};
    size_t length = 0;
    REQUIRE_OK(analysis_text(&list, analysis, field->value, field->value_length, WORD_STEMMED, arena, &error), &error);
    for (size_t i = 0; i < list.count; i++)
        length += list.tokens[i].term_length + 1;
    char *words = arena_alloc(arena, length + 1), *at = words;
    REQUIRE(words != NULL);
    for (size_t i = 0; i < list.count; i++) {
        memcpy(at, list.tokens[i].term, list.tokens[i].term_length);
        at += list.tokens[i].term_length;
        *at++ = ' ';
    }
    *at = '\0';
    return words;
}

/* Title first, then the body, then the rest, as docs/ARCHITECTURE.md says. */
static int rank_of(const struct document_field *field)
{
    if (field->name_length == 5 && memcmp(field->name, "title", 5) == 0)
        return 0;
    return field->name_length == 4 && memcmp(field->name, "body", 4) == 0 ? 1 : 2;
}

static void refer_to_document(const struct collection *collection, const struct document *document)
{
    struct trawl_searcher *searcher = collection->searcher;
    struct arena arena;
    arena_init(&arena);
    reference_document(collection->reference);
    for (int rank = 0; rank < 3; rank++)
        for (size_t i = 0; i < document->field_count; i++) {
            const struct document_field *field = &document->fields[i];
            if (field->kind != FIELD_TEXT || rank_of(field) != rank)
                continue;
            const int number = reader_find_field(searcher->snapshot, field->name, field->name_length);
            REQUIRE(number > 0);
            const char *words = words_of(searcher->analysis, field, &arena);
            if (field->in_body)
                reference_own_value(collection->reference, (uint32_t)number, words);
            else
                reference_value(collection->reference, (uint32_t)number, words);
        }
    arena_release(&arena);
}

static void refer_to_documents(const struct collection *collection)
{
    const struct source_options options = {.max_document_size = 64 << 20};
    struct trawl_error error = {0};
    struct raw_batch batch;
    struct source *source;
    struct parser *parser;
    struct document document;
    raw_batch_init(&batch);
    REQUIRE_OK(source_open(&source, collection->paths, 1, &options, &error), &error);
    REQUIRE_OK(parser_new(&parser, options.max_document_size, &error), &error);
    while (source_next_batch(source, &batch, &error) == 0)
        for (size_t i = 0; i < batch.count; i++) {
            REQUIRE_OK(parser_parse(&document, parser, &batch.records[i], &error), &error);
            refer_to_document(collection, &document);
        }
    REQUIRE_INT(error.code, 0);
    parser_free(parser);
    source_close(source);
    raw_batch_release(&batch);
}

/* ------------------------------------------------------------------ queries */

static void check_hits(const struct match_results *found, const struct reference_hits *expected, size_t limit, const char *text)
{
    const size_t wanted = limit < expected->count ? limit : expected->count;
    CHECK_THAT(found->total == expected->count, "%s: counted %llu, not %zu", text, (unsigned long long)found->total,
               expected->count);
    REQUIRE_THAT(found->hit_count == wanted, "%s: %zu hits, not %zu", text, found->hit_count, wanted);
    for (size_t i = 0; i < wanted; i++)
        REQUIRE_THAT(found->hits[i].insertion == expected->hits[i].insertion && found->hits[i].units == expected->hits[i].units,
                     "%s: hit %zu is document %llu, not %llu", text, i, (unsigned long long)found->hits[i].insertion,
                     (unsigned long long)expected->hits[i].insertion);
}

static void ask(struct collection *collection, const char *text)
{
    static const size_t limits[] = {1, 10, 1000};
    struct trawl_search_options search = TRAWL_SEARCH_OPTIONS_INIT;
    struct match_options options = {.k1 = search.k1, .b = search.b, .count = 1, .max_expansions = search.max_expansions};
    struct trawl_error error = {0};
    struct match_results found;
    struct query query = {0};
    struct arena arena;
    arena_init(&arena);
    REQUIRE_OK(searcher_parse(&query, collection->searcher, (const uint8_t *)text, strlen(text), &search, &arena, &error), &error);
    const struct reference_hits *expected = reference_search(collection->reference, query.root, &options);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        for (int exhaustive = 0; exhaustive < 2; exhaustive++) {
            options.limit = limits[i];
            options.exhaustive = exhaustive;
            REQUIRE_OK(match_search(&found, collection->searcher->snapshot->index, &query, &options, &arena, &error), &error);
            check_hits(&found, expected, limits[i], text);
        }
    arena_release(&arena);
    collection->asked++;
}

/* The text of a line of a query file: its column `column`, cut at the next tab. NULL: a comment. */
static char *query_of(char *line, int column)
{
    line[strcspn(line, "\r\n")] = '\0';
    if (line[0] == '#' || line[0] == '\0')
        return NULL;
    char *text = line;
    for (; column > 0 && text; column--)
        text = strchr(text, '\t') ? strchr(text, '\t') + 1 : NULL;
    if (text)
        text[strcspn(text, "\t")] = '\0';
    return text;
}

static size_t count_lines(FILE *file)
{
    size_t lines = 0;
    for (int c; (c = getc(file)) != EOF;)
        lines += c == '\n';
    rewind(file);
    return lines;
}

static void ask_all(struct collection *collection, const char *path, int column)
{
    char line[16384];
    FILE *file = fopen(path, "rb");
    REQUIRE_THAT(file != NULL, "cannot open %s", path);
    const size_t every = count_lines(file) / tap_rounds(QUERIES_MOST) + 1;
    for (size_t i = 0; fgets(line, sizeof line, file); i++) {
        const char *text = i % every == 0 ? query_of(line, column) : NULL;
        if (text)
            ask(collection, text);
    }
    fclose(file);
}

/* -------------------------------------------------------------- collections */

static void open_collection(struct collection *collection)
{
    index_documents(collection);
    collection->searcher = fixture_searcher(collection->folder);
    collection->reference = reference_new();
    refer_to_documents(collection);
}

static void close_collection(struct collection *collection)
{
    reference_free(collection->reference);
    trawl_searcher_free(collection->searcher);
}

static void our_own_documents(void)
{
    const char *path = tap_source_path("corpus");
    struct collection collection = {.paths = &path, .language = "english", .folder = tap_path("index")};
    open_collection(&collection);
    ask_all(&collection, tap_source_path("corpus/queries.tsv"), 0);
    const size_t wanted = tap_rounds(QUERIES_MOST); /* there are not so many as a long run wants */
    CHECK(collection.asked >= (wanted < QUERIES_MOST ? wanted : QUERIES_MOST) / 2);
    close_collection(&collection);
}

/* By the end of the folder's name: xquad-de is German. */
static const char *language_of(const char *name)
{
    static const char *const languages[][2] = {{"-de", "german"}, {"-es", "spanish"}, {"-tr", "turkish"}, {"-ar", "arabic"},
                                               {"-fi", "finnish"}, {"-ru", "russian"}, {"-zh", "none"},   {"-vi", "none"},
                                               {"-ko", "none"},    {"-te", "none"}};
    const size_t length = strlen(name);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (length > 3 && strcmp(name + length - 3, languages[i][0]) == 0)
            return languages[i][1];
    return "english";
}

static void compare_folder(const char *folder, const char *name)
{
    char documents[4096], pattern[4096];
    const char *path = documents;
    glob_t queries;
    snprintf(documents, sizeof documents, "%s/%s/corpus.jsonl", folder, name);
    snprintf(pattern, sizeof pattern, "%s/%s/queries*.tsv", folder, name);
    struct collection collection = {.paths = &path, .language = language_of(name), .folder = tap_path(name)};
    REQUIRE_THAT(glob(pattern, 0, NULL, &queries) == 0, "no %s", pattern);
    open_collection(&collection);
    for (size_t i = 0; i < queries.gl_pathc; i++)
        ask_all(&collection, queries.gl_pathv[i], 1);
    printf("# %s (%s): %zu queries\n", name, collection.language, collection.asked);
    close_collection(&collection);
    globfree(&queries);
}

static void collections_of_others(void)
{
    const char *folder = getenv("TRAWL_COLLECTIONS");
    DIR *directory = folder ? opendir(folder) : NULL;
    if (!directory) {
        tap_skip("$TRAWL_COLLECTIONS names no folder");
        return;
    }
    for (const struct dirent *entry; (entry = readdir(directory));)
        if (entry->d_name[0] != '.')
            compare_folder(folder, entry->d_name);
    closedir(directory);
}

TAP_MAIN("collections", TAP_CASE(our_own_documents), TAP_CASE(collections_of_others))
