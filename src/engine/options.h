/* Reading the public option structs: absent and unknown members are
 * harmless, whichever of program and library is newer. */
#ifndef SRC_ENGINE_OPTIONS_H
#define SRC_ENGINE_OPTIONS_H

#include "src/util/error.h"

/* Each fills *out with the defaults and what `given` (may be NULL) says.
 * -> 0, or TRAWL_ERROR_ARGUMENT for values out of range */
int options_read_writer(struct trawl_writer_options *out, const struct trawl_writer_options *given, struct trawl_error *error);
int options_read_source(struct trawl_source_options *out, const struct trawl_source_options *given, struct trawl_error *error);
int options_read_search(struct trawl_search_options *out, const struct trawl_search_options *given, struct trawl_error *error);

#endif
