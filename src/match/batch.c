#include "src/match/batch.h"

#include "src/match/match_kernels.h"

void batch_keep(struct batch *batch, uint32_t units)
{
    if (units > 0 && batch->count > 0)
        batch->count = match_kernels()->batch_keep(batch, 0, batch->count, units);
}
