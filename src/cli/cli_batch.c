#include "src/cli/cli_batch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "src/cli/cli_complain.h"
#include "src/cli/cli_format.h"
#include "src/cli/cli_input.h"
#include "src/cli/cli_lines.h"
#include "src/cli/cli_number.h"
#include "src/cli/cli_output.h"
#include "src/cli/cli_protocol.h"

struct batch {
    const struct cli_settings *settings;
    struct cli_reader reader;
    struct cli_layout layout;
    struct cli_text out, query_id;
    uint64_t number; /* of the line, from 1 */
    int has_failed, has_found;
};

/* An answer ends where the next begins: JSON and trec lines tell themselves,
 * the other forms end in an empty line. */
static void end_answer(struct batch *batch)
{
    const int format = batch->settings->format;
    if (format != CLI_FORMAT_JSON && format != CLI_FORMAT_TREC)
        cli_text_add_byte(&batch->out, batch->settings->nul ? '\0' : '\n');
}

/* With --format trec a line may be QID<TAB>QUERY; else its number is the id. */
static void take_query_id(struct batch *batch, const char **query, size_t *length)
{
    const char *tab = batch->settings->format == CLI_FORMAT_TREC ? memchr(*query, '\t', *length) : NULL;
    cli_text_clear(&batch->query_id);
    if (tab && tab > *query) {
        cli_text_add(&batch->query_id, *query, (size_t)(tab - *query));
        *length -= (size_t)(tab + 1 - *query);
        *query = tab + 1;
    } else {
        char digits[CLI_NUMBER_SIZE];
        snprintf(digits, sizeof digits, "%llu", (unsigned long long)batch->number);
        cli_text_add_string(&batch->query_id, digits);
    }
    batch->layout.query_id = cli_text_string(&batch->query_id);
}

static void answer_query(struct batch *batch, const char *query, size_t length)
{
    take_query_id(batch, &query, &length);
    struct cli_answer answer = {.query = query, .length = length};
    answer.status = cli_reader_refresh(&batch->reader, &answer.error);
    if (answer.status == 0)
        cli_query_search(&answer, &batch->reader, batch->settings, query, length);
    const int status = cli_format_add(&batch->out, &answer, &batch->layout);
    if (status)
        answer.status = status;
    if (batch->settings->format != CLI_FORMAT_JSON)
        cli_query_complain(&answer);
    end_answer(batch);
    batch->has_failed |= answer.status != 0;
    batch->has_found |= answer.status == 0 && answer.count > 0;
    cli_query_release(&answer);
}

static void answer_protocol(struct batch *batch, const char *line, size_t length)
{
    struct trawl_error error = {0};
    if (cli_reader_refresh(&batch->reader, &error))
        cli_complain_error(&error); /* the old state still answers */
    cli_protocol_answer(&batch->out, &batch->reader, batch->settings, line, length);
    batch->has_found = 1;
}

static int answer_lines(struct batch *batch, int descriptor, const char *name)
{
    struct cli_lines lines;
    cli_lines_init(&lines, descriptor);
    const char *line;
    size_t length;
    int status;
    while ((status = cli_lines_next(&line, &length, &lines)) == 0) {
        batch->number++;
        if (batch->settings->protocol)
            answer_protocol(batch, line, length);
        else
            answer_query(batch, line, length);
        if (cli_output_write(&batch->out) || cli_output_flush())
            break;
    }
    if (status < 0)
        batch->has_failed = cli_complain("%s: cannot read: %s", name, strerror(errno));
    cli_lines_release(&lines);
    if (batch->has_failed)
        return CLI_EXIT_ERROR;
    return batch->has_found || batch->number == 0 ? CLI_EXIT_FOUND : CLI_EXIT_NOTHING;
}

int cli_batch_run(struct cli_invocation *call)
{
    if (call->settings.format == CLI_FORMAT_UNSET)
        call->settings.format = CLI_FORMAT_JSON;
    const char *name = call->settings.batch;
    const int descriptor = cli_input_open(name);
    if (descriptor < 0)
        return cli_complain("%s: cannot open: %s", name, strerror(errno));
    struct batch batch = {.settings = &call->settings};
    cli_layout_init(&batch.layout, &call->settings);
    int status = cli_reader_open(&batch.reader, &call->settings);
    if (status == 0) {
        status = answer_lines(&batch, descriptor, name);
        cli_reader_close(&batch.reader);
    }
    cli_text_release(&batch.out);
    cli_text_release(&batch.query_id);
    cli_input_close(descriptor);
    return status;
}
