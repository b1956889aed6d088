#include <inttypes.h>
#include <string.h>

#include "src/cli/cli_complain.h"
#include "src/cli/cli_json.h"
#include "src/cli/cli_output.h"
#include "src/cli/cli_reader.h"
#include "src/cli/cli_terminal.h"
#include "src/cli/commands.h"

static void add_term(struct cli_text *out, const char *term, size_t length, uint64_t documents, uint64_t occurrences)
{
    if (cli_output_is_terminal())
        cli_terminal_add(out, term, length);
    else
        cli_text_add(out, term, length);
    cli_text_printf(out, "\t%" PRIu64 "\t%" PRIu64 "\n", documents, occurrences);
}

static void add_json_term(struct cli_text *out, const char *term, size_t length, uint64_t documents,
                          uint64_t occurrences)
{
    cli_json_open(out, '{');
    cli_json_key(out, "term");
    cli_json_bytes(out, term, length);
    cli_json_key(out, "documents");
    cli_json_number(out, documents);
    cli_json_key(out, "occurrences");
    cli_json_number(out, occurrences);
    cli_json_close(out, '}');
    cli_text_add_byte(out, '\n');
}

static int print_terms(trawl_terms *terms, const struct cli_settings *settings)
{
    struct cli_text out = {0};
    struct trawl_error error = {0};
    const char *term;
    size_t length, found = 0;
    uint64_t documents, occurrences;
    int status;
    while ((status = trawl_terms_next(terms, &term, &length, &documents, &occurrences, &error)) == 0) {
        if (found++ == settings->terms_limit) /* which may be 0, and the term is there all the same */
            break;
        if (settings->format == CLI_FORMAT_JSON)
            add_json_term(&out, term, length, documents, occurrences);
        else
            add_term(&out, term, length, documents, occurrences);
        if (cli_output_write(&out))
            break;
    }
    cli_text_release(&out);
    if (status < 0)
        return cli_complain_error(&error);
    return found ? CLI_EXIT_FOUND : CLI_EXIT_NOTHING;
}

int cmd_terms(struct cli_invocation *call)
{
    struct cli_reader reader;
    int status = cli_reader_open(&reader, &call->settings);
    if (status)
        return status;
    const char *prefix = call->operands.count ? call->operands.words[0] : "";
    trawl_terms *terms = NULL;
    struct trawl_error error = {0};
    if (trawl_terms_open(&terms, reader.snapshot, call->settings.field, prefix, strlen(prefix), &error))
        status = cli_complain_error(&error);
    else
        status = print_terms(terms, &call->settings);
    trawl_terms_close(terms);
    cli_reader_close(&reader);
    return status;
}
