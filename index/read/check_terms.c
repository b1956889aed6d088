/* The dictionary: order, the index of blocks, and that the lists lie side by
 * side in POST and POSN without holes. */
#include "index/read/check_findings.h"

#include <string.h>

#include "index/format/term_walk.h"
#include "index/read/snapshot.h"
#include "src/util/bytes.h"
#include "src/util/memory.h"

struct term_check {
    struct check *check;
    const struct segment *segment;
    struct terms_cursor cursor;
    uint8_t before[TERM_MAX_BYTES];
    size_t before_length;
    uint64_t postings_end, positions_end; /* of the lists so far */
    uint64_t tokens;                      /* of the field */
    struct term_hash_writer hash;         /* of the terms so far, as THSH should have it */
    struct floors_builder *floors;        /* of the term */
};

static void found(struct term_check *check, const char *section, const uint8_t *at, const char *what)
{
    check_found(check->check, check->segment, section, at, "%s", what);
}

/* ----------------------------------------------------------------- one term */

static void check_block_start(struct term_check *check)
{
    const struct terms *terms = &check->segment->terms;
    const struct terms_cursor *cursor = &check->cursor;
    const uint64_t prefix = key_prefix(cursor->term, cursor->term_length);
    for (uint32_t level = 0, number = cursor->block; level < terms->index.level_count; level++, number /= TERM_INDEX_FAN) {
        if (term_index_prefix(&terms->index, level, number) != prefix)
            found(check, "TIDX", terms->index.levels[level] + sizeof prefix * number,
                  "a block's first bytes are not those of its first term");
        if (number % TERM_INDEX_FAN)
            break;
    }
}

/* At the end of a block all of its bytes have been read. */
static void check_block_end(struct term_check *check)
{
    const struct terms_cursor *cursor = &check->cursor;
    if ((cursor->in_block == TERMS_PER_BLOCK || !cursor->left) && cursor->at != cursor->end)
        found(check, "TERM", cursor->at, "a block of terms goes on behind its last term");
}

static void check_order(struct term_check *check)
{
    const struct terms_cursor *cursor = &check->cursor;
    if (check->before_length &&
        term_compare(check->before, check->before_length, cursor->term, cursor->term_length) >= 0)
        found(check, "TERM", cursor->at, "terms are out of order");
    memcpy(check->before, cursor->term, cursor->term_length);
    check->before_length = cursor->term_length;
}

static void check_places(struct term_check *check)
{
    const struct term_entry *entry = &check->cursor.entry;
    if ((entry->postings_length && entry->postings != check->postings_end) ||
        (entry->positions_length && entry->positions != check->positions_end))
        found(check, "TERM", check->cursor.at, "a term's list does not start where the one before ends");
    if (entry->postings_length)
        check->postings_end = entry->postings + entry->postings_length;
    if (entry->positions_length)
        check->positions_end = entry->positions + entry->positions_length;
}

static void add_to_hash(struct term_check *check, const struct meta_field *field)
{
    struct trawl_error error = {0};
    const struct terms_cursor *cursor = &check->cursor;
    struct term_entry entry = cursor->entry;
    if (!check->segment->terms.hash.slots)
        return;
    floors_builder_finish(&entry.floors, check->floors);
    check_status(check->check,
                 term_hash_writer_add(&check->hash, field->id, cursor->term, cursor->term_length, &entry, &error), &error);
}

/* ---------------------------------------------------------------- one field */

static void walk_field(struct term_check *check, const struct meta_field *field, const uint8_t *codes,
                       const struct field_counts *counts)
{
    struct trawl_error error = {0};
    const struct segment *segment = check->segment;
    const uint8_t nothing[1] = {0};
    check->before_length = 0;
    int status = terms_seek(&check->cursor, &segment->terms, field, nothing, 0, &error);
    while (!status && !check_must_stop(check->check)) {
        status = terms_next(&check->cursor, &error);
        if (status)
            break;
        if (check->cursor.in_block == 1)
            check_block_start(check);
        check_block_end(check);
        check_order(check);
        check_places(check);
        check->tokens += check->cursor.entry.cf;
        floors_builder_start(check->floors, floors_average(field->decoded_lengths, field->documents));
        check_postings(check->check, segment, &check->cursor, codes, counts, check->floors);
        add_to_hash(check, field);
    }
    if (status < 0)
        check_status(check->check, status, &error);
}

/* The length codes that the field's postings were bounded by: word pairs are bounded by those of the default field. */
static int field_codes(uint8_t *codes, const struct segment *segment, uint32_t field)
{
    const struct lengths_field *stored = lengths_find(&segment->lengths, field == FIELD_PAIRS ? FIELD_DEFAULT : field);
    memset(codes, 0, segment->documents);
    return stored ? lengths_expand(codes, stored, segment->documents) : 0;
}

static void check_field(struct term_check *check, const struct meta_field *field, uint8_t *codes,
                        const struct field_counts *counts)
{
    const struct segment *segment = check->segment;
    const uint8_t *meta = container_section(&segment->container, SECTION_ID('M', 'E', 'T', 'A')).bytes;
    if (field->id == FIELD_BODY || (field->id >= check->check->manifest->field_count && field->id != FIELD_PAIRS))
        found(check, "META", meta, "a field has a number that the manifest does not know");
    if (field_codes(codes, segment, field->id))
        found(check, "LENS", container_section(&segment->container, LENGTHS_SECTION).bytes,
              "documents with a length are out of order");
    memset(counts->tokens, 0, segment->documents * sizeof *counts->tokens);
    memset(counts->ends, 0, segment->documents * sizeof *counts->ends);
    check->tokens = 0;
    walk_field(check, field, codes, counts);
    if (check_must_stop(check->check))
        return;
    if (check->tokens != field->tokens)
        found(check, "META", meta, "a field's terms do not occur as often as it says");
    if (field->id == FIELD_PAIRS)
        return;
    check_lengths(check->check, segment, field, codes, counts);
    if (segment->has_positions && !check_must_stop(check->check))
        check_ends(check->check, segment, field, codes, counts);
}

/* -------------------------------------------------------------- all of them */

/* Fields' blocks follow each other, and blocks fill the section. */
static void check_index_of_blocks(struct term_check *check)
{
    const struct segment *segment = check->segment;
    const struct terms *terms = &segment->terms;
    const uint8_t *section = container_section(&segment->container, SECTION_ID('T', 'I', 'D', 'X')).bytes;
    uint32_t next = 0;
    for (uint32_t i = 0; i < segment->meta.field_count; i++) {
        const struct meta_field *field = &segment->meta.fields[i];
        if (field->blocks && field->first_block != next)
            found(check, "TIDX", section, "the blocks of fields do not follow each other");
        next = field->blocks ? field->first_block + field->blocks : next;
    }
    if (next != terms->index.blocks || term_index_offset(&terms->index, 0) != 0 ||
        term_index_offset(&terms->index, next) != terms->blocks.length)
        found(check, "TIDX", section, "the blocks of terms do not fill their section");
}

/* Byte by byte what a writer makes of these terms. */
static void check_hash(struct term_check *check)
{
    const struct span section = container_section(&check->segment->container, SECTION_ID('T', 'H', 'S', 'H'));
    struct trawl_error error = {0};
    struct buffer made;
    size_t at = 0;
    buffer_init(&made);
    if (section.bytes && !check_status(check->check, term_hash_writer_append(&made, &check->hash, &error), &error)) {
        while (at < made.length && at < section.length && made.bytes[at] == section.bytes[at])
            at++;
        if (at < made.length || at < section.length)
            found(check, "THSH", section.bytes + at, "the hash of terms is not that of the terms");
    }
    buffer_release(&made);
}

static void check_all_terms(struct term_check *terms, const struct field_counts *counts)
{
    struct check *check = terms->check;
    const struct segment *segment = terms->segment;
    struct trawl_error error = {0};
    uint8_t *codes = memory_alloc_array(segment->documents, 1);
    if (!codes)
        check_status(check, error_memory(&error), &error);
    check_index_of_blocks(terms);
    for (uint32_t i = 0; codes && i < segment->meta.field_count && !check_must_stop(check); i++)
        check_field(terms, &segment->meta.fields[i], codes, counts);
    if (codes && !check_must_stop(check) && !field_codes(codes, segment, FIELD_DEFAULT))
        check_pairs(check, segment, codes);
    memory_free(codes);
    if (check_must_stop(check))
        return;
    if (terms->postings_end != segment->postings.length)
        found(terms, "POST", segment->postings.bytes, "it is longer than the lists of all terms");
    if (terms->positions_end != segment->positions.length)
        found(terms, "POSN", segment->positions.bytes, "it is longer than the positions of all terms");
    check_hash(terms);
}

void check_terms(struct check *check, const struct segment *segment, const struct field_counts *counts)
{
    struct term_check terms = {.check = check, .segment = segment};
    struct trawl_error error = {0};
    if (floors_builder_new(&terms.floors)) {
        check_status(check, error_memory(&error), &error);
        return;
    }
    term_hash_writer_init(&terms.hash, segment->terms.hash.least_df, segment->terms.has_positions);
    check_all_terms(&terms, counts);
    term_hash_writer_release(&terms.hash);
    floors_builder_free(terms.floors);
}
