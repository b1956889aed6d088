/* Look-up of a term: a search over the blocks' eight-byte prefixes
 * (term_index.h), then a walk over one block that compares without building any
 * term. While walking, `matched` is how many bytes of the searched term the
 * entry before shared with it, and that entry was smaller: the next entry is
 *
 *     smaller too when it shares more than that with the one before,
 *     greater     when it shares less (and then the search is over),
 *     decided by its suffix otherwise. */
#include "index/format/terms.h"

#include "index/format/term_walk.h"
#include "src/util/bytes.h"

enum { NOT_FOUND = 1 };

static int corrupt(const struct terms *terms, const uint8_t *at, const char *section, const char *what,
                   struct trawl_error *error)
{
    return error_corrupt(error, terms->path, section, (uint64_t)(at - terms->file), "%s", what);
}

int terms_corrupt_block(const struct terms *terms, uint32_t block, struct trawl_error *error)
{
    const uint64_t section = (uint64_t)(terms->blocks.bytes - terms->file);
    return error_corrupt(error, terms->path, "TERM", section + term_index_offset(&terms->index, block),
                         "the block of terms that starts here cannot be read");
}

/* -------------------------------------------------------------------- opening */

static int check_fields(const struct terms *terms, const uint8_t *section, const struct meta *meta, struct trawl_error *error)
{
    for (uint32_t i = 0; i < meta->field_count; i++) {
        const struct meta_field *field = &meta->fields[i];
        if (field->first_block > terms->index.blocks || field->blocks > terms->index.blocks - field->first_block ||
            field->blocks != field->terms / TERMS_PER_BLOCK + (field->terms % TERMS_PER_BLOCK != 0))
            return corrupt(terms, section, "TIDX", "a field's terms do not lie in the blocks there are", error);
    }
    return 0;
}

int terms_open(struct terms *terms, const struct container *container, const struct meta *meta, struct trawl_error *error)
{
    const struct span postings = container_section(container, SECTION_ID('P', 'O', 'S', 'T'));
    const struct span positions = container_section(container, SECTION_ID('P', 'O', 'S', 'N'));
    const struct span index = container_section(container, SECTION_ID('T', 'I', 'D', 'X'));
    *terms = (struct terms){.path = container->path,
                            .file = container->map.bytes,
                            .blocks = container_section(container, SECTION_ID('T', 'E', 'R', 'M')),
                            .documents = meta->documents,
                            .postings_length = postings.length,
                            .positions_length = positions.length,
                            .has_positions = positions.bytes != NULL};
    if (!index.bytes || !terms->blocks.bytes || !postings.bytes)
        return error_corrupt(error, container->path, "table of contents", 0, "TIDX, TERM or POST is missing");
    if (term_index_open(&terms->index, index))
        return corrupt(terms, index.bytes, "TIDX", "it does not hold as many blocks as it says", error);
    const int status = term_hash_open(&terms->hash, container, error);
    return status ? status : check_fields(terms, index.bytes, meta, error);
}

struct field_bytes terms_last_field_bytes(const struct terms *terms, const struct meta_field *field)
{
    struct term_walk walk;
    const uint32_t first = field->first_block;
    if (!field->blocks || term_walk_open(&walk, terms, first) || walk.postings > terms->postings_length)
        return (struct field_bytes){0, 0};
    const uint64_t index = term_index_bytes(terms->index.blocks) - term_index_bytes(first);
    return (struct field_bytes){index + terms->blocks.length - term_index_offset(&terms->index, first),
                                terms->postings_length - walk.postings};
}

/* ------------------------------------------------------------------- searching */

/* How many of the blocks [from, to), whose first eight bytes are the term's, start at or before it. */
static int count_first_terms(uint32_t *count, const struct terms *terms, uint32_t from, uint32_t to, const uint8_t *term,
                             size_t length, struct trawl_error *error)
{
    uint32_t low = from;
    while (low < to) {
        const uint32_t middle = low + (to - low) / 2;
        struct term_walk walk;
        struct term_head head;
        if (term_walk_open(&walk, terms, middle) || term_walk_head(&head, &walk))
            return terms_corrupt_block(terms, middle, error);
        if (term_compare(head.suffix, head.suffix_length, term, length) <= 0)
            low = middle + 1;
        else
            to = middle;
    }
    *count = low - from;
    return 0;
}

int terms_find_block(uint32_t *block, const struct terms *terms, const struct meta_field *field, const uint8_t *term,
                     size_t length, struct trawl_error *error)
{
    const struct term_index *index = &terms->index;
    const uint32_t first = field->first_block;
    const uint64_t prefix = key_prefix(term, length);
    uint32_t count = term_index_count_up_to(index, first, first + field->blocks, prefix);
    if (count && term_index_prefix(index, 0, first + count - 1) == prefix) {
        const uint32_t less = prefix ? term_index_count_up_to(index, first, first + count, prefix - 1) : 0;
        uint32_t equal = 0;
        int status = count_first_terms(&equal, terms, first + less, first + count, term, length, error);
        if (status)
            return status;
        count = less + equal;
    }
    if (!count)
        return NOT_FOUND;
    *block = first + count - 1;
    return 0;
}

void terms_prefetch(const struct terms *terms, const struct meta_field *field, const uint8_t *term, size_t length)
{
    enum { LINE = 64, LINES = 4 /* most blocks end in them */ };
    if (!term_hash_prefetch(&terms->hash, field, term, length))
        return;
    const uint32_t first = field->first_block, end = first + field->blocks;
    const uint32_t count = term_index_count_up_to(&terms->index, first, end, key_prefix(term, length));
    if (!count)
        return;
    const uint8_t *block = terms->blocks.bytes + term_index_offset(&terms->index, first + count - 1);
    for (unsigned line = 0; line < LINES; line++)
        __builtin_prefetch(block + (size_t)line * LINE);
}

/* Terms in a block of the field. */
static uint32_t terms_in_block(const struct meta_field *field, uint32_t block)
{
    const uint32_t before = (block - field->first_block) * TERMS_PER_BLOCK;
    return field->terms - before < TERMS_PER_BLOCK ? field->terms - before : TERMS_PER_BLOCK;
}

/* Moves to the searched term's entry. -> 0, NOT_FOUND, -1 damaged */
static int walk_to_term(struct term_walk *walk, uint32_t count, int has_positions, const uint8_t *term, size_t length)
{
    uint32_t matched = 0, term_before = 0;
    for (; count; count--) {
        struct term_head head;
        if (term_walk_head(&head, walk) || head.shared > term_before)
            return -1;
        term_before = head.shared + head.suffix_length;
        if (head.shared < matched)
            return NOT_FOUND;
        if (head.shared == matched) {
            uint32_t i = 0;
            while (i < head.suffix_length && matched < length && head.suffix[i] == term[matched]) {
                i++;
                matched++;
            }
            if (i == head.suffix_length && matched == length)
                return 0;
            if (i < head.suffix_length && (matched == length || head.suffix[i] > term[matched]))
                return NOT_FOUND;
        }
        if (term_walk_skip(walk, has_positions))
            return -1;
    }
    return NOT_FOUND;
}

int terms_find_in_blocks(struct term_entry *entry, const struct terms *terms, const struct meta_field *field,
                         const uint8_t *term, size_t length, struct trawl_error *error)
{
    const int has_positions = terms_has_positions(terms, field);
    uint32_t block;
    struct term_walk walk;
    int status = terms_find_block(&block, terms, field, term, length, error);
    if (status)
        return status;
    if (term_walk_open(&walk, terms, block))
        return terms_corrupt_block(terms, block, error);
    status = walk_to_term(&walk, terms_in_block(field, block), has_positions, term, length);
    if (!status)
        status = term_walk_read(entry, &walk, terms, field);
    return status < 0 ? terms_corrupt_block(terms, block, error) : status;
}

int terms_find(struct term_entry *entry, const struct terms *terms, const struct meta_field *field, const uint8_t *term,
               size_t length, struct trawl_error *error)
{
    const int status = term_hash_find(entry, terms, field, term, length, error);
    return status == TRAWL_END ? terms_find_in_blocks(entry, terms, field, term, length, error) : status;
}
