#include "index/write/spill.h"

#include "src/util/bytes.h"
#include "src/util/memory.h"

enum { LENGTH_BYTES = 4 };

static int add_mark(struct spill *spill, uint64_t offset, const struct interner_key *key)
{
    if (spill->mark_count && offset < spill->marks[spill->mark_count - 1].offset + spill->mark_bytes)
        return 0;
    const uint8_t *copy = arena_copy(&spill->keys, key->bytes, key->length);
    if (!copy || memory_grow(&spill->marks, &spill->mark_capacity, spill->mark_count + 1, sizeof *spill->marks))
        return TRAWL_ERROR_MEMORY;
    spill->marks[spill->mark_count++] = (struct spill_mark){offset, {copy, key->length}};
    return 0;
}

/* Also a small run has some: the merge's ranges end at marks of one run, and are of that share of all. */
static uint64_t mark_bytes(const struct inverter *inverter)
{
    enum { MARKS = 128 };
    const uint64_t bytes = (inverter->chunks.used + inverter->terms.count * 16) / MARKS;
    if (bytes < SPILL_MARK_LEAST)
        return SPILL_MARK_LEAST;
    return bytes < SPILL_MARK_MOST ? bytes : SPILL_MARK_MOST;
}

static int append_term(struct spill *spill, struct file_writer *file, const struct inverter *inverter, uint32_t handle,
                       struct buffer *scratch)
{
    const struct interner_key *key = &inverter->terms.keys[handle];
    struct posting_list list;
    if (inverter_list(&list, inverter, handle, scratch) || add_mark(spill, file->offset, key))
        return TRAWL_ERROR_MEMORY;
    const uint8_t key_length = (uint8_t)(key->length - 1);
    uint8_t list_length[LENGTH_BYTES];
    store_u32(list_length, (uint32_t)list.length);
    file_writer_append(file, &key_length, 1);
    file_writer_append(file, key->bytes, key->length);
    file_writer_append(file, list_length, sizeof list_length);
    return file_writer_append(file, list.bytes, list.length);
}

static int append_terms(struct spill *spill, struct file_writer *file, const struct inverter *inverter,
                        struct trawl_error *error)
{
    struct buffer scratch;
    buffer_init(&scratch);
    int status = 0;
    for (size_t i = 0; i < inverter->terms.count && !status; i++)
        status = append_term(spill, file, inverter, inverter->order[i], &scratch);
    buffer_release(&scratch);
    return status == TRAWL_ERROR_MEMORY && !file->status ? error_memory(error) : 0;
}

static int write_run(struct spill *spill, struct inverter *inverter, const char *path, struct trawl_error *error)
{
    struct file_writer file;
    int status = file_writer_open(&file, path, error);
    if (status)
        return status;
    status = append_terms(spill, &file, inverter, error);
    if (status) {
        file_writer_abandon(&file);
        return status;
    }
    return file_writer_finish(&file, 0, error);
}

int spill_write(struct spill *spill, struct inverter *inverter, const char *path, struct trawl_error *error)
{
    *spill = (struct spill){.mark_bytes = mark_bytes(inverter)};
    arena_init(&spill->keys);
    int status = inverter_sort(inverter, error);
    if (!status)
        status = write_run(spill, inverter, path, error);
    if (!status) {
        status = file_map_open(&spill->map, path, error);
        file_remove(path, NULL);
    }
    if (status)
        spill_release(spill);
    return status;
}

void spill_release(struct spill *spill)
{
    file_map_close(&spill->map);
    memory_free(spill->marks);
    arena_release(&spill->keys);
    *spill = (struct spill){0};
}

const uint8_t *spill_term(struct term_key *key, struct posting_list *list, const struct spill *spill, const uint8_t *at)
{
    const uint8_t *end = spill->map.bytes + spill->map.length;
    if (at == end)
        return NULL;
    const size_t key_length = (size_t)*at++ + 1;
    if ((size_t)(end - at) < key_length + LENGTH_BYTES)
        return NULL;
    *key = (struct term_key){at, key_length};
    at += key_length;
    const size_t length = load_u32(at);
    at += LENGTH_BYTES;
    if ((size_t)(end - at) < length)
        return NULL;
    *list = (struct posting_list){at, length};
    return at + length;
}
