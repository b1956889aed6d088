#include "index/write/posting_source.h"

#include "index/write/inverter_lists.h"
#include "index/write/posting_sources.h"
#include "index/write/spill.h"

int posting_source_open(struct posting_source **source, const struct posting_input *input,
                        const struct term_range *range, int has_positions, struct trawl_error *error)
{
    *source = NULL;
    int status;
    if (input->inverter)
        status = inverter_source_open(source, input, range, error);
    else if (input->spill)
        status = spill_source_open(source, input, range, error);
    else
        status = segment_source_open(source, input, range, error);
    if (status)
        return status;
    (*source)->map = input->map;
    (*source)->has_positions = has_positions;
    return 0;
}

void posting_source_free(struct posting_source *source)
{
    if (source)
        source->class->free(source);
}
