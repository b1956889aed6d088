/* What a terminal needs to know of a character: where it ends, how many
 * columns it takes, whether it may be shown at all. Widths are libunistring's,
 * for UTF-8: they are the same whatever the locale. */
#ifndef SRC_CLI_CLI_UNICODE_H
#define SRC_CLI_CLI_UNICODE_H

#include <stddef.h>
#include <stdint.h>

/* The character at `bytes`, `length` > 0; U+FFFD for bytes that are none.
 * -> bytes taken, at least 1. */
size_t cli_unicode_next(uint32_t *code, const char *bytes, size_t length);

int cli_unicode_width(uint32_t code); /* 0, 1 or 2 columns; 0 for controls */

int cli_unicode_is_control(uint32_t code); /* C0, DEL, C1, line and paragraph separators */

/* Is this one that could steer a terminal or turn the text round: a control,
 * or a bidirectional embedding, override or isolate? */
int cli_unicode_is_hostile(uint32_t code);

#endif
