/* The three kinds of posting source; only posting_source.c calls these. */
#ifndef INDEX_WRITE_POSTING_SOURCES_H
#define INDEX_WRITE_POSTING_SOURCES_H

#include "index/write/posting_source.h"

int inverter_source_open(struct posting_source **source, const struct posting_input *input,
                         const struct term_range *range, struct trawl_error *error);
int spill_source_open(struct posting_source **source, const struct posting_input *input, const struct term_range *range,
                      struct trawl_error *error);
int segment_source_open(struct posting_source **source, const struct posting_input *input,
                        const struct term_range *range, struct trawl_error *error);

#endif
