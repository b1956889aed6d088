#include "src/cli/cli_man.h"

#include <string.h>

#include "src/cli/cli_help.h"

/* Text as it stands for troff: no line may look like a request, and a "-" is
 * the one that people type. */
static void add_plain(struct cli_text *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\\')
            cli_text_add_string(out, "\\e");
        else if (text[i] == '-')
            cli_text_add_string(out, "\\-");
        else if (text[i] == '\'')
            cli_text_add_string(out, "\\(aq");
        else if (text[i] == '^' || text[i] == '~')
            cli_text_add_string(out, text[i] == '^' ? "\\(ha" : "\\(ti");
        else if (text[i] == '.' && (i == 0 || text[i - 1] == '\n'))
            cli_text_add_string(out, "\\&.");
        else
            cli_text_add_byte(out, text[i]);
    }
}

/* Text with `words` in bold and paragraphs parted. */
static void add_text(struct cli_text *out, const char *text)
{
    int is_bold = 0;
    while (*text) {
        const size_t length = strcspn(text, "`\n");
        add_plain(out, text, length);
        text += length;
        if (*text == '`') {
            is_bold = !is_bold;
            cli_text_add_string(out, is_bold ? "\\fB" : "\\fR");
            text++;
        } else if (*text) {
            cli_text_add_string(out, "\n.PP\n");
            text += strspn(text, "\n");
        }
    }
    cli_text_add_byte(out, '\n');
}

static void add_strings(struct cli_text *out, const char *before, const char *text, const char *after)
{
    cli_text_add_string(out, before);
    add_plain(out, text, strlen(text));
    cli_text_add_string(out, after);
}

static void add_options(struct cli_text *out, const struct cli_command *command)
{
    cli_text_add_string(out, ".SH OPTIONS\n");
    for (const struct cli_option_row *row = command->options; row->name; row++) {
        cli_text_add_string(out, ".TP\n");
        if (row->letter)
            cli_text_printf(out, "\\fB\\-%c\\fR, ", row->letter);
        add_strings(out, "\\fB\\-\\-", row->name, "\\fR");
        if (row->value)
            cli_text_printf(out, " \\fI%s\\fR", row->value);
        cli_text_add_byte(out, '\n');
        add_text(out, row->help);
    }
}

static void add_commands(struct cli_text *out)
{
    cli_text_add_string(out, ".SH COMMANDS\n");
    for (const struct cli_command *command = commands; command->name; command++) {
        cli_text_printf(out, ".TP\n\\fB%s\\fR\n", command->name);
        add_text(out, command->summary);
    }
}

static void add_examples(struct cli_text *out, const struct cli_command *command)
{
    cli_text_add_string(out, ".SH EXAMPLES\n");
    const char *line, *what, *at = command->examples;
    size_t line_length, what_length;
    while (cli_help_next_example(&line, &line_length, &what, &what_length, &at) == 0) {
        cli_text_add_string(out, ".PP\n");
        add_plain(out, what, what_length);
        cli_text_add_string(out, ":\n.PP\n.RS 4\n.EX\n");
        add_plain(out, line, line_length);
        cli_text_add_string(out, "\n.EE\n.RE\n");
    }
}

/* Every page but this one. */
static void add_see_also(struct cli_text *out, const struct cli_command *page)
{
    cli_text_add_string(out, ".SH SEE ALSO\n");
    if (page != &commands_program)
        cli_text_add_string(out, "\\fBtrawl\\fR(1)\n");
    else
        for (const struct cli_command *command = commands; command->name; command++)
            cli_text_printf(out, "\\fBtrawl\\-%s\\fR(1)%s\n", command->name, command[1].name ? "," : "");
}

static void add_synopsis(struct cli_text *out, const struct cli_command *command, const char *name)
{
    add_strings(out, ".SH NAME\n", name, " \\- ");
    add_strings(out, "", command->summary, "\n.SH SYNOPSIS\n\\fBtrawl\\fR ");
    if (command != &commands_program)
        cli_text_printf(out, "\\fB%s\\fR ", command->name);
    add_strings(out, "[\\fIOPTION\\fR...] ", command->operands, "\n.SH DESCRIPTION\n");
}

void cli_man_add(struct cli_text *out, const struct cli_command *command)
{
    struct cli_text name = {0};
    cli_text_printf(&name, "%s%s", command == &commands_program ? "" : "trawl-", command->name);
    cli_text_printf(out, ".TH \"%s\" \"1\" \"\" \"trawl %s\" \"Trawl\"\n.nh\n.ad l\n", cli_text_string(&name),
                    trawl_version());
    add_synopsis(out, command, cli_text_string(&name));
    add_text(out, command->description);
    if (command == &commands_program)
        add_commands(out);
    add_options(out, command);
    add_examples(out, command);
    add_see_also(out, command);
    cli_text_release(&name);
}
