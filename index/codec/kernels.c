#include "index/codec/kernels.h"

const struct kernels *kernels(void)
{
    return &kernels_scalar;
}
