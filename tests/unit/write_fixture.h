/* Documents made from a number, written into indexes in chosen ways, and the
 * reading of an index back against what was written. */
#ifndef TRAWL_TESTS_WRITE_FIXTURE_H
#define TRAWL_TESTS_WRITE_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/format/lengths.h"
#include "index/read/check.h"
#include "index/read/postings_cursor.h"
#include "index/read/snapshot.h"
#include "index/write/index_writer.h"
#include "src/util/memory.h"
#include "tests/unit/tap.h"

enum { FIXTURE_TITLE = 2, FIXTURE_MOST_TITLE = 5, FIXTURE_MOST_BODY = 300, FIXTURE_WORDS = 400 };

/* What document number `content` says: always the same. */
struct fixture_document {
    uint64_t content;
    uint32_t title[FIXTURE_MOST_TITLE], body[FIXTURE_MOST_BODY]; /* numbers of words */
    uint32_t title_count, body_count;
};

static inline void fixture_make(struct fixture_document *document, uint64_t content)
{
    struct tap_random random = {.state = content * 7 + 1};
    document->content = content;
    document->title_count = (uint32_t)tap_random_below(&random, FIXTURE_MOST_TITLE + 1);
    const uint32_t most = tap_random_below(&random, 20) ? 30 : FIXTURE_MOST_BODY;
    document->body_count = tap_random_below(&random, 10) ? (uint32_t)tap_random_below(&random, most + 1) : 0;
    for (uint32_t i = 0; i < document->title_count + document->body_count; i++) {
        const uint32_t word = (uint32_t)tap_random_below(&random, 1 + tap_random_below(&random, FIXTURE_WORDS));
        if (i < document->title_count)
            document->title[i] = word;
        else
            document->body[i - document->title_count] = word;
    }
}

/* -> the length of the word's spelling */
static inline size_t fixture_spell(char out[64], uint32_t word)
{
    return (size_t)snprintf(out, 64, "%s%u", word % 3 ? "w" : "the-same-long-beginning-of-", (unsigned)word);
}

static inline size_t fixture_id(char out[32], uint64_t number)
{
    return (size_t)snprintf(out, 32, "doc-%llu", (unsigned long long)number);
}

/* Where the words of a document stand in the default field. */
static inline size_t fixture_parts(struct part parts[2], const struct fixture_document *document)
{
    size_t count = 0;
    if (document->title_count)
        parts[count++] = (struct part){FIXTURE_TITLE, 0};
    if (document->body_count)
        parts[count++] = (struct part){FIELD_BODY, document->title_count ? document->title_count + FIELD_GAP : 0};
    return count;
}

static inline size_t fixture_lengths(struct field_length lengths[2], const struct fixture_document *document)
{
    size_t count = 0;
    if (document->title_count + document->body_count)
        lengths[count++] = (struct field_length){
            .field = FIELD_DEFAULT,
            .tokens = document->title_count + document->body_count,
            .end = document->body_count && document->title_count ? document->title_count + FIELD_GAP + document->body_count : 0};
    if (document->title_count)
        lengths[count++] = (struct field_length){.field = FIXTURE_TITLE, .tokens = document->title_count};
    return count;
}

/* A stored record: the number of the content, and some bytes to fill blocks. */
static inline int fixture_record(struct buffer *out, const struct fixture_document *document)
{
    char text[2100];
    const size_t filler = document->content % 5 ? 100 : 2000;
    int length = snprintf(text, sizeof text, "%llu:", (unsigned long long)document->content);
    memset(text + length, 'x', filler);
    const struct stored_field field = {.name = (const uint8_t *)"body",
                                       .name_length = 4,
                                       .value = (const uint8_t *)text,
                                       .value_length = (uint32_t)((size_t)length + filler)};
    return stored_encode(out, &field, 1);
}

/* ------------------------------------------------------------------- writing */

static inline struct index_writer *fixture_open(const char *folder, int has_positions, int store)
{
    struct index_writer *writer;
    struct trawl_error error = {0};
    REQUIRE_OK(index_writer_open(&writer, folder, 1, 0, 0, &error), &error);
    if (index_writer_manifest(writer)->generation == 0) {
        const struct index_settings settings = {"english", "words", has_positions, store, 1};
        REQUIRE_OK(index_writer_set_settings(writer, &settings, &error), &error);
        REQUIRE_INT(manifest_add_field(index_writer_manifest(writer), "title", 5), FIXTURE_TITLE);
    }
    return writer;
}

/* A load under way. */
struct fixture_load {
    struct index_writer *writer;
    struct segment_writer *segment;
    struct inverter *inverters[4];
    size_t inverter_count;
    struct stored_packer packer;
    uint32_t added;
    uint64_t text_bytes; /* to report */
};

static inline int fixture_begin(struct fixture_load *load, struct index_writer *writer, size_t inverters,
                                struct trawl_error *error)
{
    *load = (struct fixture_load){.writer = writer, .text_bytes = 1000};
    load->segment = index_writer_begin_load(writer, error);
    int status = load->segment ? stored_packer_init(&load->packer, error) : error->code;
    for (; load->inverter_count < inverters && !status; load->inverter_count++)
        status = inverter_new(&load->inverters[load->inverter_count], index_writer_manifest(writer)->has_positions,
                              error);
    return status;
}

static inline void fixture_end_load(struct fixture_load *load)
{
    for (size_t i = 0; i < load->inverter_count; i++)
        inverter_free(load->inverters[i]);
    if (load->segment)
        stored_packer_release(&load->packer);
}

static inline int fixture_invert(struct inverter *inverter, uint32_t field, uint32_t ordinal, const uint32_t *words,
                                 uint32_t count, uint32_t first)
{
    for (uint32_t i = 0; i < count; i++) {
        char term[64];
        const size_t length = fixture_spell(term, words[i]);
        const int64_t handle = inverter_term(inverter, field, (const uint8_t *)term, length);
        if (handle < 0 || inverter_add(inverter, (uint32_t)handle, ordinal, first + i))
            return TRAWL_ERROR_MEMORY;
    }
    return 0;
}

static inline int fixture_store(struct fixture_load *load, const struct fixture_document *document,
                                struct trawl_error *error)
{
    struct buffer record;
    buffer_init(&record);
    int status = fixture_record(&record, document) ? error_memory(error) : 0;
    if (!status)
        status = stored_packer_add(&load->packer, record.bytes, record.length, error);
    buffer_release(&record);
    return status;
}

static inline int fixture_flush(struct fixture_load *load, struct trawl_error *error)
{
    int status = stored_packer_flush(&load->packer, error);
    if (!status)
        status = segment_writer_add_stored(load->segment, &load->packer, error);
    stored_packer_reset(&load->packer);
    return status;
}

/* The columns of a document, without postings and record. */
static inline int fixture_add_columns(struct fixture_load *load, uint64_t id, uint64_t content,
                                      struct trawl_error *error)
{
    struct fixture_document document;
    struct part parts[2];
    struct field_length lengths[2];
    char name[32];
    fixture_make(&document, content);
    const size_t name_length = fixture_id(name, id), part_count = fixture_parts(parts, &document);
    return segment_writer_add_document(load->segment, (const uint8_t *)name, name_length, parts, part_count, lengths,
                                       fixture_lengths(lengths, &document), NULL, error);
}

static inline int fixture_invert_document(struct inverter *inverter, uint32_t ordinal, uint64_t content)
{
    struct fixture_document document;
    struct part parts[2];
    fixture_make(&document, content);
    const size_t count = fixture_parts(parts, &document);
    const uint32_t start = count ? parts[count - 1].start : 0;
    if (fixture_invert(inverter, FIELD_DEFAULT, ordinal, document.title, document.title_count, 0) ||
        fixture_invert(inverter, FIELD_DEFAULT, ordinal, document.body, document.body_count, start) ||
        fixture_invert(inverter, FIXTURE_TITLE, ordinal, document.title, document.title_count, 0))
        return TRAWL_ERROR_MEMORY;
    return 0;
}

/* Adds a document, its postings to inverter number `inverter`. Stored blocks
 * are closed every 16 documents, as batches would. */
static inline int fixture_add_document(struct fixture_load *load, size_t inverter, uint64_t id, uint64_t content,
                                       struct trawl_error *error)
{
    struct fixture_document document;
    const uint32_t ordinal = segment_writer_documents(load->segment);
    fixture_make(&document, content);
    int status = fixture_add_columns(load, id, content, error);
    if (!status && fixture_invert_document(load->inverters[inverter], ordinal, content))
        status = error_memory(error);
    if (!status)
        status = fixture_store(load, &document, error);
    if (!status && ++load->added % 16 == 0)
        status = fixture_flush(load, error);
    return status;
}

static inline int fixture_finish(struct fixture_load *load, uint64_t *replaced, struct trawl_error *error)
{
    int status = fixture_flush(load, error);
    if (!status)
        status = index_writer_end_load(load->writer, load->inverters, load->inverter_count, load->text_bytes, replaced,
                                       NULL, NULL, error);
    fixture_end_load(load);
    return status;
}

/* One load of documents first, first + 1, ...; ids and contents are the numbers. */
static inline void fixture_load_range(struct index_writer *writer, uint64_t first, uint64_t count)
{
    struct trawl_error error = {0};
    struct fixture_load load;
    REQUIRE_OK(fixture_begin(&load, writer, 1, &error), &error);
    for (uint64_t i = 0; i < count; i++)
        REQUIRE_OK(fixture_add_document(&load, 0, first + i, first + i, &error), &error);
    REQUIRE_OK(fixture_finish(&load, NULL, &error), &error);
}

static inline void fixture_commit_and_close(struct index_writer *writer)
{
    struct trawl_error error = {0};
    REQUIRE_OK(index_writer_commit(writer, &error), &error);
    index_writer_close(writer);
}

/* ------------------------------------------------------------------- reading */

/* A document that an index should hold. */
struct fixture_expected {
    uint64_t id, content;
};

static inline void fixture_check_stored(const struct segment *segment, uint32_t ordinal,
                                        const struct fixture_document *document)
{
    struct trawl_error error = {0};
    struct stored_unpacked unpacked = {0};
    struct buffer expected;
    struct span record;
    if (!segment->stored.data.bytes)
        return;
    buffer_init(&expected);
    REQUIRE_INT(fixture_record(&expected, document), 0);
    REQUIRE_OK(stored_get(&record, &unpacked, &segment->stored, ordinal, &error), &error);
    CHECK_BYTES(record.bytes, record.length, expected.bytes, expected.length);
    buffer_release(&expected);
    buffer_release(&unpacked.bytes);
}

/* The length codes of a field, by document; to be freed. */
static inline uint8_t *fixture_codes(const struct segment *segment, uint32_t field)
{
    const struct lengths_field *column = lengths_find(&segment->lengths, field);
    uint8_t *codes = calloc(segment->documents + 1, 1);
    REQUIRE(codes != NULL);
    if (column)
        REQUIRE_INT(lengths_expand(codes, column, segment->documents), 0);
    return codes;
}

static inline void fixture_check_columns(const struct segment *segment, uint32_t document,
                                         const struct fixture_document *made)
{
    struct trawl_error error = {0};
    struct part parts[2], found[4];
    size_t count;
    const uint32_t ordinal = segment_ordinal(segment, document);
    REQUIRE_OK(parts_get(found, 4, &count, &segment->parts, ordinal, &error), &error);
    REQUIRE_UINT(count, fixture_parts(parts, made));
    for (size_t i = 0; i < count; i++)
        CHECK(found[i].field == parts[i].field && found[i].start == parts[i].start);
    fixture_check_stored(segment, ordinal, made);
}

/* Is the word at that position of the field? */
static inline int fixture_is_at(const struct fixture_document *made, uint32_t field, const char *term, size_t length,
                                uint32_t position)
{
    char word[64];
    uint32_t number;
    const uint32_t start = made->title_count ? made->title_count + FIELD_GAP : 0;
    if (position < made->title_count)
        number = made->title[position];
    else if (field == FIELD_DEFAULT && position >= start && position - start < made->body_count)
        number = made->body[position - start];
    else
        return 0;
    return fixture_spell(word, number) == length && memcmp(word, term, length) == 0;
}

/* Every posting of a live document is held against what the document says.
 * -> their occurrences */
static inline uint64_t fixture_check_list(const struct segment *segment, const struct fixture_document *made,
                                          uint32_t field, const struct terms_cursor *term)
{
    struct trawl_error error = {0};
    struct postings_cursor cursor;
    struct arena arena;
    uint64_t sum = 0;
    arena_init(&arena);
    REQUIRE_OK(postings_cursor_open(&cursor, segment, &term->entry, &arena, &error), &error);
    while (!cursor.at_end) {
        REQUIRE_OK(postings_cursor_frequencies(&cursor, &error), &error);
        for (uint32_t i = 0; i < cursor.count; i++) {
            const uint32_t *positions, document = cursor.documents[i];
            uint32_t count;
            if (!segment_is_live(segment, document))
                continue;
            sum += cursor.frequencies[i];
            if (!segment->has_positions)
                continue;
            REQUIRE_OK(postings_cursor_positions(&cursor, i, &positions, &count, &error), &error);
            for (uint32_t p = 0; p < count; p++)
                REQUIRE_THAT(fixture_is_at(&made[document], field, (const char *)term->term, term->term_length,
                                           positions[p]),
                             "%.*s does not stand at %u of content %llu", (int)term->term_length, (const char *)term->term,
                             (unsigned)positions[p], (unsigned long long)made[document].content);
        }
        REQUIRE_OK(postings_cursor_next(&cursor, &error), &error);
    }
    arena_release(&arena);
    return sum;
}

static inline uint64_t fixture_check_postings(const struct segment *segment, const struct fixture_document *made)
{
    struct trawl_error error = {0};
    uint64_t sum = 0;
    for (uint32_t i = 0; i < segment->meta.field_count; i++) {
        struct terms_cursor cursor;
        if (segment->meta.fields[i].id == FIELD_PAIRS) /* in no document: positions are their model (check_pairs.c) */
            break;
        REQUIRE_OK(terms_seek(&cursor, &segment->terms, &segment->meta.fields[i], (const uint8_t *)"", 0, &error),
                   &error);
        while (terms_next(&cursor, &error) == 0)
            sum += fixture_check_list(segment, made, segment->meta.fields[i].id, &cursor);
        REQUIRE_INT(error.code, 0);
    }
    return sum;
}

static inline void fixture_check_lengths(const struct segment *segment, const struct fixture_document *made)
{
    uint8_t *all = fixture_codes(segment, FIELD_DEFAULT), *titles = fixture_codes(segment, FIXTURE_TITLE);
    for (uint32_t i = 0; i < segment->documents; i++) {
        if (!segment_is_live(segment, i))
            continue;
        CHECK_UINT(all[i], length_encode(made[i].title_count + made[i].body_count));
        CHECK_UINT(titles[i], length_encode(made[i].title_count));
    }
    free(all);
    free(titles);
}

/* The live documents of a segment are the next ones expected. -> how many */
static inline size_t fixture_check_segment(const struct segment *segment, const struct fixture_expected *expected,
                                           size_t count, uint64_t *next_insertion)
{
    struct trawl_error error = {0};
    size_t live = 0;
    uint64_t occurrences = 0;
    struct fixture_document *made = calloc(segment->documents, sizeof *made);
    REQUIRE(made != NULL);
    for (uint32_t ordinal = 0; ordinal < segment->documents; ordinal++) {
        char name[32];
        uint8_t id[ID_MAX_BYTES];
        size_t length;
        uint32_t document;
        REQUIRE_OK(segment_document(&document, segment, ordinal, &error), &error);
        if (!segment_is_live(segment, document))
            continue;
        REQUIRE_OK(ids_get(id, &length, &segment->ids, ordinal, &error), &error);
        REQUIRE(live < count);
        CHECK_BYTES(id, length, name, fixture_id(name, expected[live].id));
        CHECK(order_insertion(&segment->order, ordinal) >= *next_insertion);
        *next_insertion = order_insertion(&segment->order, ordinal) + 1;
        fixture_make(&made[document], expected[live].content);
        fixture_check_columns(segment, document, &made[document]);
        occurrences += made[document].body_count + 2 * made[document].title_count;
        live++;
    }
    fixture_check_lengths(segment, made);
    CHECK_UINT(fixture_check_postings(segment, made), occurrences);
    free(made);
    return live;
}

static inline void fixture_report(void *context, const struct trawl_error *error)
{
    (void)context;
    tap_check(0, TAP_HERE(0), "damage in %s at %llu: %s", error->file, (unsigned long long)error->offset,
              error->message);
}

/* The committed index is sound and holds just these documents, in this order. */
static inline void fixture_check_index(const char *folder, const struct fixture_expected *expected, size_t count)
{
    struct trawl_error error = {0};
    struct snapshot *snapshot;
    uint64_t next_insertion = 0;
    size_t seen = 0;
    REQUIRE_OK(check_index(folder, fixture_report, NULL, &error), &error);
    REQUIRE_OK(snapshot_open(&snapshot, folder, &error), &error);
    CHECK_UINT(snapshot->live, count);
    for (size_t i = 0; i < snapshot->segment_count; i++)
        seen += fixture_check_segment(snapshot->segments[i], expected + seen, count - seen, &next_insertion);
    CHECK_UINT(seen, count);
    CHECK(next_insertion <= snapshot->manifest.next_insertion);
    snapshot_release(snapshot);
}

/* Documents first, first + 1, ... with contents as numbered. */
static inline void fixture_check_range(const char *folder, uint64_t first, size_t count)
{
    struct fixture_expected *expected = calloc(count + 1, sizeof *expected);
    REQUIRE(expected != NULL);
    for (size_t i = 0; i < count; i++)
        expected[i] = (struct fixture_expected){first + i, first + i};
    fixture_check_index(folder, expected, count);
    free(expected);
}

#endif
