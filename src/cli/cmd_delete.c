#include <inttypes.h>
#include <string.h>

#include "src/cli/cli_complain.h"
#include "src/cli/cli_id.h"
#include "src/cli/cli_query.h"
#include "src/cli/cli_writer.h"
#include "src/cli/commands.h"

struct deletion {
    uint64_t deleted;
    int is_lacking; /* an id was unknown, or nothing matched */
};

static int delete_id(uint64_t *deleted, struct cli_writer *writer, const char *id)
{
    int status = trawl_writer_delete(writer->writer, id, strlen(id), deleted, &writer->error);
    struct cli_text clean = {0};
    if (status == 0 && *deleted == 0 && cli_id_clean(&clean, id))
        status = trawl_writer_delete(writer->writer, clean.bytes, clean.length, deleted, &writer->error);
    cli_text_release(&clean);
    return status;
}

static int delete_ids(struct deletion *done, struct cli_writer *writer, const struct cli_operands *operands)
{
    for (size_t i = 0; i < operands->count; i++) {
        const char *id = operands->words[i];
        uint64_t deleted = 0;
        const int status = delete_id(&deleted, writer, id);
        if (status)
            return status;
        if (deleted == 0)
            cli_complain_note("%s: no such document", id);
        done->is_lacking |= deleted == 0;
        done->deleted += deleted;
    }
    return 0;
}

static int delete_matches(struct deletion *done, struct cli_writer *writer, const char *query)
{
    uint64_t deleted = 0;
    const int status = trawl_writer_delete_query(writer->writer, query, strlen(query), &deleted, &writer->error);
    if (status)
        return status;
    if (deleted == 0)
        cli_complain_note("no document matches");
    done->is_lacking |= deleted == 0;
    done->deleted += deleted;
    return 0;
}

/* Words that should be a phrase, in an index without positions: found is more than they say. */
static int finds_too_much(const struct cli_answer *answer)
{
    struct trawl_diagnostic diagnostic;
    for (size_t i = 0; answer->results && trawl_results_diagnostic(&diagnostic, answer->results, i) == 0; i++)
        if (strcmp(diagnostic.code, "no-positions") == 0)
            return 1;
    return 0;
}

/* A query that would have to be repaired deletes nothing. -> 0 or the exit status after a message */
static int check_query(const struct cli_settings *settings)
{
    struct cli_reader reader;
    int status = settings->query ? cli_reader_open(&reader, settings) : 0;
    if (status || !settings->query)
        return status;
    struct cli_settings strict = *settings;
    strict.search.strict = 1;
    strict.search.max_expansions = SIZE_MAX;
    struct cli_answer answer;
    cli_query_count(&answer, &reader, &strict, settings->query, strlen(settings->query));
    cli_query_complain(&answer);
    status = answer.status ? CLI_EXIT_ERROR : 0;
    if (!status && finds_too_much(&answer))
        status = cli_complain("the query would find more than it says: nothing is deleted");
    cli_query_release(&answer);
    cli_reader_close(&reader);
    return status;
}

static int delete_all(struct cli_writer *writer, const struct cli_invocation *call)
{
    struct deletion done = {0, 0};
    if (delete_ids(&done, writer, &call->operands) ||
        (call->settings.query && delete_matches(&done, writer, call->settings.query)))
        return cli_writer_failed(writer);
    if (done.deleted) {
        struct trawl_commit_report report = TRAWL_COMMIT_REPORT_INIT;
        const int status = cli_writer_commit(writer, &report);
        if (status)
            return status;
        cli_complain_note("%" PRIu64 " deleted", done.deleted);
    }
    return done.is_lacking ? CLI_EXIT_NOTHING : CLI_EXIT_FOUND;
}

int cmd_delete(struct cli_invocation *call)
{
    if (call->operands.count == 0 && !call->settings.query)
        return cli_complain("`trawl delete` wants an ID or --query QUERY");
    struct cli_writer writer;
    int status = check_query(&call->settings);
    if (status == 0)
        status = cli_writer_open(&writer, &call->settings, 0);
    if (status)
        return status;
    status = delete_all(&writer, call);
    cli_writer_close(&writer);
    return status;
}
