#include "src/cli/cli_output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "src/cli/cli_complain.h"

void cli_output_guard(void)
{
    for (int descriptor = 0; descriptor <= 2; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF)
            /* A closed standard output must fail when written to. */
            open("/dev/null", descriptor == 1 ? O_RDONLY : O_RDWR);
    signal(SIGPIPE, SIG_DFL);
}

int cli_output_is_terminal(void)
{
    return isatty(fileno(stdout));
}

int cli_output_write(struct cli_text *text)
{
    fwrite(cli_text_string(text), 1, text->length, stdout);
    cli_text_clear(text);
    return ferror(stdout) ? -1 : 0;
}

int cli_output_flush(void)
{
    return fflush(stdout) || ferror(stdout) ? -1 : 0;
}

int cli_output_finish(int status)
{
    errno = 0;
    if (cli_output_flush() == 0)
        return status;
    return cli_complain("cannot write standard output%s%s", errno ? ": " : "", errno ? strerror(errno) : "");
}
