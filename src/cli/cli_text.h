/* A growing text: what a command prints is put together here and written in
 * one go. Starts as {0}. */
#ifndef SRC_CLI_CLI_TEXT_H
#define SRC_CLI_CLI_TEXT_H

#include <stddef.h>

#if defined(__GNUC__)
#define CLI_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#else
#define CLI_PRINTF(format_at, first_at)
#endif

struct cli_text {
    char *bytes; /* NUL-terminated once something was added */
    size_t length, capacity;
};

void cli_text_release(struct cli_text *text);
void cli_text_clear(struct cli_text *text); /* memory is kept */

void cli_text_add(struct cli_text *text, const void *bytes, size_t length);
void cli_text_add_string(struct cli_text *text, const char *string);
void cli_text_add_byte(struct cli_text *text, char byte);
void cli_text_add_blanks(struct cli_text *text, size_t count);
void cli_text_printf(struct cli_text *text, const char *format, ...) CLI_PRINTF(2, 3);

/* NUL-terminated; "" for an empty one. Valid until the next change. */
const char *cli_text_string(const struct cli_text *text);

/* Words joined by single blanks. */
void cli_text_join(struct cli_text *text, char *const *words, size_t count);

#endif
