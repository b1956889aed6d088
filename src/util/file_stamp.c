#include "src/util/file_stamp.h"

#include <sys/stat.h>
#include <time.h>

static const int64_t SECOND = INT64_C(1000000000), SETTLED_AFTER = 3 * INT64_C(1000000000);

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * SECOND + time.tv_nsec;
}

int file_stamp_take(struct file_stamp *stamp, const char *path)
{
    struct stat about;
    *stamp = (struct file_stamp){0};
    if (lstat(path, &about))
        return -1;
    *stamp = (struct file_stamp){.device = (uint64_t)about.st_dev,
                                 .inode = (uint64_t)about.st_ino,
                                 .size = (uint64_t)about.st_size,
                                 .modified_ns = nanoseconds(about.st_mtim),
                                 .changed_ns = nanoseconds(about.st_ctim)};
    return 0;
}

int file_stamp_equals(const struct file_stamp *a, const struct file_stamp *b)
{
    return a->inode != 0 && a->inode == b->inode && a->device == b->device && a->size == b->size &&
           a->modified_ns == b->modified_ns && a->changed_ns == b->changed_ns;
}

int file_stamp_is_settled(const struct file_stamp *stamp)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return nanoseconds(now) - stamp->changed_ns > SETTLED_AFTER;
}
