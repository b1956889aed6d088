/* Numbers in and out, the same in every locale: the program never calls
 * setlocale(). */
#ifndef SRC_CLI_CLI_NUMBER_H
#define SRC_CLI_CLI_NUMBER_H

#include <stddef.h>
#include <stdint.h>

enum { CLI_NUMBER_SIZE = 32 }; /* room for any of them */

/* Each writes NUL-terminated into `out` and returns it. */
const char *cli_number_float(char out[CLI_NUMBER_SIZE], float value);   /* shortest that reads back the same */
const char *cli_number_double(char out[CLI_NUMBER_SIZE], double value); /* the same for a double */
const char *cli_number_grouped(char out[CLI_NUMBER_SIZE], uint64_t value); /* 12,345 */
const char *cli_number_bytes(char out[CLI_NUMBER_SIZE], uint64_t bytes);   /* 3.4 MB, of 10^6 bytes */

/* Each -> 0, or -1 when the text is not such a number. */
int cli_number_parse(uint64_t *value, const char *text);       /* digits alone */
int cli_number_parse_bytes(uint64_t *value, const char *text); /* 512M: K, M, G, T of 1024 */
int cli_number_parse_float(float *value, const char *text);    /* finite */

#endif
