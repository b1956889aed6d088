#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "src/cli/cli_complain.h"
#include "src/cli/cli_discover.h"
#include "src/cli/cli_json.h"
#include "src/cli/cli_output.h"
#include "src/cli/cli_terminal.h"
#include "src/cli/commands.h"

struct token_list {
    struct cli_text out;
    int as_json;
};

static int on_token(void *context, const struct trawl_token *token)
{
    struct token_list *list = context;
    struct cli_text *out = &list->out;
    if (!list->as_json) {
        cli_terminal_add(out, token->term, token->term_length);
        cli_text_printf(out, "\t%" PRIu32 "\t%zu\t%zu\n", token->position, token->start, token->end);
        return cli_output_write(out);
    }
    cli_json_open(out, '{');
    cli_json_key(out, "term");
    cli_json_bytes(out, token->term, token->term_length);
    cli_json_key(out, "position");
    cli_json_number(out, token->position);
    cli_json_key(out, "start");
    cli_json_number(out, token->start);
    cli_json_key(out, "end");
    cli_json_number(out, token->end);
    cli_json_close(out, '}');
    return 0;
}

static int read_input(struct cli_text *text)
{
    char block[65536];
    ssize_t length;
    do {
        length = read(STDIN_FILENO, block, sizeof block);
        if (length > 0)
            cli_text_add(text, block, (size_t)length);
    } while (length > 0 || (length < 0 && errno == EINTR));
    return length < 0 ? cli_complain("cannot read standard input: %s", strerror(errno)) : 0;
}

/* The analysis is the index's when there is one; *snapshot stays NULL when a
 * language is named or nothing points to an index. */
static int open_snapshot(trawl_snapshot **snapshot, const struct cli_settings *settings)
{
    if (settings->language)
        return 0;
    struct cli_text path = {0};
    struct trawl_error error = {0};
    int status = 0;
    if (cli_discover(&path, settings) == 0 && trawl_snapshot_open(snapshot, cli_text_string(&path), &error))
        status = cli_complain_open(&error);
    cli_text_release(&path);
    return status;
}

static int analyze(trawl_snapshot *snapshot, const struct cli_settings *settings, const struct cli_text *text)
{
    struct token_list list = {.as_json = settings->format == CLI_FORMAT_JSON};
    struct trawl_error error = {0};
    if (list.as_json)
        cli_text_add_string(&list.out, "{\"trawl\":1,\"tokens\":[");
    const char *language = settings->language ? settings->language : snapshot ? NULL : "english";
    int status = trawl_analyze(snapshot, language, cli_text_string(text), text->length, on_token, &list, &error);
    if (list.as_json)
        cli_text_add_string(&list.out, "]}\n");
    if (status < 0)
        status = cli_complain_error(&error);
    else
        status = 0;
    if (status == 0)
        cli_output_write(&list.out);
    cli_text_release(&list.out);
    return status;
}

int cmd_analyze(struct cli_invocation *call)
{
    struct cli_text text = {0};
    trawl_snapshot *snapshot = NULL;
    int status = open_snapshot(&snapshot, &call->settings);
    if (status == 0 && call->operands.count)
        cli_text_join(&text, call->operands.words, call->operands.count);
    else if (status == 0)
        status = read_input(&text);
    if (status == 0)
        status = analyze(snapshot, &call->settings, &text);
    if (snapshot)
        trawl_snapshot_release(snapshot);
    cli_text_release(&text);
    return status;
}
