/* Walking the terms of a field in order. The cursor holds the current term
 * whole, put together from the front-coded entries. */
#include "index/format/terms.h"

#include <string.h>

#include "index/format/term_walk.h"

/* To the first entry of the cursor's block. */
static int enter_block(struct terms_cursor *cursor)
{
    struct term_walk walk;
    if (term_walk_open(&walk, cursor->terms, cursor->block))
        return -1;
    cursor->at = walk.at;
    cursor->end = walk.end;
    cursor->postings = walk.postings;
    cursor->positions = walk.positions;
    cursor->in_block = 0;
    cursor->term_length = 0;
    return 0;
}

/* Puts the term together; strict order within the block shows in its first new byte. */
static int take_term(struct terms_cursor *cursor, const struct term_head *head)
{
    if (head->shared > cursor->term_length || head->shared + head->suffix_length > TERM_MAX_BYTES)
        return -1;
    if (head->shared < cursor->term_length && head->suffix[0] <= cursor->term[head->shared])
        return -1;
    memcpy(cursor->term + head->shared, head->suffix, head->suffix_length);
    cursor->term_length = head->shared + head->suffix_length;
    return 0;
}

static int read_next(struct terms_cursor *cursor)
{
    struct term_walk walk = {cursor->at, cursor->end, cursor->postings, cursor->positions};
    struct term_head head;
    if (term_walk_head(&head, &walk) || take_term(cursor, &head) ||
        term_walk_read(&cursor->entry, &walk, cursor->terms, cursor->field))
        return -1;
    cursor->at = walk.at;
    cursor->postings = walk.postings;
    cursor->positions = walk.positions;
    cursor->in_block++;
    cursor->left--;
    return 0;
}

int terms_next(struct terms_cursor *cursor, struct trawl_error *error)
{
    if (!cursor->left)
        return TRAWL_END;
    if (cursor->in_block == TERMS_PER_BLOCK) {
        cursor->block++;
        if (enter_block(cursor))
            return terms_corrupt_block(cursor->terms, cursor->block, error);
    }
    return read_next(cursor) ? terms_corrupt_block(cursor->terms, cursor->block, error) : 0;
}

int terms_seek(struct terms_cursor *cursor, const struct terms *terms, const struct meta_field *field, const uint8_t *from,
               size_t length, struct trawl_error *error)
{
    *cursor = (struct terms_cursor){.terms = terms, .field = field, .block = field->first_block, .left = field->terms};
    if (!field->terms)
        return 0;
    int status = terms_find_block(&cursor->block, terms, field, from, length, error);
    if (status < 0)
        return status;
    cursor->left -= (cursor->block - field->first_block) * TERMS_PER_BLOCK;
    if (enter_block(cursor))
        return terms_corrupt_block(terms, cursor->block, error);
    for (;;) {
        const struct terms_cursor before = *cursor;
        status = terms_next(cursor, error);
        if (status)
            return status < 0 ? status : 0;
        if (term_compare(cursor->term, cursor->term_length, from, length) >= 0) {
            *cursor = before;
            return 0;
        }
    }
}
