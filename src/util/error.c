#include "src/util/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A message that was cut may end inside a character: back to its start. */
static void drop_broken_end(char *text, size_t length)
{
    size_t start = length;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t whole = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (length - (start - 1) < whole)
        text[start - 1] = '\0';
}

static void set_message(struct trawl_error *error, size_t from, const char *format, va_list arguments)
{
    size_t room = sizeof error->message - from;
    int wanted = vsnprintf(error->message + from, room, format, arguments);
    if (wanted < 0)
        error->message[from] = '\0';
    else if ((size_t)wanted >= room)
        drop_broken_end(error->message, sizeof error->message - 1);
}

/* The end of a long path says more than its beginning. */
static void set_file(struct trawl_error *error, const char *file)
{
    size_t length = file ? strlen(file) : 0;
    size_t room = sizeof error->file - 1;
    if (length <= room)
        memcpy(error->file, file ? file : "", length + 1);
    else
        snprintf(error->file, sizeof error->file, "...%s", file + length - (room - 3));
}

int error_set(struct trawl_error *error, int code, const char *format, ...)
{
    if (!error || error->code)
        return code;
    error->code = code;
    va_list arguments;
    va_start(arguments, format);
    set_message(error, 0, format, arguments);
    va_end(arguments);
    return code;
}

static int code_of(int error_number)
{
    switch (error_number) {
    case ENOMEM:
        return TRAWL_ERROR_MEMORY;
    case ENOENT:
        return TRAWL_ERROR_NOT_FOUND;
    default:
        return TRAWL_ERROR_IO;
    }
}

int error_system(struct trawl_error *error, const char *what, const char *file)
{
    int number = errno;
    int code = code_of(number);
    if (!error || error->code)
        return code;
    char reason[128];
    if (strerror_r(number, reason, sizeof reason))
        snprintf(reason, sizeof reason, "error %d", number);
    set_file(error, file);
    return error_set(error, code, "%s: %s", what, reason);
}

int error_memory(struct trawl_error *error)
{
    return error_set(error, TRAWL_ERROR_MEMORY, "out of memory");
}

int error_corrupt(struct trawl_error *error, const char *file, const char *section, uint64_t offset, const char *format, ...)
{
    if (!error || error->code)
        return TRAWL_ERROR_CORRUPT;
    error->code = TRAWL_ERROR_CORRUPT;
    error->offset = offset;
    set_file(error, file);
    int prefix = snprintf(error->message, sizeof error->message, "damaged %s: ", section);
    size_t from = prefix < 0 ? 0 : (size_t)prefix;
    if (from >= sizeof error->message)
        return TRAWL_ERROR_CORRUPT;
    va_list arguments;
    va_start(arguments, format);
    set_message(error, from, format, arguments);
    va_end(arguments);
    return TRAWL_ERROR_CORRUPT;
}
