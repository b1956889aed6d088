#include "tests/unit/segment_walk.h"

#include <stdio.h>
#include <stdlib.h>

#include "index/codec/crc32c.h"
#include "index/read/postings_cursor.h"
#include "src/util/bytes.h"
#include "tests/unit/tap.h"

enum { HEADER = 16, FOOTER = 32, ENTRY = 32, LOOK_UPS = 64 };

static void promise(int holds, const char *what)
{
    if (holds)
        return;
    printf("Bail out! broken promise: %s\n", what);
    fflush(stdout);
    abort();
}

static size_t damage(int status)
{
    promise(status <= 1 && status != TRAWL_ERROR_IO, "no other errors than damage");
    return status < 0;
}

/* -------------------------------------------------------------------- postings */

static void check_documents(const struct postings_cursor *cursor)
{
    promise(cursor->count >= 1 && cursor->count <= RUN_LENGTH, "1 to 128 documents");
    promise(cursor->documents[0] >= cursor->first_possible, "documents lie behind the block before");
    for (uint32_t i = 1; i < cursor->count; i++)
        promise(cursor->documents[i] > cursor->documents[i - 1], "documents ascend");
    promise(cursor->documents[cursor->count - 1] == cursor->last, "the last document is the last");
    promise(cursor->last < cursor->segment->documents, "documents are of the segment");
    for (uint32_t i = 0; i < cursor->count; i++)
        promise(cursor->frequencies[i] > 0, "frequencies are positive");
}

static size_t walk_positions(struct postings_cursor *cursor)
{
    for (uint32_t i = 0; i < cursor->count; i++) {
        const uint32_t *positions;
        uint32_t count;
        const int status = postings_cursor_positions(cursor, i, &positions, &count, NULL);
        if (status)
            return damage(status);
        promise(count == cursor->frequencies[i], "as many positions as occurrences");
        for (uint32_t p = 1; p < count; p++)
            promise(positions[p] > positions[p - 1], "positions ascend");
    }
    return 0;
}

static size_t walk_block(struct postings_cursor *cursor)
{
    const uint8_t *words, *bounds;
    uint32_t first, last, sum = 0;
    if (postings_cursor_bitset(cursor, &words, &first)) {
        promise(first <= cursor->first_possible, "the block's documents are among the bits");
        for (uint32_t at = cursor->first_possible; at <= cursor->last; at++)
            sum += words[(at - first) / 8] >> (at - first) % 8 & 1;
    }
    if (postings_cursor_group(cursor, &bounds, &last))
        sum += bounds[0];
    const int status = postings_cursor_frequencies(cursor, NULL);
    if (status)
        return damage(status) + (sum > UINT32_MAX - 1);
    check_documents(cursor);
    return cursor->segment->has_positions ? walk_positions(cursor) : 0;
}

static size_t walk_list(const struct segment *segment, const struct term_entry *entry)
{
    struct postings_cursor cursor;
    struct arena arena;
    size_t damaged = 0;
    arena_init(&arena);
    int status = postings_cursor_open(&cursor, segment, entry, &arena, NULL);
    while (!status && !cursor.at_end) {
        damaged += walk_block(&cursor);
        status = cursor.block % 3 == 2 ? postings_cursor_seek(&cursor, cursor.last + 200, NULL)
                                       : postings_cursor_next(&cursor, NULL);
    }
    arena_release(&arena);
    return damaged + damage(status);
}

/* ----------------------------------------------------------------------- terms */

static size_t walk_field(const struct segment *segment, const struct meta_field *field)
{
    struct terms_cursor cursor;
    struct term_entry entry;
    size_t damaged = 0;
    int status = terms_seek(&cursor, &segment->terms, field, (const uint8_t *)"", 0, NULL);
    for (uint32_t number = 0; !status && !(status = terms_next(&cursor, NULL)); number++) {
        promise(cursor.entry.df >= 1 && cursor.entry.df <= segment->documents, "df is at most the documents");
        damaged += walk_list(segment, &cursor.entry);
        if (number < LOOK_UPS)
            damaged += damage(terms_find(&entry, &segment->terms, field, cursor.term, cursor.term_length, NULL));
    }
    damaged += damage(terms_seek(&cursor, &segment->terms, field, (const uint8_t *)"m", 1, NULL));
    return damaged + damage(status);
}

/* --------------------------------------------------------------------- columns */

static size_t walk_ids(const struct segment *segment, uint32_t ordinal)
{
    uint8_t id[ID_MAX_BYTES];
    size_t length;
    uint32_t document = 0;
    const int status = ids_get(id, &length, &segment->ids, ordinal, NULL);
    if (status || ordinal >= LOOK_UPS)
        return damage(status);
    const int found = segment_find_id(&document, segment, id, length, NULL);
    promise(found || document < segment->documents, "found documents are of the segment");
    return damage(found);
}

static size_t walk_record(const struct segment *segment, struct stored_unpacked *unpacked, uint32_t ordinal)
{
    struct span record;
    struct stored_field field;
    size_t at = 0;
    int status = stored_get(&record, unpacked, &segment->stored, ordinal, NULL);
    while (!status)
        status = stored_next_field(&field, record, &at);
    return damage(status);
}

static size_t walk_columns(const struct segment *segment)
{
    struct stored_unpacked unpacked = {0};
    struct parts_cursor cursor;
    struct part parts[4];
    size_t damaged = 0, count;
    parts_start(&cursor, &segment->parts);
    for (uint32_t i = 0; i < segment->documents; i++) {
        promise(segment_ordinal(segment, i) < segment->documents, "ordinals are below the documents");
        order_insertion(&segment->order, i);
        damaged += walk_ids(segment, i);
        damaged += damage(parts_get(parts, 4, &count, &segment->parts, i, NULL));
        damaged += damage(parts_next(parts, 4, &count, &cursor, NULL));
        if (segment->stored.index.bytes)
            damaged += walk_record(segment, &unpacked, i);
    }
    buffer_release(&unpacked.bytes);
    return damaged;
}

size_t segment_walk(const struct segment *segment)
{
    size_t damaged = walk_columns(segment);
    for (uint32_t i = 0; i < segment->meta.field_count; i++)
        damaged += walk_field(segment, &segment->meta.fields[i]);
    return damaged;
}

size_t snapshot_walk(struct snapshot *snapshot)
{
    struct field_statistics field_statistics;
    struct term_statistics term_statistics;
    const uint8_t *codes;
    size_t damaged = 0;
    for (size_t i = 0; i < snapshot->segment_count; i++)
        damaged += segment_walk(snapshot->segments[i]);
    for (uint32_t field = 0; field < snapshot->manifest.field_count; field++) {
        damaged += damage(snapshot_field_statistics(&field_statistics, snapshot, field, NULL));
        damaged += damage(snapshot_term_statistics(&term_statistics, snapshot, field, (const uint8_t *)"all", 3, NULL));
        for (size_t i = 0; i < snapshot->segment_count; i++)
            damaged += damage(snapshot_length_codes(&codes, snapshot, i, field, NULL));
    }
    return damaged;
}

/* ------------------------------------------------------------------- checksums */

uint32_t fix_checksums(uint8_t *bytes, size_t length)
{
    if (length < HEADER + FOOTER)
        return 0;
    store_u32(bytes + 12, crc32c(0, bytes, 12));
    uint8_t *footer = bytes + length - FOOTER;
    const uint64_t toc = load_u64(footer), entries = load_u32(footer + 8);
    if (toc > length - FOOTER || (length - FOOTER - toc) / ENTRY < entries)
        return 0;
    for (uint64_t i = 0; i < entries; i++) {
        uint8_t *entry = bytes + toc + i * ENTRY;
        const uint64_t offset = load_u64(entry + 8), size = load_u64(entry + 16);
        if (offset <= length && size <= length - offset)
            store_u32(entry + 24, crc32c(0, bytes + offset, (size_t)size));
    }
    const uint32_t checksum = crc32c(0, bytes + toc, (size_t)(length - FOOTER - toc));
    store_u32(footer + 12, checksum);
    return checksum;
}
