/* Errors that name a place in the input. */
#ifndef SRC_SOURCE_FAULT_H
#define SRC_SOURCE_FAULT_H

#include <stdint.h>

#include "src/util/error.h"

/* Sets `error` (may be NULL) unless it holds one already. `offset` is a line
 * for TRAWL_ERROR_DOCUMENT, else a byte of the file as it lies on disk. -> code */
int fault_at(struct trawl_error *error, int code, const char *path, uint64_t offset, const char *format, ...)
    TRAWL_PRINTF(5, 6);

#endif
