#include "index/read/check.h"

int trawl_verify(const char *path, trawl_damage_callback *damage, void *context, struct trawl_error *error)
{
    error_begin(error);
    return check_index(path, damage, context, error);
}
