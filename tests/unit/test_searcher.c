/* The public search functions: hits, counts, snippets, JSON, explanations. */
#include "tests/unit/engine_fixture.h"

#include <stdlib.h>

static const char *make_index(void)
{
    const char *path = tap_path("index");
    trawl_writer *writer = fixture_writer(path, NULL);
    fixture_add(writer, "a", "Harbour nets", "The boats mend their nets in the harbour. Nobody hurries.");
    fixture_add(writer, "b", "Bread", "A crust of bread, and \"a loaf\".");
    fixture_add(writer, "c", "Boats", "Fishing boats leave the harbour at night.");
    fixture_commit(writer);
    return path;
}

static trawl_results *search(trawl_searcher *searcher, const char *query, const struct trawl_search_options *options)
{
    struct trawl_error error = {0};
    trawl_results *results;
    REQUIRE_OK(trawl_search(&results, searcher, query, strlen(query), options, &error), &error);
    return results;
}

static void limit_and_offset_cut_the_list(void)
{
    trawl_searcher *searcher = fixture_searcher(make_index());
    struct trawl_search_options options = TRAWL_SEARCH_OPTIONS_INIT;
    struct trawl_hit all[3], hit;
    int is_exact;
    trawl_results *results = search(searcher, "*", &options);
    REQUIRE_UINT(trawl_results_size(results), 3);
    CHECK_UINT(trawl_results_total(results, &is_exact), 3);
    CHECK_INT(is_exact, 1);
    for (size_t i = 0; i < 3; i++)
        REQUIRE_INT(trawl_results_hit(&all[i], results, i), 0);
    CHECK_STRING(all[0].id, "a");
    CHECK_UINT(all[2].insertion, 2);
    options.limit = 1;
    options.offset = 1;
    trawl_results *second = search(searcher, "*", &options);
    REQUIRE_UINT(trawl_results_size(second), 1);
    REQUIRE_INT(trawl_results_hit(&hit, second, 0), 0);
    CHECK_STRING(hit.id, all[1].id);
    CHECK_INT(trawl_results_hit(&hit, second, 1), TRAWL_END);
    trawl_results_free(second);
    options.offset = 7;
    second = search(searcher, "*", &options);
    CHECK_UINT(trawl_results_size(second), 0);
    trawl_results_free(second);
    trawl_results_free(results);
    trawl_searcher_free(searcher);
}

static void counts_are_exact(void)
{
    trawl_searcher *searcher = fixture_searcher(make_index());
    struct trawl_error error = {0};
    uint64_t count;
    REQUIRE_OK(trawl_count(&count, NULL, searcher, "boats bread", 11, NULL, &error), &error);
    CHECK_UINT(count, 3);
    REQUIRE_OK(trawl_count(&count, NULL, searcher, "boats -night", 12, NULL, &error), &error);
    CHECK_UINT(count, 1);
    trawl_searcher_free(searcher);
}

/* The coded length of a long title leaves nothing for a short body, and does not tell it from none. */
static void a_field_is_found_where_it_has_a_word(void)
{
    static const char *const bodies[][2] = {
        {"one", "net"}, {"two", "net cod"}, {"none", ""}, {"marks", " -- ... "}, {"long", "net cod herring fog sea boat"}};
    static const size_t words[] = {1, 40, 61, 200, 3000};
    const char *path = tap_path("index");
    char title[3000 * 2 + 1] = "", id[32], expected[512] = "", others[512] = "";
    trawl_writer *writer = fixture_writer(path, NULL);
    for (size_t i = 0, count = 0; i < sizeof words / sizeof *words; i++) {
        for (; count < words[i]; count++)
            memcpy(title + 2 * count, "x ", 3);
        for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++) {
            char *list = k == 2 || k == 3 ? others : expected;
            snprintf(id, sizeof id, "%s%zu", bodies[k][0], words[i]);
            fixture_add(writer, id, title, bodies[k][1]);
            snprintf(list + strlen(list), sizeof expected - strlen(list), "%s%s", *list ? " " : "", id);
        }
    }
    fixture_add(writer, "untitled", "", "");
    fixture_commit(writer);
    fixture_expect_in(path, "body:*", expected);
    snprintf(others + strlen(others), sizeof others - strlen(others), " untitled");
    fixture_expect_in(path, "NOT body:*", others);
    fixture_expect_in(path, "NOT title:*", "untitled");
}

static void snippets_mark_what_matched(void)
{
    trawl_searcher *searcher = fixture_searcher(make_index());
    trawl_results *results = search(searcher, "\"mend their nets\"", NULL);
    struct trawl_snippet snippet;
    REQUIRE_INT(trawl_results_snippet(&snippet, results, 0, 0), 0);
    CHECK_STRING(snippet.field, "body");
    REQUIRE_UINT(snippet.span_count, 1);
    CHECK_BYTES(snippet.text + snippet.spans[0][0], snippet.spans[0][1] - snippet.spans[0][0], "mend their nets", 15);
    trawl_results_free(results);
    trawl_searcher_free(searcher);
}

static void results_outlive_their_searcher(void)
{
    trawl_searcher *searcher = fixture_searcher(make_index());
    trawl_results *results = search(searcher, "loaf", NULL);
    struct trawl_error error = {0};
    struct trawl_field field;
    trawl_searcher_free(searcher);
    REQUIRE_OK(trawl_results_field(&field, results, 0, "title", 0, &error), &error);
    CHECK_BYTES(field.value, field.value_length, "Bread", 5);
    CHECK_INT(trawl_results_field(&field, results, 0, "nothing", 0, &error), TRAWL_END);
    trawl_results_free(results);
}

static char *json_of(trawl_results *results)
{
    static const char *const fields[] = {"title", "absent"};
    struct trawl_error error = {0};
    char *text;
    size_t length;
    REQUIRE_OK(trawl_results_json(&text, &length, results, fields, 2, &error), &error);
    CHECK_UINT(length, strlen(text));
    return text;
}

static void json_is_one_line_of_the_shape(void)
{
    trawl_searcher *searcher = fixture_searcher(make_index());
    trawl_results *results = search(searcher, "loaf \xff", NULL);
    char *text = json_of(results);
    CHECK(strncmp(text, "{\"trawl\":1,\"query\":\"loaf \xef\xbf\xbd\",\"parsed\":\"loaf\",\"total\":1,\"relation\":\"eq\",\"took_us\":", 80) == 0);
    CHECK(strstr(text, "\"hits\":[{\"rank\":1,\"id\":\"b\",\"score\":") != NULL);
    CHECK(strstr(text, "\"title\":\"Bread\",\"snippets\":[{\"field\":\"body\",\"text\":\"A crust of bread, and \\\"a loaf\\\".\",\"spans\":[[25,29]]}]") != NULL);
    CHECK(strstr(text, "\"fields\":{\"title\":\"Bread\",\"absent\":null}") != NULL);
    CHECK(strchr(text, '\n') == NULL);
    trawl_text_free(text);
    trawl_results_free(results);
    trawl_searcher_free(searcher);
}

static void strict_faults_keep_their_diagnostics(void)
{
    trawl_searcher *searcher = fixture_searcher(make_index());
    struct trawl_search_options options = TRAWL_SEARCH_OPTIONS_INIT;
    struct trawl_diagnostic diagnostic;
    struct trawl_error error = {0};
    trawl_results *results;
    options.strict = 1;
    CHECK_INT(trawl_search(&results, searcher, "\"a loaf", 7, &options, &error), TRAWL_ERROR_QUERY);
    REQUIRE(results != NULL);
    REQUIRE_INT(trawl_results_diagnostic(&diagnostic, results, 0), 0);
    CHECK_STRING(diagnostic.code, "unclosed-quote");
    CHECK_UINT(diagnostic.offset, 0);
    trawl_results_free(results);
    options.strict = 0;
    results = search(searcher, "\"a loaf", &options);
    CHECK_UINT(trawl_results_size(results), 1);
    REQUIRE_INT(trawl_results_diagnostic(&diagnostic, results, 0), 0);
    CHECK_INT(diagnostic.level, TRAWL_WARNING);
    trawl_results_free(results);
    trawl_searcher_free(searcher);
}

static void older_programs_have_smaller_options(void)
{
    trawl_searcher *searcher = fixture_searcher(make_index());
    struct trawl_search_options options = TRAWL_SEARCH_OPTIONS_INIT;
    struct trawl_error error = {0};
    trawl_results *results;
    options.limit = 2;
    options.k1 = -1.0f; /* beyond the size that is told: not read */
    options.size = offsetof(struct trawl_search_options, offset);
    results = search(searcher, "*", &options);
    CHECK_UINT(trawl_results_size(results), 2);
    trawl_results_free(results);
    options.size = sizeof options;
    CHECK_INT(trawl_search(&results, searcher, "*", 1, &options, &error), TRAWL_ERROR_ARGUMENT);
    trawl_searcher_free(searcher);
}

/* Enough for a search of all of them to be shared. */
static const char *make_large_index(void)
{
    static const char *const words[] = {"harbour", "nets", "boats", "bread", "crust", "night", "loaf"};
    const char *path = tap_path("large");
    trawl_writer *writer = fixture_writer(path, NULL);
    struct tap_random random = {7};
    for (int i = 0; i < 40000; i++) {
        char id[16], text[128] = "";
        snprintf(id, sizeof id, "%d", i);
        for (size_t k = 0; k < 7; k++)
            if (tap_random_below(&random, 2))
                snprintf(text + strlen(text), sizeof text - strlen(text), "%s ", words[tap_random_below(&random, 1 + k)]);
        fixture_add(writer, id, "", text);
    }
    fixture_commit(writer);
    return path;
}

static void several_threads_find_the_same(void)
{
    static const char *const queries[] = {"harbour nets boats", "+harbour +nets", "\"harbour nets\"", "b* h*", "harbour", "* -nets"};
    trawl_searcher *searcher = fixture_searcher(make_large_index());
    struct trawl_search_options options = TRAWL_SEARCH_OPTIONS_INIT;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        for (unsigned threads = 0; threads < 4; threads++) {
            options.threads = 1;
            trawl_results *alone = search(searcher, queries[i], &options);
            options.threads = threads;
            trawl_results *together = search(searcher, queries[i], &options);
            char *expected = json_of(alone), *found = json_of(together);
            CHECK_STRING(strstr(found, "\"hits\""), strstr(expected, "\"hits\""));
            CHECK_UINT(trawl_results_total(together, NULL), trawl_results_total(alone, NULL));
            trawl_text_free(expected);
            trawl_text_free(found);
            trawl_results_free(alone);
            trawl_results_free(together);
        }
    trawl_searcher_free(searcher);
}

static void explanations_add_up(void)
{
    trawl_searcher *searcher = fixture_searcher(make_index());
    struct trawl_error error = {0};
    char *text;
    size_t length;
    REQUIRE_OK(trawl_explain(&text, &length, searcher, "boats loaf", 10, "a", 1, 0, NULL, &error), &error);
    CHECK(strstr(text, "boat") != NULL);
    CHECK(strstr(text, "no match") != NULL);
    trawl_text_free(text);
    CHECK_INT(trawl_explain(&text, &length, searcher, "boats", 5, "zz", 2, 0, NULL, &error), TRAWL_ERROR_NOT_FOUND);
    trawl_searcher_free(searcher);
}

static void stored_documents_come_back(void)
{
    trawl_snapshot *snapshot;
    trawl_stored *stored;
    struct trawl_field field;
    struct trawl_error error = {0};
    size_t length;
    REQUIRE_OK(trawl_snapshot_open(&snapshot, make_index(), &error), &error);
    REQUIRE_OK(trawl_get(&stored, snapshot, "b", 1, &error), &error);
    REQUIRE_INT(trawl_stored_field(&field, stored, 0), 0);
    CHECK_BYTES(field.name, field.name_length, "title", 5);
    CHECK_INT(trawl_stored_field(&field, stored, 2), TRAWL_END);
    CHECK_STRING(trawl_stored_json(stored, &length),
                 "{\"id\":\"b\",\"title\":\"Bread\",\"body\":\"A crust of bread, and \\\"a loaf\\\".\"}");
    trawl_stored_free(stored);
    CHECK_INT(trawl_get(&stored, snapshot, "bb", 2, &error), TRAWL_ERROR_NOT_FOUND);
    CHECK(stored == NULL);
    trawl_snapshot_release(snapshot);
}

static void terms_come_in_order_with_live_figures(void)
{
    const char *path = make_index();
    trawl_writer *writer = fixture_writer(path, NULL);
    trawl_snapshot *snapshot;
    trawl_terms *terms;
    struct trawl_error error = {0};
    const char *term;
    size_t length;
    uint64_t documents, occurrences;
    REQUIRE_OK(trawl_writer_delete(writer, "c", 1, NULL, &error), &error);
    fixture_commit(writer);
    REQUIRE_OK(trawl_snapshot_open(&snapshot, path, &error), &error);
    REQUIRE_OK(trawl_terms_open(&terms, snapshot, NULL, "b", 1, &error), &error);
    REQUIRE_INT(trawl_terms_next(terms, &term, &length, &documents, &occurrences, &error), 0);
    CHECK_STRING(term, "boat");
    CHECK_UINT(documents, 1);
    REQUIRE_INT(trawl_terms_next(terms, &term, &length, &documents, &occurrences, &error), 0);
    CHECK_STRING(term, "bread");
    CHECK_UINT(occurrences, 2);
    CHECK_INT(trawl_terms_next(terms, &term, &length, &documents, &occurrences, &error), TRAWL_END);
    trawl_terms_close(terms);
    CHECK_INT(trawl_terms_open(&terms, snapshot, "nofield", "", 0, &error), TRAWL_ERROR_ARGUMENT);
    trawl_snapshot_release(snapshot);
}

static void snapshots_stay_and_are_renewed(void)
{
    const char *path = make_index();
    trawl_snapshot *old, *newer;
    struct trawl_error error = {0};
    REQUIRE_OK(trawl_snapshot_open(&old, path, &error), &error);
    REQUIRE_OK(trawl_snapshot_refresh(&newer, old, &error), &error);
    CHECK(newer == NULL);
    trawl_writer *writer = fixture_writer(path, NULL);
    fixture_add(writer, "z", "Zebra", "stripes");
    REQUIRE_OK(trawl_writer_merge(writer, &error), &error);
    fixture_commit(writer);
    struct trawl_stats stats = TRAWL_STATS_INIT;
    REQUIRE_OK(trawl_snapshot_stats(&stats, old, &error), &error);
    CHECK_UINT(stats.documents, 3);
    REQUIRE_OK(trawl_snapshot_refresh(&newer, old, &error), &error);
    REQUIRE(newer != NULL);
    REQUIRE_OK(trawl_snapshot_stats(&stats, newer, &error), &error);
    CHECK_UINT(stats.documents, 4);
    trawl_snapshot_release(newer);
    trawl_snapshot_release(old);
}

/* One error for all calls, never cleared by hand. */
static void an_error_is_of_the_last_call(void)
{
    struct trawl_search_options options = TRAWL_SEARCH_OPTIONS_INIT;
    struct trawl_error error = {0};
    trawl_snapshot *snapshot;
    trawl_results *results;
    CHECK_INT(trawl_snapshot_open(&snapshot, tap_path("nowhere"), &error), TRAWL_ERROR_NOT_FOUND);
    trawl_writer *writer = fixture_writer(tap_path("index"), NULL);
    fixture_add(writer, "a", "sea", "nets");
    fixture_commit(writer);
    trawl_searcher *searcher = fixture_searcher(tap_path("index"));
    CHECK_INT(trawl_search(&results, searcher, "sea", 3, NULL, &error), 0);
    CHECK_INT(error.code, TRAWL_OK);
    trawl_results_free(results);
    options.strict = 1;
    CHECK_INT(trawl_search(&results, searcher, "\"sea", 4, &options, &error), TRAWL_ERROR_QUERY);
    CHECK_INT(error.code, TRAWL_ERROR_QUERY);
    trawl_results_free(results);
    trawl_searcher_free(searcher);
}

TAP_MAIN("searcher", TAP_CASE(limit_and_offset_cut_the_list), TAP_CASE(counts_are_exact),
         TAP_CASE(a_field_is_found_where_it_has_a_word), TAP_CASE(snippets_mark_what_matched),
         TAP_CASE(results_outlive_their_searcher), TAP_CASE(json_is_one_line_of_the_shape),
         TAP_CASE(strict_faults_keep_their_diagnostics), TAP_CASE(older_programs_have_smaller_options),
         TAP_CASE(several_threads_find_the_same),
         TAP_CASE(explanations_add_up), TAP_CASE(stored_documents_come_back), TAP_CASE(terms_come_in_order_with_live_figures),
         TAP_CASE(snapshots_stay_and_are_renewed), TAP_CASE(an_error_is_of_the_last_call))
