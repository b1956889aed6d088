/* What is kept per document: lengths, ends, parts, order. */
#include "index/read/check_findings.h"

#include "index/codec/bits.h"
#include "src/util/bitset.h"
#include "src/util/memory.h"

static const uint8_t *section(const struct segment *segment, uint32_t id)
{
    const struct span span = container_section(&segment->container, id);
    return span.bytes ? span.bytes : segment->container.map.bytes;
}

/* -------------------------------------------------------------------- lengths */

void check_lengths(struct check *check, const struct segment *segment, const struct meta_field *field,
                   const uint8_t *codes, const struct field_counts *counts)
{
    const uint8_t *lens = section(segment, LENGTHS_SECTION);
    uint64_t documents = 0, decoded_lengths = 0;
    for (uint32_t i = 0; i < segment->documents; i++) {
        documents += codes[i] != 0;
        decoded_lengths += length_decode(codes[i]);
        if (codes[i] == length_encode(counts->tokens[i]))
            continue;
        check_found(check, segment, "LENS", lens, "document %u, field %u: the length code is %u, of %u tokens", (unsigned)i,
                    (unsigned)field->id, (unsigned)codes[i], (unsigned)counts->tokens[i]);
        if (check_must_stop(check))
            return;
    }
    if (documents != field->documents || decoded_lengths != field->decoded_lengths)
        check_found(check, segment, "META", section(segment, SECTION_ID('M', 'E', 'T', 'A')),
                    "field %u: documents or lengths do not add up to what it says", (unsigned)field->id);
}

static void check_length_fields(struct check *check, const struct segment *segment)
{
    for (uint32_t i = 0; i < segment->lengths.field_count; i++)
        if (!meta_find_field(&segment->meta, segment->lengths.fields[i].id))
            check_found(check, segment, "LENS", section(segment, LENGTHS_SECTION),
                        "field %u has lengths, but does not stand in META", (unsigned)segment->lengths.fields[i].id);
    for (uint32_t i = 0; i < segment->ends.field_count; i++)
        if (!lengths_find(&segment->lengths, segment->ends.fields[i].id))
            check_found(check, segment, "ENDS", section(segment, ENDS_SECTION), "field %u has ends, but no lengths",
                        (unsigned)segment->ends.fields[i].id);
}

/* ----------------------------------------------------------------------- ends */

/* Each is that of the last position; unless all stand there, only those that the length does not say. */
static void compare_ends(struct check *check, const struct segment *segment, const struct meta_field *field,
                         const uint8_t *codes, const uint8_t *ends, const struct field_counts *counts)
{
    const struct lengths_field *stored = lengths_find(&segment->ends, field->id);
    const int has_all = stored && lengths_are_dense(stored);
    for (uint32_t i = 0; i < segment->documents && !check_must_stop(check); i++) {
        const uint8_t code = length_encode(counts->ends[i]);
        if (ends[i] != (code == codes[i] && !has_all ? 0 : code))
            check_found(check, segment, "ENDS", section(segment, ENDS_SECTION),
                        "document %u, field %u: the code of its end is %u, of positions up to %u and the length code %u",
                        (unsigned)i, (unsigned)field->id, (unsigned)ends[i], (unsigned)counts->ends[i], (unsigned)codes[i]);
    }
}

void check_ends(struct check *check, const struct segment *segment, const struct meta_field *field, const uint8_t *codes,
                const struct field_counts *counts)
{
    struct trawl_error error = {0};
    const struct lengths_field *stored = lengths_find(&segment->ends, field->id);
    uint8_t *ends = memory_alloc_zero(segment->documents, 1);
    if (!ends)
        check_status(check, error_memory(&error), &error);
    else if (stored && lengths_expand(ends, stored, segment->documents))
        check_found(check, segment, "ENDS", section(segment, ENDS_SECTION), "documents with an end are out of order");
    else
        compare_ends(check, segment, field, codes, ends, counts);
    memory_free(ends);
}

/* ---------------------------------------------------------------------- parts */

static void check_parts_of(struct check *check, const struct segment *segment, const struct part *parts, size_t count,
                           const uint8_t *at)
{
    for (size_t i = 0; i < count; i++) {
        if (parts[i].field == FIELD_DEFAULT || parts[i].field >= check->manifest->field_count) {
            check_found(check, segment, "FLDS", at, "a part is of field %u, which cannot be", (unsigned)parts[i].field);
            return;
        }
        if (i > 0 && parts[i].start - parts[i - 1].start <= FIELD_GAP) {
            check_found(check, segment, "FLDS", at, "a part has no token");
            return;
        }
    }
}

static void check_parts(struct check *check, const struct segment *segment)
{
    enum { LOOKED_AT = 64 };
    struct parts_cursor cursor;
    struct part parts[LOOKED_AT];
    struct trawl_error error = {0};
    if (!segment->parts.section.bytes)
        return;
    parts_start(&cursor, &segment->parts);
    const uint8_t *before = NULL; /* where the records that one offset finds end */
    for (uint32_t i = 0; i < segment->documents && !check_must_stop(check); i++) {
        size_t count;
        if (check_status(check, parts_next(parts, LOOKED_AT, &count, &cursor, &error), &error))
            return;
        check_parts_of(check, segment, parts, count < LOOKED_AT ? count : LOOKED_AT, cursor.at);
        const int ends = cursor.ordinal % PARTS_PER_OFFSET == 0 || cursor.ordinal == segment->documents;
        if (ends && cursor.at != cursor.end)
            check_found(check, segment, "FLDS", cursor.at, "records of parts go on behind the last");
        before = cursor.end;
    }
    if (before && before != segment->parts.section.bytes + segment->parts.section.length)
        check_found(check, segment, "FLDS", before, "it is longer than its records");
}

/* ---------------------------------------------------------------------- order */

static void check_permutation(struct check *check, const struct segment *segment)
{
    const struct order *order = &segment->order;
    struct trawl_error error = {0};
    if (!order->ordinals)
        return;
    uint64_t *seen = memory_alloc_zero(bitset_words(segment->documents), sizeof *seen);
    if (!seen) {
        check_status(check, error_memory(&error), &error);
        return;
    }
    for (uint32_t i = 0; i < segment->documents; i++) {
        const uint64_t ordinal = bits_get(order->ordinals, i, order->ordinal_width);
        if (ordinal < segment->documents && !bitset_test(seen, (size_t)ordinal)) {
            bitset_set(seen, (size_t)ordinal);
            continue;
        }
        check_found(check, segment, "ORDR", order->ordinals, "document %u has an ordinal that is taken or too large",
                    (unsigned)i);
        break;
    }
    memory_free(seen);
}

static void check_insertions(struct check *check, const struct segment *segment)
{
    const struct order *order = &segment->order;
    const uint8_t *at = order->extra ? order->extra : section(segment, SECTION_ID('M', 'E', 'T', 'A'));
    uint64_t next = segment->meta.base;
    for (uint32_t i = 0; i < segment->documents; i++) {
        const uint64_t insertion = order_insertion(order, i);
        if (insertion < next || insertion >= check->manifest->next_insertion) {
            check_found(check, segment, order->extra ? "INSR" : "META", at,
                        "ordinal %u has an insertion number out of order or not given yet", (unsigned)i);
            return;
        }
        next = insertion + 1;
    }
}

void check_columns(struct check *check, const struct segment *segment)
{
    check_length_fields(check, segment);
    check_parts(check, segment);
    check_permutation(check, segment);
    check_insertions(check, segment);
}
