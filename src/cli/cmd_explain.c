#include <string.h>

#include "src/cli/cli_complain.h"
#include "src/cli/cli_id.h"
#include "src/cli/cli_json.h"
#include "src/cli/cli_output.h"
#include "src/cli/cli_query.h"
#include "src/cli/cli_terminal.h"
#include "src/cli/commands.h"

static void print(const char *text, size_t length, int as_json)
{
    struct cli_text out = {0};
    if (!cli_output_is_terminal())
        cli_text_add(&out, text, length);
    else if (as_json)
        cli_json_add_cleaned(&out, text, length);
    else
        cli_terminal_add_lines(&out, text, length);
    if (length && text[length - 1] != '\n')
        cli_text_add_byte(&out, '\n');
    cli_output_write(&out);
    cli_text_release(&out);
}

static int explain(const struct cli_reader *reader, const struct cli_settings *settings, const char *query,
                   const char *id, struct trawl_error *error)
{
    struct trawl_search_options options;
    cli_query_options(&options, settings, reader->snapshot);
    const int as_json = settings->format == CLI_FORMAT_JSON;
    char *text = NULL;
    size_t length = 0;
    const int status = trawl_explain(&text, &length, reader->searcher, query, strlen(query), id, strlen(id), as_json,
                                     &options, error);
    if (status == 0)
        print(text, length, as_json);
    trawl_text_free(text);
    return status;
}

int cmd_explain(struct cli_invocation *call)
{
    struct cli_reader reader;
    int status = cli_reader_open(&reader, &call->settings);
    if (status)
        return status;
    const char *query = call->operands.words[0], *id = call->operands.words[1];
    struct trawl_error error = {0};
    struct cli_text clean = {0};
    status = explain(&reader, &call->settings, query, id, &error);
    if (status == TRAWL_ERROR_NOT_FOUND && cli_id_clean(&clean, id)) {
        error = (struct trawl_error){0};
        status = explain(&reader, &call->settings, query, cli_text_string(&clean), &error);
    }
    if (status == TRAWL_ERROR_NOT_FOUND)
        cli_complain_note("%s: no such document", id);
    else if (status)
        cli_complain_error(&error);
    cli_text_release(&clean);
    cli_reader_close(&reader);
    return status == 0 ? CLI_EXIT_FOUND : status == TRAWL_ERROR_NOT_FOUND ? CLI_EXIT_NOTHING : CLI_EXIT_ERROR;
}
