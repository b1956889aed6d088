/* Which format a file has: by its name, else by how it begins. */
#ifndef SRC_SOURCE_FORMAT_H
#define SRC_SOURCE_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#include "include/trawl.h"

/* By the extension, in any case and before any ".gz". -> AUTO when it says nothing */
enum trawl_format format_of_name(const char *path);

/* By the first bytes: HTML, TREC and JSON Lines show themselves; all else is
 * text. `length` bytes are looked at, which need not be the whole file. */
enum trawl_format format_of_content(const uint8_t *bytes, size_t length);

/* One document per file, not per line or element? */
int format_is_whole_file(enum trawl_format format);

/* A NUL byte, or the mark of a PDF: nothing to read. */
int format_is_binary(const uint8_t *bytes, size_t length);

#endif
