/* The files of an index folder that no manifest names: what dead or rolled
 * back writers left, and what a commit made superfluous. */
#ifndef INDEX_WRITE_INDEX_FOLDER_H
#define INDEX_WRITE_INDEX_FOLDER_H

#include "index/format/manifest.h"

/* Removes segments and deletes that `keep` does not name, and temporary files.
 * Touches nothing whose name is not one of ours, and no links. Only for the
 * holder of the lock. What cannot be removed stays for the next time. */
void index_folder_clean(const char *folder, const struct manifest *keep);

/* A segment number above all in use by name. */
int index_folder_next_segment(uint32_t *next, const char *folder, struct trawl_error *error);

#endif
