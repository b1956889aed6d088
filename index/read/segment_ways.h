/* The way back from ordinals to document numbers in a reordered segment, made
 * when it is asked for often. Private to segment*.c. */
#ifndef INDEX_READ_SEGMENT_WAYS_H
#define INDEX_READ_SEGMENT_WAYS_H

#include <stdint.h>

struct segment_ways;

int segment_ways_new(struct segment_ways **ways); /* -> 0 or TRAWL_ERROR_MEMORY */
void segment_ways_free(struct segment_ways *ways);

#endif
