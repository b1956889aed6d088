/* Boosts as numbers in text: decimal digits with at most one point, whatever
 * the locale. What is printed reads back as the same float. */
#ifndef SRC_QUERY_BOOST_H
#define SRC_QUERY_BOOST_H

#include <stddef.h>
#include <stdint.h>

enum { BOOST_TEXT = 32 };

#define BOOST_LEAST 1e-6f
#define BOOST_MOST 1e6f

/* Reads "2", "0.5", ".5" or "2." at the front. -> its bytes, 0: no number. The
 * value may be out of range, infinite too. */
size_t boost_parse(float *boost, const uint8_t *text, size_t length);

/* Passes over what other programs write for a number, with a sign or an exponent: "-1", "+.5", "1e300".
 * -> its bytes, 0: no number */
size_t boost_skip_number(const uint8_t *text, size_t length);

/* The shortest text of a boost within the range; NUL-terminated. */
void boost_print(char text[BOOST_TEXT], float boost);

#endif
