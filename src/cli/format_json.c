#include "src/cli/cli_format.h"

#include "src/cli/cli_complain.h"
#include "src/cli/cli_json.h"

static void add_diagnostic(struct cli_text *out, const struct trawl_diagnostic *diagnostic)
{
    static const char *const levels[] = {"note", "warning", "error"};
    cli_json_open(out, '{');
    cli_json_key(out, "level");
    cli_json_string(out, levels[diagnostic->level]);
    cli_json_key(out, "code");
    cli_json_string(out, diagnostic->code);
    cli_json_key(out, "offset");
    cli_json_number(out, diagnostic->offset);
    cli_json_key(out, "length");
    cli_json_number(out, diagnostic->length);
    cli_json_key(out, "message");
    cli_json_string(out, diagnostic->message);
    cli_json_close(out, '}');
}

void cli_format_json_error(struct cli_text *out, const struct cli_answer *answer)
{
    const struct trawl_error *error = &answer->error;
    cli_json_open(out, '{');
    cli_json_key(out, "trawl");
    cli_json_number(out, 1);
    cli_json_key(out, "query");
    cli_json_bytes(out, answer->query, answer->length);
    cli_json_key(out, "error");
    cli_json_open(out, '{');
    cli_json_key(out, "code");
    cli_json_string(out, cli_complain_code(answer->status));
    cli_json_key(out, "message");
    cli_json_string(out, error->message);
    if (*error->file) {
        cli_json_key(out, "file");
        cli_json_string(out, error->file);
    }
    cli_json_close(out, '}');
    cli_json_key(out, "diagnostics");
    cli_json_open(out, '[');
    struct trawl_diagnostic diagnostic;
    for (size_t i = 0; answer->results && trawl_results_diagnostic(&diagnostic, answer->results, i) == 0; i++)
        add_diagnostic(out, &diagnostic);
    cli_json_close(out, ']');
    cli_json_close(out, '}');
    cli_text_add_byte(out, '\n');
}

int cli_format_json(struct cli_text *out, struct cli_answer *answer, const struct cli_layout *layout)
{
    const struct cli_names *fields = &layout->settings->fields;
    char *json = NULL;
    size_t length = 0;
    if (answer->status == 0)
        answer->status =
            trawl_results_json(&json, &length, answer->results, fields->names, fields->count, &answer->error);
    if (answer->status) {
        cli_format_json_error(out, answer);
        return answer->status;
    }
    if (layout->is_terminal)
        cli_json_add_cleaned(out, json, length);
    else
        cli_text_add(out, json, length);
    cli_text_add_byte(out, '\n');
    trawl_text_free(json);
    return 0;
}
