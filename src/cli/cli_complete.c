#include "src/cli/cli_complete.h"

#include <string.h>

#include "src/cli/commands.h"

/* Values that are names of files or folders get the shell's own completion. */
static int is_path(const struct cli_option_row *row)
{
    return row->value && (strcmp(row->value, "FILE") == 0 || strcmp(row->value, "DIR") == 0);
}

static int takes_paths(const struct cli_command *command)
{
    return strstr(command->operands, "PATH") || strstr(command->operands, "QUERIES");
}

static int takes_command(const struct cli_command *command)
{
    return strstr(command->operands, "COMMAND") != NULL;
}

static void add_command_names(struct cli_text *out)
{
    for (const struct cli_command *command = commands; command->name; command++)
        cli_text_printf(out, "%s%s", command == commands ? "" : " ", command->name);
}

static void add_choices(struct cli_text *out, const struct cli_option_row *row)
{
    for (size_t i = 0; row->choices[i]; i++)
        cli_text_printf(out, "%s%s", i ? " " : "", row->choices[i]);
}

/* For single quotes: a quote inside ends them, stands alone, begins them. The
 * backquotes of help texts go; with `for_zsh` its colons and brackets are escaped. */
static void add_quoted(struct cli_text *out, const char *text, int for_zsh)
{
    for (; *text; text++) {
        if (*text == '\'')
            cli_text_add_string(out, "'\\''");
        else if (for_zsh && strchr("[]:\\", *text))
            cli_text_printf(out, "\\%c", *text);
        else if (*text != '`')
            cli_text_add_byte(out, *text);
    }
}

/* ------------------------------------------------------------------- bash */

static void add_bash_values(struct cli_text *out, const struct cli_command *command)
{
    for (const struct cli_option_row *row = command->options; row->name; row++) {
        if (!row->value)
            continue;
        cli_text_printf(out, "    %s:--%s", command->name, row->name);
        if (row->letter)
            cli_text_printf(out, "|%s:-%c", command->name, row->letter);
        cli_text_add_string(out, ") ");
        if (row->choices) {
            cli_text_add_string(out, "COMPREPLY=($(compgen -W '");
            add_choices(out, row);
            cli_text_add_string(out, "' -- \"$word\"))");
        } else if (is_path(row)) {
            cli_text_printf(out, "COMPREPLY=($(compgen %s -- \"$word\"))", strcmp(row->value, "DIR") ? "-f" : "-d");
        } else {
            cli_text_add_string(out, "COMPREPLY=()");
        }
        cli_text_add_string(out, "; return ;;\n");
    }
}

static void add_bash_options(struct cli_text *out, const struct cli_command *command)
{
    cli_text_printf(out, "    %s) options='", command->name);
    for (const struct cli_option_row *row = command->options; row->name; row++)
        cli_text_printf(out, "%s--%s", row == command->options ? "" : " ", row->name);
    cli_text_add_string(out, "'");
    if (takes_command(command) || command == &commands_program) {
        cli_text_add_string(out, " operands='");
        add_command_names(out);
        cli_text_add_string(out, "'");
    }
    if (takes_paths(command))
        cli_text_add_string(out, " paths=-f");
    cli_text_add_string(out, " ;;\n");
}

static void add_bash(struct cli_text *out)
{
    cli_text_add_string(out, "# bash completion for trawl\n\n_trawl()\n{\n"
                             "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                             "    local command=trawl options= operands= paths= i\n"
                             "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                             "        case ${COMP_WORDS[i]} in\n        ");
    for (const struct cli_command *command = commands; command->name; command++)
        cli_text_printf(out, "%s%s", command == commands ? "" : "|", command->name);
    cli_text_add_string(out, ") command=${COMP_WORDS[i]}; break ;;\n        esac\n    done\n"
                             "    case $command:$before in\n");
    add_bash_values(out, &commands_program);
    for (const struct cli_command *command = commands; command->name; command++)
        add_bash_values(out, command);
    cli_text_add_string(out, "    esac\n    case $command in\n");
    add_bash_options(out, &commands_program);
    for (const struct cli_command *command = commands; command->name; command++)
        add_bash_options(out, command);
    cli_text_add_string(out, "    esac\n"
                             "    if [[ $word == -* ]]; then\n"
                             "        COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
                             "    else\n"
                             "        COMPREPLY=($(compgen $paths -W \"$operands\" -- \"$word\"))\n"
                             "    fi\n}\n"
                             "complete -o filenames -F _trawl trawl\n");
}

/* -------------------------------------------------------------------- zsh */

static void add_zsh_option(struct cli_text *out, const struct cli_option_row *row)
{
    for (int is_long = row->letter == 0; is_long < 2; is_long++) {
        cli_text_add_string(out, " \\\n            '");
        if (is_long)
            cli_text_printf(out, "--%s%s[", row->name, row->value ? "=" : "");
        else
            cli_text_printf(out, "-%c%s[", row->letter, row->value ? "+" : "");
        add_quoted(out, row->help, 1);
        cli_text_add_string(out, "]");
        if (row->value)
            cli_text_printf(out, ":%s:", row->value);
        if (row->choices) {
            cli_text_add_string(out, "(");
            add_choices(out, row);
            cli_text_add_string(out, ")");
        } else if (is_path(row)) {
            cli_text_add_string(out, strcmp(row->value, "DIR") ? "_files" : "_files -/");
        }
        cli_text_add_string(out, "'");
    }
}

static void add_zsh_options(struct cli_text *out, const struct cli_command *command)
{
    cli_text_printf(out, "    %s)\n        _arguments -s", command->name);
    for (const struct cli_option_row *row = command->options; row->name; row++)
        add_zsh_option(out, row);
    if (takes_paths(command))
        cli_text_add_string(out, " \\\n            '*:path:_files'");
    if (takes_command(command)) {
        cli_text_add_string(out, " \\\n            '1:command:(");
        add_command_names(out);
        cli_text_add_string(out, ")'");
    }
    cli_text_add_string(out, "\n        ;;\n");
}

static void add_zsh(struct cli_text *out)
{
    cli_text_add_string(out, "#compdef trawl\n\n_trawl() {\n"
                             "    local -a commands\n    commands=(\n");
    for (const struct cli_command *command = commands; command->name; command++) {
        cli_text_printf(out, "        '%s:", command->name);
        add_quoted(out, command->summary, 0);
        cli_text_add_string(out, "'\n");
    }
    cli_text_add_string(out, "    )\n"
                             "    if (( CURRENT == 2 )); then\n"
                             "        _describe -t commands command commands\n        return\n    fi\n"
                             "    local command=$words[2]\n    shift words\n    (( CURRENT-- ))\n"
                             "    case $command in\n");
    for (const struct cli_command *command = commands; command->name; command++)
        add_zsh_options(out, command);
    cli_text_add_string(out, "    esac\n}\n\n"
                             "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
                             "    _trawl \"$@\"\nelse\n    compdef _trawl trawl\nfi\n");
}

/* ------------------------------------------------------------------- fish */

static void add_fish_options(struct cli_text *out, const struct cli_command *command, const char *condition)
{
    for (const struct cli_option_row *row = command->options; row->name; row++) {
        cli_text_printf(out, "complete -c trawl -n '%s%s' -l %s", condition,
                        command == &commands_program ? "" : command->name, row->name);
        if (row->letter)
            cli_text_printf(out, " -s %c", row->letter);
        if (row->choices) {
            cli_text_add_string(out, " -x -a '");
            add_choices(out, row);
            cli_text_add_string(out, "'");
        } else if (row->value) {
            cli_text_add_string(out, is_path(row) ? " -r -F" : " -x");
        }
        cli_text_add_string(out, " -d '");
        add_quoted(out, row->help, 0);
        cli_text_add_string(out, "'\n");
    }
}

static void add_fish(struct cli_text *out)
{
    cli_text_add_string(out, "# fish completion for trawl\n\ncomplete -c trawl -f\n");
    for (const struct cli_command *command = commands; command->name; command++) {
        cli_text_printf(out, "complete -c trawl -n __fish_use_subcommand -a %s -d '", command->name);
        add_quoted(out, command->summary, 0);
        cli_text_add_string(out, "'\n");
    }
    add_fish_options(out, &commands_program, "__fish_use_subcommand");
    for (const struct cli_command *command = commands; command->name; command++) {
        const char *name = command->name;
        if (takes_paths(command))
            cli_text_printf(out, "complete -c trawl -n '__fish_seen_subcommand_from %s' -F\n", name);
        if (takes_command(command)) {
            cli_text_printf(out, "complete -c trawl -n '__fish_seen_subcommand_from %s' -a '", name);
            add_command_names(out);
            cli_text_add_string(out, "'\n");
        }
        add_fish_options(out, command, "__fish_seen_subcommand_from ");
    }
}

void cli_complete_add(struct cli_text *out, enum cli_shell shell)
{
    if (shell == CLI_SHELL_BASH)
        add_bash(out);
    else if (shell == CLI_SHELL_ZSH)
        add_zsh(out);
    else
        add_fish(out);
}
