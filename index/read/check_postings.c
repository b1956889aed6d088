/* One term's list: its directory against its blocks, its bounds against its
 * postings, its counts against the dictionary. Reading goes through the
 * cursor, which checks documents; here is what a cursor takes on trust. */
#include "index/read/check_findings.h"

#include <string.h>

#include "index/codec/run.h"
#include "index/read/positions_reader.h"
#include "src/util/bitset.h"
#include "src/util/bytes.h"

struct list_check {
    struct check *check;
    const struct segment *segment;
    const struct terms_cursor *term;
    const uint8_t *codes;
    const struct field_counts *counts;
    struct floors_builder *floors;
    struct postings_cursor cursor;
    const uint8_t *next; /* where the next block must start */
    uint64_t cf;            /* occurrences so far */
    uint64_t positions_end; /* bits of their positions */
};

static void found(struct list_check *list, const char *section, const uint8_t *at, const char *what)
{
    char name[32];
    size_t length = 0;
    for (uint32_t i = 0; i < list->term->term_length && length < sizeof name - 1; i++) {
        const uint8_t byte = list->term->term[i];
        name[length++] = (char)(byte >= ' ' && byte < 0x7f ? byte : '?');
    }
    name[length] = '\0';
    check_found(list->check, list->segment, section, at, "term \"%s\": %s", name, what);
}

/* --------------------------------------------------------------------- bounds */

static void check_bounds(struct list_check *list, const uint8_t *bounds)
{
    const struct postings_cursor *cursor = &list->cursor;
    for (uint32_t i = 0; i < cursor->count; i++)
        if (!bounds_hold(bounds, cursor->frequencies[i], list->codes[cursor->documents[i]])) {
            found(list, "POST", bounds, "a posting scores more than its bound");
            return;
        }
}

/* ------------------------------------------------------------------ directory */

/* The positions of a block start with a byte, and those of a group where the directory says so. */
static void check_positions_start(struct list_check *list)
{
    const struct postings_directory *directory = &list->cursor.directory;
    const uint8_t *offset = directory->positions + (size_t)4 * list->cursor.block;
    const int starts_group = list->cursor.block % POSTINGS_GROUP == 0;
    list->positions_end = (list->positions_end + 7) / 8 * 8;
    if (8 * postings_directory_positions(directory, list->cursor.block) != list->positions_end ||
        (starts_group && load_u32(offset) != 0))
        found(list, "POST", offset, "a block's positions are not where it says");
}

static void add_to_floors(struct list_check *list)
{
    const struct postings_cursor *cursor = &list->cursor;
    uint8_t codes[POSTINGS_BLOCK];
    for (uint32_t i = 0; i < cursor->count; i++)
        codes[i] = list->codes[cursor->documents[i]];
    floors_builder_add(list->floors, cursor->frequencies, codes, cursor->count);
}

/* The current block of a list with a directory, decoded. */
static void check_directory(struct list_check *list)
{
    const struct postings_cursor *cursor = &list->cursor;
    const struct postings_directory *directory = &cursor->directory;
    add_to_floors(list);
    if (directory->positions)
        check_positions_start(list);
    check_bounds(list, cursor->bounds);
    const uint8_t *bounds;
    uint32_t last;
    if (!postings_cursor_group(cursor, &bounds, &last))
        return;
    check_bounds(list, bounds);
    const int ends_group = cursor->block % POSTINGS_GROUP == POSTINGS_GROUP - 1 || cursor->block + 1 == cursor->block_count;
    if (ends_group && last != cursor->last)
        found(list, "POST", directory->group_last, "a group's last document is not its last block's");
}

/* ---------------------------------------------------------------------- blocks */

/* Where the block's bytes end; it is decoded. */
static const uint8_t *block_end(const struct postings_cursor *cursor)
{
    return cursor->all_ones && !postings_cursor_is_dense(cursor) ? cursor->frequency_run
                            : cursor->frequency_run + run_size(cursor->frequency_run, cursor->run_end, cursor->count);
}

static int check_positions(struct list_check *list, uint32_t index)
{
    struct trawl_error error = {0};
    const uint32_t *positions;
    uint32_t count;
    struct postings_cursor *cursor = &list->cursor;
    const int status = postings_cursor_positions(cursor, index, &positions, &count, &error);
    if (check_status(list->check, status, &error))
        return -1;
    uint32_t *end = &list->counts->ends[cursor->documents[index]];
    if (count && positions[count - 1] >= *end)
        *end = positions[count - 1] + 1;
    if (cursor->position_reader)
        list->positions_end +=
            position_reader_bits(cursor->position_reader, cursor->documents[index], cursor->frequencies[index]);
    return 0;
}

static int count_block(struct list_check *list)
{
    const struct postings_cursor *cursor = &list->cursor;
    for (uint32_t i = 0; i < cursor->count; i++) {
        uint32_t *tokens = &list->counts->tokens[cursor->documents[i]];
        *tokens = cursor->frequencies[i] > UINT32_MAX - *tokens ? UINT32_MAX : *tokens + cursor->frequencies[i];
        list->cf += cursor->frequencies[i];
        if (cursor->entry.has_positions && check_positions(list, i))
            return -1;
    }
    return 0;
}

static int check_block(struct list_check *list)
{
    struct postings_cursor *cursor = &list->cursor;
    struct trawl_error error = {0};
    if (check_status(list->check, postings_cursor_frequencies(cursor, &error), &error))
        return -1;
    if (cursor->block_count > 1)
        check_directory(list);
    if (cursor->entry.df > 1) {
        if (cursor->run != list->next)
            found(list, "POST", cursor->run, "a block does not start where the one before ends");
        list->next = block_end(cursor);
    }
    return count_block(list);
}

/* Each block has as many documents as it should, up to its last one, as decoding it shows; so what is left are bits
 * behind the last block or behind the segment's documents. */
static void check_dense(struct list_check *list)
{
    const struct postings_directory *directory = &list->cursor.directory;
    const uint32_t documents = list->segment->documents;
    uint64_t set = 0;
    for (size_t word = 0; word < bitset_words(documents); word++)
        set += (uint64_t)__builtin_popcountll(load_u64(directory->bits + 8 * word));
    if (set != list->term->entry.df)
        found(list, "POST", directory->bits, "its bits are not as many as its documents");
}

/* -------------------------------------------------------------------- the list */

static int walk(struct list_check *list, struct arena *arena)
{
    struct trawl_error error = {0};
    struct postings_cursor *cursor = &list->cursor;
    int status = postings_cursor_open(cursor, list->segment, &list->term->entry, arena, &error);
    list->next = cursor->block_count > 1 ? cursor->directory.data : cursor->run;
    if (!status && postings_cursor_is_dense(cursor))
        check_dense(list);
    while (!status && !cursor->at_end) {
        if (check_block(list))
            return -1;
        status = postings_cursor_next(cursor, &error);
    }
    return check_status(list->check, status, &error);
}

void check_postings(struct check *check, const struct segment *segment, const struct terms_cursor *term,
                    const uint8_t *length_codes, const struct field_counts *counts, struct floors_builder *floors)
{
    struct list_check list = {
        .check = check, .segment = segment, .term = term, .codes = length_codes, .counts = counts, .floors = floors};
    struct arena arena;
    arena_init(&arena);
    const int status = walk(&list, &arena);
    if (!status) {
        if (list.cf != term->entry.cf)
            found(&list, "POST", segment->postings.bytes + term->entry.postings, "it does not occur as often as TERM says");
        if (term->entry.df > 1 && list.next != list.cursor.run_end)
            found(&list, "POST", list.next, "its list goes on behind the last block");
        if ((list.positions_end + 7) / 8 != term->entry.positions_length)
            found(&list, "POSN", segment->positions.bytes + term->entry.positions,
                  "its positions do not end where they should");
    }
    arena_release(&arena);
}
