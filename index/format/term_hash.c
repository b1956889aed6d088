#include "index/format/term_hash.h"

#include <string.h>

#include "index/format/terms.h"
#include "src/util/bytes.h"
#include "src/util/hash.h"

enum { HEAD_BYTES = 8, SLOT_BYTES = sizeof(uint32_t), OFFSET_BITS = 24, TAG_BITS = 8, NUMBERS = 6, WIDTH_BITS = 3, WIDTHS_BYTES = 3 };
enum { FLOORS_SHIFT = NUMBERS * WIDTH_BITS, FLOORS_BITS = 2, LEVEL_BITS = 12, FLOOR_BYTES = 3 };
enum { KEY_BYTES = 2, RECORD_MOST = KEY_BYTES + TERM_MAX_BYTES + WIDTHS_BYTES + NUMBERS * 8 + FLOOR_COUNTS * FLOOR_BYTES };
enum { LEAST_DF = 64, LEAST_SHARE = 2048 };
enum { PENDING_BYTES = 12 };

static const uint32_t section_id = SECTION_ID('T', 'H', 'S', 'H');

/* Half its bits set, without structure: digits of the square root of 2. */
static const uint64_t FACTOR = UINT64_C(0x6A09E667F3BCC909);

/* As FORMAT.md has it: files depend on it, so it is not hash_bytes, which may change. */
static uint64_t hash_term(uint32_t field, const uint8_t *term, size_t length)
{
    uint64_t hash = (uint64_t)field << 8 | length;
    for (; length >= 8; term += 8, length -= 8)
        hash = hash_fold(hash ^ load_u64(term), FACTOR);
    uint64_t rest = 0;
    for (size_t i = 0; i < length; i++)
        rest |= (uint64_t)term[i] << 8 * i;
    return hash_fold(hash ^ rest, FACTOR);
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> (64 - TAG_BITS));
}

/* -------------------------------------------------------------------- reading */

int term_hash_open(struct term_hash *hash, const struct container *container, struct trawl_error *error)
{
    const struct span section = container_section(container, section_id);
    *hash = (struct term_hash){.slots = NULL};
    if (!section.bytes)
        return 0;
    const uint64_t slots = section.length < HEAD_BYTES ? 0 : load_u32(section.bytes);
    if (slots == 0 || (slots & (slots - 1)) || (section.length - HEAD_BYTES) / SLOT_BYTES < slots)
        return error_corrupt(error, container->path, "THSH", (uint64_t)(section.bytes - container->map.bytes),
                             "it does not hold as many terms as it says");
    hash->mask = (uint32_t)slots - 1;
    hash->least_df = load_u32(section.bytes + SLOT_BYTES);
    hash->slots = section.bytes + HEAD_BYTES;
    hash->records.bytes = hash->slots + slots * SLOT_BYTES;
    hash->records.length = section.length - HEAD_BYTES - (size_t)slots * SLOT_BYTES;
    return 0;
}

/* A record's key, if it lies in the section. */
static int is_record_of(const struct term_hash *hash, size_t offset, uint32_t field, const uint8_t *term, size_t length)
{
    const uint8_t *record = hash->records.bytes + offset;
    return offset < hash->records.length && hash->records.length - offset >= KEY_BYTES + length + WIDTHS_BYTES &&
           record[0] == field && record[1] == length && memcmp(record + KEY_BYTES, term, length) == 0;
}

/* The records of terms whose hash may be `key`, one after the other; *step counts the slots looked at, from 0.
 * -> 0, TRAWL_END: there are no more */
static int next_candidate(size_t *offset, uint32_t *step, const struct term_hash *hash, uint64_t key)
{
    while (*step <= hash->mask) {
        const uint32_t slot = load_u32(hash->slots + (size_t)(((uint32_t)key + (*step)++) & hash->mask) * SLOT_BYTES);
        if (!slot)
            break;
        *offset = (slot & ((1U << OFFSET_BITS) - 1)) - 1;
        if (slot >> OFFSET_BITS == tag_of(key))
            return 0;
    }
    return TRAWL_END;
}

static int find_record(size_t *offset, const struct term_hash *hash, uint32_t field, const uint8_t *term, size_t length)
{
    const uint64_t key = hash_term(field, term, length);
    for (uint32_t step = 0; !next_candidate(offset, &step, hash, key);)
        if (is_record_of(hash, *offset, field, term, length))
            return 0;
    return TRAWL_END;
}

static uint32_t load_u24(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16;
}

/* What a record holds behind its key. It may reach as far behind the section as a container allows to read. */
static void read_record(uint64_t *numbers, struct term_floors *floors, const uint8_t *at)
{
    uint32_t widths = load_u24(at);
    const unsigned known = widths >> FLOORS_SHIFT & ((1U << FLOORS_BITS) - 1);
    at += WIDTHS_BYTES;
    for (unsigned i = 0; i < NUMBERS; i++, widths >>= WIDTH_BITS) {
        const unsigned last = widths & ((1U << WIDTH_BITS) - 1); /* byte of the number */
        numbers[i] = load_u64(at) & UINT64_MAX >> 8 * (7 - last);
        at += last + 1;
    }
    for (unsigned count = 0; count < known; count++, at += FLOOR_BYTES) {
        const uint32_t levels = load_u24(at);
        floors->levels[count][0] = levels & (FLOOR_LEVELS - 1);
        floors->levels[count][1] = levels >> LEVEL_BITS & (FLOOR_LEVELS - 1);
    }
}

static int is_extent(uint64_t start, uint64_t length, uint64_t limit)
{
    return start <= limit && length <= limit - start;
}

static int is_sound(const struct term_entry *entry, uint64_t df, const struct terms *terms)
{
    return df >= 2 && df <= terms->documents && entry->cf >= df && entry->postings_length > 0 &&
           is_extent(entry->postings, entry->postings_length, terms->postings_length) &&
           (entry->has_positions ? is_extent(entry->positions, entry->positions_length, terms->positions_length)
                                 : !entry->positions && !entry->positions_length);
}

int term_hash_find(struct term_entry *entry, const struct terms *terms, const struct meta_field *field,
                   const uint8_t *term, size_t length, struct trawl_error *error)
{
    const struct term_hash *hash = &terms->hash;
    uint64_t numbers[NUMBERS];
    struct term_floors floors = {{{0}}};
    size_t offset;
    if (!hash->slots || find_record(&offset, hash, field->id, term, length))
        return TRAWL_END;
    const uint8_t *record = hash->records.bytes + offset;
    read_record(numbers, &floors, record + KEY_BYTES + length);
    *entry = (struct term_entry){.df = (uint32_t)numbers[0],
                                 .has_positions = terms->has_positions,
                                 .cf = numbers[0] + numbers[1],
                                 .postings = numbers[2],
                                 .postings_length = numbers[3],
                                 .positions = numbers[4],
                                 .positions_length = numbers[5],
                                 .field = field->id,
                                 .floors = floors};
    if (is_sound(entry, numbers[0], terms))
        return 0;
    return error_corrupt(error, terms->path, "THSH", (uint64_t)(record - terms->file), "a term cannot be as it says");
}

int term_hash_prefetch(const struct term_hash *hash, const struct meta_field *field, const uint8_t *term, size_t length)
{
    enum { LINE = 64 };
    uint32_t step = 0;
    size_t offset;
    if (!hash->slots || next_candidate(&offset, &step, hash, hash_term(field->id, term, length)))
        return TRAWL_END;
    __builtin_prefetch(hash->records.bytes + offset);
    __builtin_prefetch(hash->records.bytes + offset + LINE);
    return 0;
}

/* -------------------------------------------------------------------- writing */

uint32_t term_hash_least_df(uint32_t documents)
{
    const uint32_t share = documents / LEAST_SHARE;
    return share > LEAST_DF ? share : LEAST_DF;
}

void term_hash_writer_init(struct term_hash_writer *writer, uint32_t least_df, int has_positions)
{
    *writer = (struct term_hash_writer){.least_df = least_df, .has_positions = has_positions};
    buffer_init(&writer->records);
    buffer_init(&writer->hashes);
}

void term_hash_writer_release(struct term_hash_writer *writer)
{
    buffer_release(&writer->records);
    buffer_release(&writer->hashes);
}

static unsigned last_byte(uint64_t number)
{
    unsigned last = 0;
    while (last < 7 && number >> 8 * (last + 1))
        last++;
    return last;
}

static void store_u24(uint8_t *at, uint32_t value)
{
    for (unsigned byte = 0; byte < 3; byte++)
        at[byte] = (uint8_t)(value >> 8 * byte);
}

static uint8_t *put_record(uint8_t *out, const uint64_t *numbers, const struct term_floors *floors)
{
    const unsigned known = floors_known(numbers[0]);
    uint32_t widths = known << FLOORS_SHIFT;
    uint8_t *at = out + WIDTHS_BYTES;
    for (unsigned i = 0; i < NUMBERS; i++) {
        const unsigned last = last_byte(numbers[i]);
        widths |= last << WIDTH_BITS * i;
        for (unsigned byte = 0; byte <= last; byte++)
            *at++ = (uint8_t)(numbers[i] >> 8 * byte);
    }
    store_u24(out, widths);
    for (unsigned count = 0; count < known; count++, at += FLOOR_BYTES)
        store_u24(at, (uint32_t)floors->levels[count][0] | (uint32_t)floors->levels[count][1] << LEVEL_BITS);
    return at;
}

int term_hash_writer_add(struct term_hash_writer *writer, uint32_t field, const uint8_t *term, size_t length,
                         const struct term_entry *entry, struct trawl_error *error)
{
    const size_t offset = writer->records.length;
    if (entry->df < writer->least_df || field == FIELD_PAIRS || offset + 1 >= 1U << OFFSET_BITS)
        return 0;
    uint8_t *record = buffer_reserve(&writer->records, RECORD_MOST);
    if (!record)
        return error_memory(error);
    record[0] = (uint8_t)field;
    record[1] = (uint8_t)length;
    memcpy(record + KEY_BYTES, term, length);
    const uint64_t numbers[NUMBERS] = {entry->df,
                                       entry->cf - entry->df,
                                       entry->postings,
                                       entry->postings_length,
                                       writer->has_positions ? entry->positions : 0,
                                       entry->positions_length};
    writer->records.length += (size_t)(put_record(record + KEY_BYTES + length, numbers, &entry->floors) - record);
    buffer_append_u64(&writer->hashes, hash_term(field, term, length));
    buffer_append_u32(&writer->hashes, (uint32_t)offset);
    writer->count++;
    return writer->hashes.status ? error_memory(error) : 0;
}

/* Three quarters of them are taken at most. */
static uint32_t count_slots(uint32_t terms)
{
    uint32_t slots = 16;
    while (slots / 4 * 3 < terms)
        slots *= 2;
    return slots;
}

static void fill_slots(uint8_t *slots, uint32_t mask, const struct term_hash_writer *writer)
{
    for (uint32_t i = 0; i < writer->count; i++) {
        const uint8_t *pending = writer->hashes.bytes + (size_t)i * PENDING_BYTES;
        const uint64_t key = load_u64(pending);
        uint32_t at = (uint32_t)key & mask;
        while (load_u32(slots + (size_t)at * SLOT_BYTES))
            at = (at + 1) & mask;
        store_u32(slots + (size_t)at * SLOT_BYTES, tag_of(key) << OFFSET_BITS | (load_u32(pending + 8) + 1));
    }
}

int term_hash_writer_append(struct buffer *section, const struct term_hash_writer *writer, struct trawl_error *error)
{
    if (!writer->count)
        return 0;
    const uint32_t slots = count_slots(writer->count);
    const size_t length = HEAD_BYTES + (size_t)slots * SLOT_BYTES;
    uint8_t *bytes = buffer_reserve(section, length + writer->records.length);
    if (!bytes)
        return error_memory(error);
    memset(bytes, 0, length);
    store_u32(bytes, slots);
    store_u32(bytes + SLOT_BYTES, writer->least_df);
    fill_slots(bytes + HEAD_BYTES, slots - 1, writer);
    memcpy(bytes + length, writer->records.bytes, writer->records.length);
    section->length += length + writer->records.length;
    return 0;
}

/* Not required: a reader that does not know it searches the blocks. */
int term_hash_writer_finish(struct term_hash_writer *writer, struct container_writer *container,
                            struct trawl_error *error)
{
    struct buffer section;
    buffer_init(&section);
    int status = term_hash_writer_append(&section, writer, error);
    if (!status && section.length)
        status = container_add(container, section_id, 0, section.bytes, section.length, error);
    buffer_release(&section);
    return status;
}
