/* Dividing the terms of several inputs into ranges of about equal work, so
 * that threads can encode them side by side and memory holds a few at a time. */
#ifndef INDEX_WRITE_TERM_RANGES_H
#define INDEX_WRITE_TERM_RANGES_H

#include "index/write/posting_source.h"
#include "src/util/arena.h"

struct term_ranges {
    struct term_range *ranges; /* ascending, without gaps; at least one */
    size_t count, capacity;
    struct arena arena; /* of keys that the inputs do not keep */
};

/* Cuts about every `bytes` of terms and postings. The ranges hold as long as the inputs. */
int term_ranges_cut(struct term_ranges *ranges, const struct posting_input *inputs, size_t count, uint64_t bytes,
                    struct trawl_error *error);
void term_ranges_release(struct term_ranges *ranges);

#endif
