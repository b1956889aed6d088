#include "src/cli/cli_complain.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "src/cli/cli_color.h"
#include "src/cli/cli_terminal.h"
#include "src/cli/cli_unicode.h"

/* A longer query is shown in part, around the place that is meant. */
enum { QUERY_COLUMNS = 72 };

static void write_out(struct cli_text *out)
{
    fwrite(cli_text_string(out), 1, out->length, stderr);
    cli_text_release(out);
}

static void add_label(struct cli_text *out, int level)
{
    static const char *const words[] = {"note", "warning", "error"};
    const struct cli_colors colors = cli_colors_for(CLI_COLOR_AUTO, fileno(stderr));
    const char *color = level == TRAWL_FAILURE ? colors.error : level == TRAWL_WARNING ? colors.warning : "";
    cli_text_printf(out, "%s%s:%s ", color, words[level], *color ? colors.off : "");
}

static void complain(int level, const char *format, va_list arguments)
{
    char message[4096];
    vsnprintf(message, sizeof message, format, arguments);
    struct cli_text out = {0};
    if (level >= 0)
        add_label(&out, level);
    cli_terminal_add_quoted(&out, message, strlen(message));
    cli_text_add_byte(&out, '\n');
    write_out(&out);
}

int cli_complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    complain(TRAWL_FAILURE, format, arguments);
    va_end(arguments);
    return CLI_EXIT_ERROR;
}

void cli_complain_warn(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    complain(TRAWL_WARNING, format, arguments);
    va_end(arguments);
}

void cli_complain_note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    complain(-1, format, arguments);
    va_end(arguments);
}

static const char *advice(int code)
{
    switch (code) {
    case TRAWL_ERROR_SETTINGS:
        return "`trawl index --fresh` builds the index anew";
    case TRAWL_ERROR_LOCKED:
        return "--wait waits for the other to end";
    case TRAWL_ERROR_CORRUPT:
        return "`trawl verify` looks for all damage";
    default:
        return "";
    }
}

static int complain_error(const struct trawl_error *error, const char *help)
{
    if (error->code == TRAWL_ERROR_DOCUMENT) {
        struct cli_text out = {0};
        add_label(&out, TRAWL_FAILURE);
        write_out(&out);
        cli_complain_document(error);
        return CLI_EXIT_ERROR;
    }
    const char *parted = *error->file ? ": " : "";
    const char *message = *error->message ? error->message : cli_complain_code(error->code);
    if (error->offset)
        cli_complain("%s%s%s (byte %" PRIu64 ")", error->file, parted, message, error->offset);
    else
        cli_complain("%s%s%s", error->file, parted, message);
    if (*help)
        cli_complain_note("  %s", help);
    return CLI_EXIT_ERROR;
}

int cli_complain_error(const struct trawl_error *error)
{
    return complain_error(error, advice(error->code));
}

int cli_complain_open(const struct trawl_error *error)
{
    return complain_error(error, error->code == TRAWL_ERROR_NOT_FOUND ? "`trawl index -i DIR PATH...` makes one"
                                                                      : advice(error->code));
}

void cli_complain_document(const struct trawl_error *error)
{
    if (!*error->file)
        cli_complain_note("%s", error->message);
    else if (error->offset)
        cli_complain_note("%s:%" PRIu64 ": %s", error->file, error->offset, error->message);
    else
        cli_complain_note("%s: %s", error->file, error->message);
}

/* Where to begin so that the place stands in the window. */
static size_t window_start(const char *query, size_t offset)
{
    size_t start = 0, columns = cli_terminal_columns(query, offset);
    struct cli_text character = {0};
    while (columns > QUERY_COLUMNS / 2) {
        uint32_t code;
        start += cli_unicode_next(&code, query + start, offset - start);
        cli_text_clear(&character);
        columns -= cli_terminal_add_character(&character, code);
    }
    cli_text_release(&character);
    return start;
}

void cli_complain_place(struct cli_text *out, const char *query, size_t length, size_t offset, const char *pointer)
{
    if (offset > length)
        offset = length;
    const size_t start = cli_terminal_columns(query, length) > QUERY_COLUMNS ? window_start(query, offset) : 0;
    const char *gap = start ? "…" : "";
    cli_text_printf(out, "  | %s", gap);
    cli_terminal_add_cut(out, query + start, length - start, QUERY_COLUMNS);
    cli_text_add_string(out, "\n  | ");
    cli_text_add_blanks(out, (start != 0) + cli_terminal_columns(query + start, offset - start));
    cli_text_add_byte(out, '^');
    if (*pointer) {
        cli_text_add_byte(out, ' ');
        cli_terminal_add_string(out, pointer);
    }
    cli_text_add_byte(out, '\n');
}

size_t cli_complain_diagnostics(const trawl_results *results, const char *query, size_t length)
{
    struct cli_text out = {0};
    size_t failures = 0;
    struct trawl_diagnostic diagnostic;
    for (size_t i = 0; trawl_results_diagnostic(&diagnostic, results, i) == 0; i++) {
        add_label(&out, diagnostic.level);
        cli_terminal_add_quoted(&out, diagnostic.message, strlen(diagnostic.message));
        cli_text_add_byte(&out, '\n');
        cli_complain_place(&out, query, length, diagnostic.offset, diagnostic.pointer);
        failures += diagnostic.level == TRAWL_FAILURE;
    }
    write_out(&out);
    return failures;
}

const char *cli_complain_code(int status)
{
    static const char *const codes[] = {
        "ok",      "memory",    "io",      "corrupt",  "argument",    "query",    "limit",
        "not-found", "locked",  "cancelled", "timeout", "settings", "unsupported", "document",
    };
    const size_t number = status < 0 ? (size_t)-status : 0;
    return number < sizeof codes / sizeof *codes ? codes[number] : "error";
}
