/* Deleted documents of a segment: files NNNNNNNN.GGGGGGGG.del. */
#ifndef INDEX_FORMAT_DELETES_H
#define INDEX_FORMAT_DELETES_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/error.h"

int deletes_write(const char *path, const uint64_t *words, uint32_t documents, uint32_t deleted, struct trawl_error *error);

/* Reads into words[bitset_words(documents)] and checks everything, the checksum too. */
int deletes_read(uint64_t *words, const char *path, uint32_t documents, uint32_t deleted, struct trawl_error *error);

#endif
