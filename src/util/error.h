/* Errors are values: a function returns 0 or a negative enum trawl_status and
 * fills the caller's struct trawl_error, when it was given one. The first
 * error is the one that matters: setting an error over an error keeps the old.
 *
 * Damage found in an index goes through error_corrupt() alone, so that one
 * breakpoint there catches every kind of it. */
#ifndef TRAWL_UTIL_ERROR_H
#define TRAWL_UTIL_ERROR_H

#include <stdint.h>

#include "include/trawl.h"
#include "src/util/printf_like.h"

/* What a public function begins with: its caller need not clear what an earlier call left. */
static inline void error_begin(struct trawl_error *error)
{
    if (error)
        error->code = TRAWL_OK;
}

/* Sets `error` (may be NULL) unless it already holds one; returns `code`, so
 * that `return error_set(error, TRAWL_ERROR_LIMIT, "...", ...)` reads well. */
int error_set(struct trawl_error *error, int code, const char *format, ...) TRAWL_PRINTF(3, 4);

/* A failed system call: appends strerror(errno). -> TRAWL_ERROR_IO, but
 * TRAWL_ERROR_MEMORY for ENOMEM and TRAWL_ERROR_NOT_FOUND for ENOENT. `what`
 * reads like "cannot open". */
int error_system(struct trawl_error *error, const char *what, const char *file);

/* -> TRAWL_ERROR_MEMORY */
int error_memory(struct trawl_error *error);

/* Damaged bytes in `file` (a name for people; may be NULL), in section
 * `section` at byte `offset` of the file. -> TRAWL_ERROR_CORRUPT */
int error_corrupt(struct trawl_error *error, const char *file, const char *section, uint64_t offset, const char *format, ...)
    TRAWL_PRINTF(5, 6);

#endif
