/* Writes JSON into a text; commas come by themselves. Strings are cleaned:
 * damaged UTF-8 becomes U+FFFD, and what could steer a terminal is escaped.
 *
 *     cli_json_open(json, '{');
 *     cli_json_key(json, "terms");
 *     cli_json_number(json, 12);
 *     cli_json_close(json, '}'); */
#ifndef SRC_CLI_CLI_JSON_H
#define SRC_CLI_CLI_JSON_H

#include <stddef.h>
#include <stdint.h>

#include "src/cli/cli_text.h"

void cli_json_open(struct cli_text *json, char bracket);
void cli_json_close(struct cli_text *json, char bracket);
void cli_json_key(struct cli_text *json, const char *key);
void cli_json_bytes(struct cli_text *json, const char *bytes, size_t length); /* a string */
void cli_json_string(struct cli_text *json, const char *string);
void cli_json_number(struct cli_text *json, uint64_t value);
void cli_json_double(struct cli_text *json, double value);
void cli_json_boolean(struct cli_text *json, int value);

/* The library's own JSON, made fit for a terminal: of what its strings may
 * hold raw, the characters that steer one are escaped. */
void cli_json_add_cleaned(struct cli_text *out, const char *json, size_t length);

#endif
