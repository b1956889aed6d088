/* What tells a file from another that took its place: a look at its inode, without opening it. */
#ifndef TRAWL_UTIL_FILE_STAMP_H
#define TRAWL_UTIL_FILE_STAMP_H

#include <stdint.h>

struct file_stamp {
    uint64_t device, inode, size;
    int64_t modified_ns, changed_ns; /* since 1970, by the clock of the file system */
};

/* -> 0, -1: there is no such file, or none that can be looked at; *stamp is then equal to none */
int file_stamp_take(struct file_stamp *stamp, const char *path);

int file_stamp_equals(const struct file_stamp *a, const struct file_stamp *b);

/* 1: the file last changed long enough ago that one put in its place from now on cannot have the same stamp, though
 * it be given the same inode. File systems count time in steps (of 2 s at most). */
int file_stamp_is_settled(const struct file_stamp *stamp);

#endif
