/* Searches an index through the library.
 *
 *     cc search.c $(pkg-config --cflags --libs trawl) -o search
 *     ./search .trawl 'harbour nets' */
#include <stdio.h>
#include <string.h>
#include <trawl.h>

static int complain(const struct trawl_error *error)
{
    fprintf(stderr, "%s%s%s\n", error->file, *error->file ? ": " : "", error->message);
    return 2;
}

/* The passage, with [brackets] around what matched. */
static void print_snippet(const struct trawl_snippet *snippet)
{
    size_t at = 0;
    printf("   ");
    for (size_t i = 0; i < snippet->span_count; i++) {
        const size_t start = snippet->spans[i][0], end = snippet->spans[i][1];
        printf("%.*s[%.*s]", (int)(start - at), snippet->text + at, (int)(end - start), snippet->text + start);
        at = end;
    }
    printf("%.*s\n", (int)(snippet->text_length - at), snippet->text + at);
}

static void print_results(const trawl_results *results)
{
    struct trawl_diagnostic diagnostic;
    for (size_t i = 0; trawl_results_diagnostic(&diagnostic, results, i) == 0; i++)
        fprintf(stderr, "byte %zu: %s\n", diagnostic.offset, diagnostic.message);
    struct trawl_hit hit;
    for (size_t i = 0; trawl_results_hit(&hit, results, i) == 0; i++) {
        printf("%.*s %g %.*s\n", (int)hit.id_length, hit.id, (double)hit.score, (int)hit.title_length, hit.title);
        struct trawl_snippet snippet;
        for (size_t n = 0; trawl_results_snippet(&snippet, results, i, n) == 0; n++)
            print_snippet(&snippet);
    }
}

static int search(trawl_searcher *searcher, const char *query, struct trawl_error *error)
{
    struct trawl_search_options options = TRAWL_SEARCH_OPTIONS_INIT;
    options.limit = 5;
    trawl_results *results;
    if (trawl_search(&results, searcher, query, strlen(query), &options, error)) {
        trawl_results_free(results); /* diagnostics of a broken query, or NULL */
        return complain(error);
    }
    print_results(results);
    const int found = trawl_results_size(results) > 0;
    trawl_results_free(results);
    return found ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: search INDEX QUERY\n", stderr);
        return 2;
    }
    struct trawl_error error = {0};
    trawl_snapshot *snapshot;
    if (trawl_snapshot_open(&snapshot, argv[1], &error))
        return complain(&error);
    trawl_searcher *searcher;
    int status = trawl_searcher_new(&searcher, snapshot, &error);
    trawl_snapshot_release(snapshot); /* the searcher keeps it */
    if (status)
        return complain(&error);
    status = search(searcher, argv[2], &error);
    trawl_searcher_free(searcher);
    return status;
}
