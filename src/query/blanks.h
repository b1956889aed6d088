/* What separates words in a query: blanks of any script, and control bytes. */
#ifndef SRC_QUERY_BLANKS_H
#define SRC_QUERY_BLANKS_H

#include <stddef.h>
#include <stdint.h>

/* -> bytes of the blank at the front of text[0..length), length > 0; 0: none there. */
size_t blank_length(const uint8_t *text, size_t length);

#endif
