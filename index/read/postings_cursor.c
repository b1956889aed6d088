/* A cursor moves by the directory alone: a block's bytes are looked at only
 * when its documents are asked for. */
#include "index/read/postings_cursor.h"

#include <assert.h>
#include <string.h>

#include "index/codec/kernels.h"
#include "index/codec/run.h"
#include "index/read/directory_search.h"
#include "src/util/bitset.h"
#include "src/util/bytes.h"

/* AHEAD: blocks of which a header and a few words are looked at, every other line of memory or so. */
enum { ALIGNMENT = 64, AHEAD = 8 };

static int corrupt(const struct postings_cursor *cursor, const char *section, const uint8_t *at, const char *what,
                   struct trawl_error *error)
{
    const struct container *container = &cursor->segment->container;
    return error_corrupt(error, container->path, section, (uint64_t)(at - container->map.bytes), "%s", what);
}

/* -------------------------------------------------------------------- opening */

/* Room for two arrays of a block's numbers. Bitsets are decoded a bit past the end of the documents. */
static int make_arrays(struct postings_cursor *cursor, struct arena *arena)
{
    const size_t size = (RUN_LENGTH + KERNEL_ROOM) * sizeof(uint32_t);
    uint8_t *room = arena_alloc(arena, size + RUN_LENGTH * sizeof(uint32_t) + ALIGNMENT);
    if (!room)
        return TRAWL_ERROR_MEMORY;
    room += (ALIGNMENT - (uintptr_t)room % ALIGNMENT) % ALIGNMENT;
    cursor->documents = (uint32_t *)(void *)room;
    cursor->frequencies = (uint32_t *)(void *)(room + size);
    return 0;
}

static void enter_single_document(struct postings_cursor *cursor)
{
    const struct term_entry *entry = &cursor->entry;
    cursor->documents[0] = cursor->last = entry->document;
    cursor->frequencies[0] = (uint32_t)entry->cf;
    cursor->all_ones = entry->cf == 1;
    cursor->documents_decoded = cursor->frequencies_decoded = 1;
}

/* Of a list with a directory. What the directory says is held against the
 * block before and the segment; the rest waits for the documents. */
static int enter_block(struct postings_cursor *cursor, uint32_t block, struct trawl_error *error)
{
    const struct postings_directory *directory = &cursor->directory;
    const uint8_t *last = directory->last + (size_t)4 * block;
    cursor->block = block;
    cursor->first_possible = block ? load_u32(last - 4) + 1 : 0;
    cursor->last = load_u32(last);
    cursor->count = block + 1 < directory->blocks ? POSTINGS_BLOCK : cursor->entry.df - block * POSTINGS_BLOCK;
    cursor->bounds = directory->bounds + (size_t)BOUND_BYTES * block;
    cursor->documents_decoded = cursor->frequencies_decoded = 0;
    if (cursor->last >= cursor->segment->documents || cursor->last < cursor->first_possible ||
        (block && cursor->first_possible == 0))
        return corrupt(cursor, "POST", last, "last documents of blocks do not ascend", error);
    return 0;
}

int postings_cursor_open(struct postings_cursor *cursor, const struct segment *segment, const struct term_entry *entry,
                         struct arena *arena, struct trawl_error *error)
{
    *cursor = (struct postings_cursor){.segment = segment,
                                       .entry = *entry,
                                       .last = segment->documents - 1,
                                       .count = entry->df,
                                       .block_count = 1,
                                       .arena = arena};
    if (make_arrays(cursor, arena))
        return error_memory(error);
    if (entry->df == 1) {
        enter_single_document(cursor);
        return 0;
    }
    const uint8_t *list = segment->postings.bytes + entry->postings;
    cursor->run_end = list + entry->postings_length;
    cursor->run = list;
    if (entry->df <= POSTINGS_BLOCK)
        return 0;
    if (postings_directory_open(&cursor->directory, list, entry->postings_length, entry->df, segment->documents,
                                entry->has_positions))
        return corrupt(cursor, "POST", list, "this list is too short for its directory", error);
    cursor->block_count = cursor->directory.blocks;
    return enter_block(cursor, 0, error);
}

/* --------------------------------------------------------------------- moving */

int postings_cursor_next(struct postings_cursor *cursor, struct trawl_error *error)
{
    if (cursor->block + 1 < cursor->block_count)
        return enter_block(cursor, cursor->block + 1, error);
    cursor->at_end = 1;
    return 0;
}

int postings_cursor_seek(struct postings_cursor *cursor, uint32_t target, struct trawl_error *error)
{
    if (cursor->at_end || target <= cursor->last)
        return 0;
    if (cursor->block_count == 1) {
        cursor->at_end = 1;
        return 0;
    }
    const uint32_t behind = cursor->block + 1;
    const uint32_t block = behind < cursor->block_count ? directory_find_block(&cursor->directory, behind, target) : behind;
    if (block >= cursor->block_count) {
        cursor->at_end = 1;
        return 0;
    }
    int status = enter_block(cursor, block, error);
    if (!status && cursor->last < target)
        return corrupt(cursor, "POST", cursor->directory.last, "last documents of blocks and groups differ", error);
    return status;
}

int postings_cursor_group(const struct postings_cursor *cursor, const uint8_t **bounds, uint32_t *last)
{
    const struct postings_directory *directory = &cursor->directory;
    const uint32_t group = cursor->block / POSTINGS_GROUP;
    if (directory->groups < 2)
        return 0;
    *bounds = directory->group_bounds + (size_t)BOUND_BYTES * group;
    *last = load_u32(directory->group_last + (size_t)4 * group);
    return 1;
}

/* ------------------------------------------------------------------ documents */

/* A block's bytes; NULL when they are not in the list. */
static const uint8_t *bytes_of(const struct postings_directory *directory, uint32_t block)
{
    uint64_t offset = load_u16(directory->offset + (size_t)2 * block);
    if (directory->group_base)
        offset += load_u32(directory->group_base + (size_t)4 * (block / POSTINGS_GROUP));
    return offset < (size_t)(directory->end - directory->data) ? directory->data + offset : NULL;
}

static const uint8_t *block_bytes(const struct postings_cursor *cursor)
{
    return cursor->block_count == 1 ? cursor->run : bytes_of(&cursor->directory, cursor->block);
}

/* Bytes of a full block of so many bits, if it is a bitset, behind its header; 0: it is none, or a damaged one. */
static size_t bitset_size(const uint8_t *at, const uint8_t *run_end, size_t bits)
{
    if ((*at & (RUN_KIND | RUN_ZERO)) != RUN_BITSET)
        return 0;
    const size_t size = bitset_words(bits) * sizeof(uint64_t);
    if (size > (size_t)(run_end - at) - 1)
        return 0;
    const uint64_t last_word = load_u64(at + 1 + size - sizeof last_word);
    return bits % 64 && last_word >> bits % 64 ? 0 : size;
}

static size_t bitset_bytes(const struct postings_cursor *cursor, const uint8_t *at)
{
    if (cursor->block_count == 1 || cursor->count != RUN_LENGTH)
        return 0;
    return bitset_size(at, cursor->run_end, (size_t)cursor->last - cursor->first_possible + 1);
}

int postings_cursor_bitset(const struct postings_cursor *cursor, const uint8_t **words, uint32_t *first)
{
    if (cursor->block_count == 1)
        return 0;
    if (postings_cursor_is_dense(cursor)) {
        *words = cursor->directory.bits;
        *first = 0;
        return 1;
    }
    const uint8_t *at = block_bytes(cursor);
    if (!at || !bitset_bytes(cursor, at))
        return 0;
    *words = at + 1;
    *first = cursor->first_possible;
    return 1;
}

int postings_cursor_or_bitsets(struct postings_cursor *cursor, uint64_t *bits, uint32_t first, uint32_t end,
                               struct trawl_error *error)
{
    const struct postings_directory *directory = &cursor->directory;
    const int has_bitsets = cursor->block_count > 1 && !postings_cursor_is_dense(cursor);
    const uint32_t full = has_bitsets ? cursor->entry.df / RUN_LENGTH : 0;
    void (*const or)(uint64_t *, size_t, const uint8_t *, size_t) = kernels()->bitset_or;
    uint32_t block = cursor->block, possible = cursor->first_possible;
    for (; block < full; block++) {
        const uint32_t last = load_u32(directory->last + (size_t)4 * block);
        const uint8_t *at = bytes_of(directory, block);
        if (block + AHEAD < full)
            __builtin_prefetch(bytes_of(directory, block + AHEAD));
        if (last >= end || last < possible || !at)
            break; /* what is wrong here is found when the block is entered or decoded */
        const size_t size = bitset_size(at, cursor->run_end, (size_t)last - possible + 1);
        if (!size)
            break;
        or(bits, possible - first, at + 1, size / sizeof(uint64_t));
        possible = last + 1;
    }
    if (block == cursor->block)
        return 0;
    if (block < cursor->block_count)
        return enter_block(cursor, block, error);
    cursor->at_end = 1;
    return 0;
}

/* -> the bytes, 0 when they do not hold count documents. */
static size_t decode_bitset(struct postings_cursor *cursor, const uint8_t *at)
{
    const size_t size = bitset_bytes(cursor, at), words = size / sizeof(uint64_t);
    const size_t found = kernels()->bitset_documents(cursor->documents, at + 1, words, cursor->first_possible);
    return found == RUN_LENGTH ? 1 + size : 0;
}

/* When the last document is right, all are: a bitset's ascend, and see run_decode_documents. */
static int documents_are_sound(const struct postings_cursor *cursor)
{
    const uint32_t last = cursor->documents[cursor->count - 1];
    return cursor->block_count == 1 ? last < cursor->segment->documents : last == cursor->last;
}

/* Words so few are copied, to cut off what belongs to the blocks before and behind. */
enum { FEW_WORDS = 64 };

static uint32_t decode_few_words(uint32_t *documents, const uint8_t *bits, uint32_t from, uint32_t last)
{
    uint64_t words[FEW_WORDS + RUN_PADDING / sizeof(uint64_t)];
    const size_t first = from / 64, count = last / 64 - first + 1;
    memcpy(words, bits + first * sizeof *words, count * sizeof *words);
    words[0] &= UINT64_MAX << from % 64;
    words[count - 1] &= UINT64_MAX >> (63 - last % 64);
    return (uint32_t)kernels()->bitset_documents(documents, (const uint8_t *)words, count, (uint32_t)first * 64);
}

/* Where a block of a dense list spans many documents, most words are 0. */
static uint32_t decode_many_words(uint32_t *documents, const uint8_t *bits, uint32_t from, uint32_t last)
{
    uint32_t found = 0;
    for (uint32_t at = from; at <= last && found <= RUN_LENGTH; at = at / 64 * 64 + 64) {
        uint64_t word = load_u64(bits + (size_t)8 * (at / 64)) >> at % 64 << at % 64;
        for (; word && found <= RUN_LENGTH; word &= word - 1)
            documents[found++] = at / 64 * 64 + (uint32_t)__builtin_ctzll(word);
    }
    while (found && documents[found - 1] > last)
        found--;
    return found;
}

static size_t decode_dense(struct postings_cursor *cursor)
{
    const uint32_t from = cursor->first_possible, last = cursor->last;
    const uint32_t found = (last / 64 - from / 64 < FEW_WORDS ? decode_few_words : decode_many_words)(
        cursor->documents, cursor->directory.bits, from, last);
    return found == cursor->count;
}

static size_t decode_documents(struct postings_cursor *cursor, const uint8_t *at)
{
    if ((*at & RUN_KIND) == RUN_BITSET)
        return decode_bitset(cursor, at);
    return run_decode_documents(cursor->documents, at, cursor->run_end, cursor->count, cursor->first_possible - 1);
}

static void find_frequencies(struct postings_cursor *cursor, const uint8_t *at, size_t of_documents)
{
    cursor->run = at;
    cursor->frequency_run = at + of_documents;
    cursor->all_ones = postings_cursor_is_dense(cursor) ? (*at & (RUN_KIND | RUN_ZERO)) == 0 : (*at & RUN_FLAG) != 0;
}

int postings_cursor_documents(struct postings_cursor *cursor, struct trawl_error *error)
{
    if (cursor->documents_decoded)
        return 0;
    const uint8_t *at = block_bytes(cursor);
    const int dense = postings_cursor_is_dense(cursor);
    const size_t size = !at || dense ? 0 : decode_documents(cursor, at);
    if (!at || !(dense ? decode_dense(cursor) : size) || !documents_are_sound(cursor))
        return corrupt(cursor, "POST", at ? at : cursor->directory.offset, "a block of documents is not sound", error);
    find_frequencies(cursor, at, size);
    cursor->last = cursor->documents[cursor->count - 1];
    cursor->documents_decoded = 1;
    return 0;
}

/* ---------------------------------------------------------------- frequencies */

static void fill_ones(uint32_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        numbers[i] = 1;
}

static int decode_frequencies(struct postings_cursor *cursor, struct trawl_error *error)
{
    cursor->frequencies_decoded = 1;
    if (cursor->all_ones) {
        fill_ones(cursor->frequencies, cursor->count);
        return 0;
    }
    if (run_decode(cursor->frequencies, cursor->frequency_run, cursor->run_end, cursor->count, 1))
        return 0;
    cursor->frequencies_decoded = 0;
    return corrupt(cursor, "POST", cursor->frequency_run, "a block of frequencies is not sound", error);
}

int postings_cursor_frequencies(struct postings_cursor *cursor, struct trawl_error *error)
{
    const int status = postings_cursor_documents(cursor, error);
    return status || cursor->frequencies_decoded ? status : decode_frequencies(cursor, error);
}

/* ---------------------------------------------------------------- dense lists */

void postings_cursor_or_dense(const struct postings_cursor *cursor, uint64_t *bits, uint32_t first, uint32_t end)
{
    const size_t count = bitset_words(end - first);
    kernels()->bitset_or(bits, 0, cursor->directory.bits + first / 8, count);
    bits[count - 1] &= UINT64_MAX >> (63 - (end - 1) % 64);
}

void postings_cursor_and_dense(const struct postings_cursor *cursor, uint64_t *bits, uint32_t first, uint32_t end)
{
    const uint8_t *words = cursor->directory.bits + first / 8;
    for (size_t i = 0; i < bitset_words(end - first); i++)
        bits[i] &= load_u64(words + 8 * i);
}

int postings_cursor_dense_frequencies(struct postings_cursor *cursor, struct trawl_error *error)
{
    if (cursor->frequencies_decoded)
        return 0;
    const uint8_t *at = block_bytes(cursor);
    if (!at)
        return corrupt(cursor, "POST", cursor->directory.offset, "a block of frequencies is not in its list", error);
    find_frequencies(cursor, at, 0);
    return decode_frequencies(cursor, error);
}

int postings_cursor_dense_indices(const struct postings_cursor *cursor, uint8_t *indices, const uint32_t *documents,
                                  uint32_t count, struct trawl_error *error)
{
    const uint8_t *bits = cursor->directory.bits;
    uint32_t ranks[RUN_LENGTH];
    kernels()->bitset_ranks(ranks, bits, cursor->first_possible, documents, count);
    for (uint32_t i = 0; i < count; i++) {
        if (ranks[i] >= cursor->count)
            return corrupt(cursor, "POST", bits + documents[i] / 8, "a block has more documents than it should", error);
        indices[i] = (uint8_t)ranks[i];
    }
    return 0;
}

void postings_cursor_share(struct postings_cursor *cursor, const struct postings_cursor *other)
{
    if (!other->documents_decoded || other->at_end || other->block != cursor->block)
        return;
    memcpy(cursor->documents, other->documents, RUN_LENGTH * sizeof *cursor->documents);
    cursor->run = other->run;
    cursor->frequency_run = other->frequency_run;
    cursor->all_ones = other->all_ones;
    cursor->last = other->last;
    cursor->documents_decoded = 1;
}
