/* What goes to standard error: errors, warnings, notes, each on a line of its
 * own. Other people's bytes in them are made harmless, line ends too. */
#ifndef SRC_CLI_CLI_COMPLAIN_H
#define SRC_CLI_CLI_COMPLAIN_H

#include <stddef.h>

#include "include/trawl.h"
#include "src/cli/cli_text.h"

enum { CLI_EXIT_FOUND = 0, CLI_EXIT_NOTHING = 1, CLI_EXIT_ERROR = 2 };

/* "error: ...". -> CLI_EXIT_ERROR */
int cli_complain(const char *format, ...) CLI_PRINTF(1, 2);
void cli_complain_warn(const char *format, ...) CLI_PRINTF(1, 2);
void cli_complain_note(const char *format, ...) CLI_PRINTF(1, 2); /* without a word before it */

/* The library's error: "error: FILE: message", and what helps. -> CLI_EXIT_ERROR */
int cli_complain_error(const struct trawl_error *error);

/* The same for an index that could not be opened. */
int cli_complain_open(const struct trawl_error *error);

/* "FILE:LINE: reason" of a document; FILE and LINE only where there are any. */
void cli_complain_document(const struct trawl_error *error);

/* All diagnostics of a query, each with a line that shows the place:
 *
 *     error: unclosed quote
 *       | "machine learn
 *       | ^ no closing " before the end
 *
 * -> how many of them are failures. */
size_t cli_complain_diagnostics(const trawl_results *results, const char *query, size_t length);

/* The same as text, for tests. `offset` in bytes of the query. */
void cli_complain_place(struct cli_text *out, const char *query, size_t length, size_t offset, const char *pointer);

/* The name of a status in JSON: "not-found". */
const char *cli_complain_code(int status);

#endif
