#include <string.h>

#include "src/cli/cli_complain.h"
#include "src/cli/cli_id.h"
#include "src/cli/cli_json.h"
#include "src/cli/cli_output.h"
#include "src/cli/cli_reader.h"
#include "src/cli/cli_terminal.h"
#include "src/cli/commands.h"

static int is_named(const struct trawl_field *field, const char *name)
{
    return field->name_length == strlen(name) && memcmp(field->name, name, field->name_length) == 0;
}

static void add_value(struct cli_text *out, const struct trawl_field *field)
{
    if (cli_output_is_terminal())
        cli_terminal_add_lines(out, field->value, field->value_length);
    else
        cli_text_add(out, field->value, field->value_length);
    if (out->length && out->bytes[out->length - 1] != '\n')
        cli_text_add_byte(out, '\n');
}

/* The body; of a document without one, all its texts. */
static void add_text(struct cli_text *out, const trawl_stored *stored)
{
    struct trawl_field field;
    for (size_t i = 0; trawl_stored_field(&field, stored, i) == 0; i++)
        if (!field.stored_only && is_named(&field, "body"))
            add_value(out, &field);
    if (out->length)
        return;
    for (size_t i = 0; trawl_stored_field(&field, stored, i) == 0; i++)
        if (!field.stored_only)
            add_value(out, &field);
}

static int add_json(struct cli_text *out, trawl_stored *stored)
{
    size_t length;
    const char *json = trawl_stored_json(stored, &length);
    if (!json)
        return cli_complain("out of memory");
    if (cli_output_is_terminal())
        cli_json_add_cleaned(out, json, length);
    else
        cli_text_add(out, json, length);
    cli_text_add_byte(out, '\n');
    return 0;
}

static int find(trawl_stored **stored, trawl_snapshot *snapshot, const char *id, struct trawl_error *error)
{
    int status = trawl_get(stored, snapshot, id, strlen(id), error);
    struct cli_text clean = {0};
    if (status == TRAWL_ERROR_NOT_FOUND && cli_id_clean(&clean, id)) {
        *error = (struct trawl_error){0};
        status = trawl_get(stored, snapshot, clean.bytes, clean.length, error);
    }
    cli_text_release(&clean);
    return status;
}

static int print_document(trawl_snapshot *snapshot, const char *id, int as_json)
{
    trawl_stored *stored = NULL;
    struct trawl_error error = {0};
    int status = find(&stored, snapshot, id, &error);
    if (status == TRAWL_ERROR_NOT_FOUND) {
        cli_complain_note("%s: no such document", id);
        return CLI_EXIT_NOTHING;
    }
    if (status)
        return cli_complain_error(&error);
    struct cli_text out = {0};
    if (as_json)
        status = add_json(&out, stored);
    else
        add_text(&out, stored);
    cli_output_write(&out);
    cli_text_release(&out);
    trawl_stored_free(stored);
    return status;
}

int cmd_get(struct cli_invocation *call)
{
    struct cli_reader reader;
    int worst = cli_reader_open(&reader, &call->settings);
    if (worst)
        return worst;
    const int as_json = call->settings.format == CLI_FORMAT_JSON;
    for (size_t i = 0; i < call->operands.count; i++) {
        const int status = print_document(reader.snapshot, call->operands.words[i], as_json);
        if (status > worst)
            worst = status;
    }
    cli_reader_close(&reader);
    return worst;
}
