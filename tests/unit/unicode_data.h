/* The files of the Unicode Character Database, official test vectors among
 * them: none is kept here, they are read where they are installed (Debian's
 * package unicode-data), or in the folder that $TRAWL_UNICODE_DATA names.
 *
 * Their version need not be the Unicode library's. A character that the library
 * does not know yet is told by its age; what such a test says of it, and nothing
 * else, is left out. */
#ifndef TRAWL_TESTS_UNICODE_DATA_H
#define TRAWL_TESTS_UNICODE_DATA_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { UNICODE_CHARACTERS = 0x110000, UNICODE_FIELD_MOST = 32 };

struct unicode_data {
    FILE *file;
    int is_packed;
    size_t number;    /* of the line */
    size_t lines;     /* read so far that hold data */
    const char *text; /* the line's */
    char line[4096];
};

/* Opens a file such as "auxiliary/WordBreakTest.txt". -> 0: it is not here, and the case is marked as skipped */
int unicode_data_open(struct unicode_data *data, const char *name);

/* The next line that holds data, in data->text. -> 0 at the end */
int unicode_data_next(struct unicode_data *data);

/* -> 0: nothing could be read, and the case is marked as skipped */
int unicode_data_close(struct unicode_data *data);

/* Reads "0041" or "0041..005A" and the semicolon behind it. */
void unicode_data_range(uint32_t *first, uint32_t *last, struct unicode_data *data);

/* Reads the characters of a field and the semicolon behind it, if there is one. -> how many */
size_t unicode_data_characters(uint32_t characters[UNICODE_FIELD_MOST], struct unicode_data *data);

/* Reads a word and the semicolon behind it, if there is one. */
void unicode_data_word(char *word, size_t size, struct unicode_data *data);

/* Fills known[character] with 1 for characters that the library's version of
 * Unicode has, else 0. -> 0 as unicode_data_open */
int unicode_data_known(uint8_t *known);

#endif
