#include "src/source/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The end of a long path says more than its beginning. */
static void set_file(struct trawl_error *error, const char *path)
{
    const size_t room = sizeof error->file - 1, length = strlen(path);
    if (length <= room)
        memcpy(error->file, path, length + 1);
    else
        snprintf(error->file, sizeof error->file, "...%s", path + length - (room - 3));
}

int fault_at(struct trawl_error *error, int code, const char *path, uint64_t offset, const char *format, ...)
{
    if (!error || error->code)
        return code;
    error->code = code;
    error->offset = offset;
    set_file(error, path);
    va_list arguments;
    va_start(arguments, format);
    if (vsnprintf(error->message, sizeof error->message, format, arguments) < 0)
        error->message[0] = '\0';
    va_end(arguments);
    return code;
}
