#include <inttypes.h>
#include <string.h>

#include "src/cli/cli_complain.h"
#include "src/cli/cli_discover.h"
#include "src/cli/cli_json.h"
#include "src/cli/cli_output.h"
#include "src/cli/cli_terminal.h"
#include "src/cli/commands.h"

struct findings {
    struct cli_text out;
    size_t count;
    int as_json;
};

static void add_json_finding(struct cli_text *out, const struct trawl_error *error)
{
    cli_json_open(out, '{');
    cli_json_key(out, "file");
    cli_json_string(out, error->file);
    cli_json_key(out, "offset");
    cli_json_number(out, error->offset);
    cli_json_key(out, "message");
    cli_json_string(out, error->message);
    cli_json_close(out, '}');
}

static void on_damage(void *context, const struct trawl_error *error)
{
    struct findings *findings = context;
    findings->count++;
    if (findings->as_json) {
        add_json_finding(&findings->out, error);
        return;
    }
    cli_terminal_add_quoted(&findings->out, error->file, strlen(error->file));
    cli_text_printf(&findings->out, ":%" PRIu64 ": ", error->offset);
    cli_terminal_add_quoted(&findings->out, error->message, strlen(error->message));
    cli_text_add_byte(&findings->out, '\n');
}

static void begin(struct findings *findings)
{
    if (findings->as_json)
        cli_text_add_string(&findings->out, "{\"trawl\":1,\"findings\":[");
}

static void end(struct findings *findings, int is_sound, const char *path)
{
    if (findings->as_json)
        cli_text_printf(&findings->out, "],\"sound\":%s}\n", is_sound ? "true" : "false");
    else if (is_sound) {
        cli_terminal_add_quoted(&findings->out, path, strlen(path));
        cli_text_add_string(&findings->out, ": sound\n");
    }
}

static int verify(struct findings *findings, const char *path)
{
    struct trawl_error error = {0};
    begin(findings);
    const int status = trawl_verify(path, on_damage, findings, &error);
    if (status && status != TRAWL_ERROR_CORRUPT)
        return cli_complain_open(&error);
    if (status && findings->count == 0)
        on_damage(findings, &error);
    end(findings, status == 0, path);
    cli_output_write(&findings->out);
    return status ? CLI_EXIT_NOTHING : CLI_EXIT_FOUND;
}

int cmd_verify(struct cli_invocation *call)
{
    struct cli_text path = {0};
    struct findings findings = {.as_json = call->settings.format == CLI_FORMAT_JSON};
    int status = cli_discover_or_complain(&path, &call->settings);
    if (status == 0)
        status = verify(&findings, cli_text_string(&path));
    cli_text_release(&path);
    cli_text_release(&findings.out);
    return status;
}
