/* Looking for blocks in the directory of a list (index/format/postings.h). */
#ifndef INDEX_READ_DIRECTORY_SEARCH_H
#define INDEX_READ_DIRECTORY_SEARCH_H

#include "index/format/postings.h"

/* The first block, from `block` on, whose last document is the target or comes behind it; or as many as there are. The nearer it
 * is the sooner it is found. `block`: less than the blocks there are. */
uint32_t directory_find_block(const struct postings_directory *directory, uint32_t block, uint32_t target);

/* The same, among `block` and those behind it in its group; or where the group ends. */
uint32_t directory_find_in_group(const struct postings_directory *directory, uint32_t block, uint32_t target);

#endif
