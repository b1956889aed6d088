/* trawl: the command. Finds the row of the table that the first word names,
 * reads the options by that row, and runs it. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/cli/cli_complain.h"
#include "src/cli/cli_help.h"
#include "src/cli/cli_memory.h"
#include "src/cli/cli_output.h"
#include "src/cli/cli_terminal.h"
#include "src/cli/commands.h"

static int print_help(const struct cli_command *command)
{
    struct cli_text out = {0};
    cli_help_add(&out, command, cli_terminal_width(STDOUT_FILENO));
    cli_output_write(&out);
    cli_text_release(&out);
    return 0;
}

static int print_version(void)
{
    struct cli_text out = {0};
    cli_text_printf(&out, "trawl %s\nindex format %d\n", trawl_version(), TRAWL_FORMAT_VERSION);
    cli_output_write(&out);
    cli_text_release(&out);
    return 0;
}

static int has_right_operands(const struct cli_invocation *call)
{
    const struct cli_command *command = call->command;
    if (call->operands.count >= command->operands_least && call->operands.count <= command->operands_most)
        return 1;
    if (call->operands.count > command->operands_most)
        cli_complain("`trawl %s` has no use for '%s'", command->name, call->operands.words[command->operands_most]);
    else
        cli_complain("`trawl %s` wants more: %s", command->name, command->operands);
    cli_complain_note("  usage: trawl %s [OPTION...] %s", command->name, command->operands);
    return 0;
}

static int run(struct cli_invocation *call)
{
    if (call->settings.help)
        return print_help(call->command);
    if (call->settings.version)
        return print_version();
    return has_right_operands(call) ? call->command->run(call) : CLI_EXIT_ERROR;
}

/* A call without a command: `trawl --help`, `trawl --version`, `trawl`. */
static int run_program(const struct cli_settings *settings)
{
    if (settings->help)
        return print_help(&commands_program);
    if (settings->version)
        return print_version();
    cli_complain("no command");
    cli_complain_note("  usage: trawl [OPTION...] %s", commands_program.operands);
    cli_complain_note("  `trawl help` lists the commands");
    return CLI_EXIT_ERROR;
}

static int start(struct cli_invocation *call, int argc, char **argv)
{
    int next = cli_options_parse(&call->settings, &call->operands, commands_program.options, argc, argv, 1, 1, "trawl");
    if (next < 0)
        return CLI_EXIT_ERROR;
    if (next == argc)
        return run_program(&call->settings);
    call->command = commands_find(argv[next]);
    if (!call->command)
        return commands_unknown(argv[next]);
    struct cli_text usage = {0};
    cli_text_printf(&usage, "trawl %s", call->command->name);
    next = cli_options_parse(&call->settings, &call->operands, call->command->options, argc, argv, next + 1, 0,
                             cli_text_string(&usage));
    cli_text_release(&usage);
    return next < 0 ? CLI_EXIT_ERROR : run(call);
}

int main(int argc, char **argv)
{
    cli_output_guard();
    struct cli_invocation call = {.operands.words = cli_memory_alloc((size_t)argc, sizeof(char *))};
    cli_settings_init(&call.settings);
    const int status = start(&call, argc, argv);
    cli_settings_release(&call.settings);
    free(call.operands.words);
    return cli_output_finish(status);
}
