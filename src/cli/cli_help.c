#include "src/cli/cli_help.h"

#include <string.h>

#include "src/cli/cli_wrap.h"

enum { TEXT_INDENT = 2, OPTION_COLUMNS = 28, COMMAND_COLUMNS = 12 };

int cli_help_next_example(const char **line, size_t *line_length, const char **what, size_t *what_length,
                          const char **at)
{
    if (!*at || !**at)
        return 1;
    *line = *at;
    *line_length = strcspn(*line, "\t\n");
    *what = *line + *line_length + ((*line)[*line_length] == '\t');
    *what_length = strcspn(*what, "\n");
    *at = *what + *what_length;
    if (**at == '\n')
        ++*at;
    return 0;
}

static void add_usage(struct cli_text *out, const struct cli_command *command)
{
    if (command == &commands_program)
        cli_text_add_string(out, "usage: trawl [OPTION...]");
    else
        cli_text_printf(out, "usage: trawl %s [OPTION...]", command->name);
    if (*command->operands)
        cli_text_printf(out, " %s", command->operands);
    cli_text_add_byte(out, '\n');
}

static void add_filled(struct cli_text *out, const char *text, size_t length, size_t width, size_t indent,
                       size_t column)
{
    struct cli_wrap wrap;
    cli_wrap_start(&wrap, out, width, indent, column);
    cli_wrap_add(&wrap, text, length, 0);
    cli_wrap_end(&wrap);
}

static void add_paragraphs(struct cli_text *out, const char *text, size_t width)
{
    while (*text) {
        const char *end = strstr(text, "\n\n");
        const size_t length = end ? (size_t)(end - text) : strlen(text);
        cli_text_add_byte(out, '\n');
        add_filled(out, text, length, width, 0, 0);
        text += length + (end ? 2 : 0);
    }
}

/* A name at the left and a text beside it; below it when the name is long. */
static void add_row(struct cli_text *out, const char *name, const char *text, size_t width, size_t column)
{
    const size_t start = out->length;
    cli_text_add_blanks(out, TEXT_INDENT);
    cli_text_add_string(out, name);
    size_t used = out->length - start;
    if (used + 2 > column) {
        cli_text_add_byte(out, '\n');
        used = 0;
    }
    cli_text_add_blanks(out, column - used);
    add_filled(out, text, strlen(text), width, column, column);
}

static void add_options(struct cli_text *out, const struct cli_command *command, size_t width)
{
    cli_text_add_string(out, "\nOptions:\n");
    struct cli_text name = {0};
    for (const struct cli_option_row *row = command->options; row->name; row++) {
        cli_text_clear(&name);
        if (row->letter)
            cli_text_printf(&name, "-%c, ", row->letter);
        else
            cli_text_add_string(&name, "    ");
        cli_text_printf(&name, "--%s%s%s", row->name, row->value ? " " : "", row->value ? row->value : "");
        add_row(out, cli_text_string(&name), row->help, width, OPTION_COLUMNS);
    }
    cli_text_release(&name);
}

static void add_commands(struct cli_text *out, size_t width)
{
    cli_text_add_string(out, "\nCommands:\n");
    for (const struct cli_command *command = commands; command->name; command++)
        add_row(out, command->name, command->summary, width, COMMAND_COLUMNS);
}

static void add_examples(struct cli_text *out, const struct cli_command *command)
{
    cli_text_add_string(out, "\nExamples:\n");
    const char *line, *what, *at = command->examples;
    size_t line_length, what_length;
    while (cli_help_next_example(&line, &line_length, &what, &what_length, &at) == 0) {
        cli_text_add_blanks(out, TEXT_INDENT);
        cli_text_add_string(out, "# ");
        cli_text_add(out, what, what_length);
        cli_text_add_string(out, "\n  ");
        cli_text_add(out, line, line_length);
        cli_text_add_byte(out, '\n');
    }
}

void cli_help_add(struct cli_text *out, const struct cli_command *command, size_t width)
{
    const int is_program = command == &commands_program;
    cli_text_printf(out, "%s%s: %s\n\n", is_program ? "" : "trawl ", command->name, command->summary);
    add_usage(out, command);
    if (is_program)
        add_commands(out, width);
    add_paragraphs(out, command->description, width);
    add_options(out, command, width);
    add_examples(out, command);
}
