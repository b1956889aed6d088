#include <unistd.h>

#include "src/cli/cli_complete.h"
#include "src/cli/cli_help.h"
#include "src/cli/cli_man.h"
#include "src/cli/cli_output.h"
#include "src/cli/cli_terminal.h"
#include "src/cli/commands.h"

int cmd_help(struct cli_invocation *call)
{
    const struct cli_command *about = &commands_program;
    if (call->operands.count)
        about = commands_find(call->operands.words[0]);
    if (!about)
        return commands_unknown(call->operands.words[0]);
    struct cli_text out = {0};
    if (call->settings.completion)
        cli_complete_add(&out, (enum cli_shell)call->settings.completion);
    else if (call->settings.man)
        cli_man_add(&out, about);
    else
        cli_help_add(&out, about, cli_terminal_width(STDOUT_FILENO));
    cli_output_write(&out);
    cli_text_release(&out);
    return 0;
}
