/* A run: the contents of an inverter that had to make room, on disk until the
 * load ends. The file is private to its writer and loses its name at once, so
 * that the system removes it whatever happens:
 *
 *     per term, ascending: u8 length of the key (field byte and term) - 1, key,
 *                          u32 length of the list, list (posting_stream.h)
 *
 * Marks in memory, every 4 to 64 KiB or so, let several threads start anywhere, and
 * are found without a look at the file, of which only what is being read
 * shall be in memory. */
#ifndef INDEX_WRITE_SPILL_H
#define INDEX_WRITE_SPILL_H

#include <stddef.h>
#include <stdint.h>

#include "index/write/inverter_lists.h"
#include "index/write/posting_source.h"
#include "src/util/file.h"

enum { SPILL_MARK_LEAST = 4 * 1024, SPILL_MARK_MOST = 64 * 1024 };

struct spill_mark {
    uint64_t offset; /* where a term starts */
    struct term_key key;
};

struct spill {
    struct file_map map;
    uint64_t mark_bytes; /* from a mark to the next, at least */
    struct spill_mark *marks; /* ascending; the first is at 0 */
    size_t mark_count, mark_capacity;
    struct arena keys; /* of marks */
    uint32_t documents; /* numbers are below */
};

/* Writes the inverter's postings to `path`, maps the file and removes its
 * name. The inverter is sorted, and not reset. */
int spill_write(struct spill *spill, struct inverter *inverter, const char *path, struct trawl_error *error);
void spill_release(struct spill *spill);

/* The term at `at`. -> where its list ends, the next term starts; NULL when it does not lie inside. */
const uint8_t *spill_term(struct term_key *key, struct posting_list *list, const struct spill *spill,
                          const uint8_t *at);

#endif
