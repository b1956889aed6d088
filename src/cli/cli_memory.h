/* Memory for the command: there is nothing useful to do without, so running
 * out ends the program with a message and exit status 2. Nothing half-done is
 * left by that: an index changes only when it is committed. */
#ifndef SRC_CLI_CLI_MEMORY_H
#define SRC_CLI_CLI_MEMORY_H

#include <stddef.h>

void *cli_memory_alloc(size_t count, size_t size);

/* Grows an array to hold at least `needed` elements. -> the array, moved or
 * not; *capacity is updated. */
void *cli_memory_grow(void *array, size_t *capacity, size_t needed, size_t size);

#endif
