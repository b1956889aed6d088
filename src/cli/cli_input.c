#include "src/cli/cli_input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "src/cli/cli_complain.h"

int cli_input_open(const char *name)
{
    return strcmp(name, "-") ? open(name, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
}

void cli_input_close(int descriptor)
{
    if (descriptor != STDIN_FILENO)
        close(descriptor);
}

int cli_input_read(struct cli_text *text, const char *name)
{
    char bytes[65536];
    const int descriptor = cli_input_open(name);
    if (descriptor < 0)
        return cli_complain("%s: cannot open: %s", name, strerror(errno));
    ssize_t length;
    while ((length = read(descriptor, bytes, sizeof bytes)) > 0 || (length < 0 && errno == EINTR))
        cli_text_add(text, bytes, length > 0 ? (size_t)length : 0);
    const int problem = errno;
    cli_input_close(descriptor);
    return length < 0 ? cli_complain("%s: cannot read: %s", name, strerror(problem)) : 0;
}
