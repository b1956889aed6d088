#include "index/write/forward_index.h"

#include <string.h>

#include "src/util/memory.h"

/* Between them lies what tells documents apart; chosen by measuring. */
enum {
    LEAST_SHARE = 4096, /* a term is in one document of so many at least */
    LEAST = 8,          /* and in so many */
    MOST_SHARE = 16     /* in one of so many at most */
};

void forward_index_init(struct forward_index *index, uint32_t first, uint32_t documents)
{
    const uint32_t least = documents / LEAST_SHARE, most = documents / MOST_SHARE;
    *index = (struct forward_index){.first = first,
                                    .documents = documents,
                                    .least = least > LEAST ? least : LEAST,
                                    .most = most > LEAST ? most : LEAST,
                                    .most_pairs = FORWARD_MOST_PAIRS};
}

void forward_index_release(struct forward_index *index)
{
    memory_free(index->degrees);
    memory_free(index->pairs);
    index->degrees = index->pairs = NULL;
    index->terms = index->term_capacity = index->pair_count = index->pair_capacity = index->open = 0;
}

/* ----------------------------------------------------------------- gathering */

int forward_index_add(struct forward_index *index, const uint32_t *documents, uint32_t count)
{
    if (count == 0 || index->open > index->most) /* too many already: only the number matters, and not much */
        return 0;
    if (memory_grow(&index->pairs, &index->pair_capacity, index->pair_count + index->open + count, sizeof *index->pairs))
        return TRAWL_ERROR_MEMORY;
    uint32_t *out = index->pairs + index->pair_count + index->open;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t document = documents[i] - index->first;
        *out = document;
        out += document < index->documents;
    }
    index->open = (size_t)(out - index->pairs) - index->pair_count;
    return 0;
}

static int is_wanted(const struct forward_index *index, size_t degree)
{
    return degree >= index->least && degree <= index->most;
}

static void drop_unwanted(struct forward_index *index)
{
    size_t kept = 0, to = 0, from = 0;
    for (size_t term = 0; term < index->terms; term++) {
        const uint32_t degree = index->degrees[term];
        if (is_wanted(index, degree)) {
            memmove(index->pairs + to, index->pairs + from, degree * sizeof *index->pairs);
            to += degree;
            index->degrees[kept++] = degree;
        }
        from += degree;
    }
    index->terms = kept;
    index->pair_count = to;
}

/* An eighth at a time, so that little more goes than must. */
static void narrow(struct forward_index *index)
{
    while (index->terms == BISECTION_MOST_TERMS) {
        index->least += index->least / 8 + 1;
        drop_unwanted(index);
    }
    while (index->pair_count > index->most_pairs) {
        index->most -= index->most / 8 + 1;
        drop_unwanted(index);
    }
}

int forward_index_end_term(struct forward_index *index)
{
    const size_t degree = index->open;
    index->open = 0;
    if (!is_wanted(index, degree))
        return 0;
    if (memory_grow(&index->degrees, &index->term_capacity, index->terms + 1, sizeof *index->degrees))
        return TRAWL_ERROR_MEMORY;
    index->degrees[index->terms++] = (uint32_t)degree;
    index->pair_count += degree;
    narrow(index);
    return 0;
}

/* ------------------------------------------------------------------- turning */

static int allocate(struct bisection *bisection, int copy)
{
    bisection->numbers[copy] = memory_alloc_array(bisection->documents, sizeof *bisection->numbers[copy]);
    bisection->sizes[copy] = memory_alloc_zero(bisection->documents, sizeof *bisection->sizes[copy]);
    bisection->lists[copy] = memory_alloc_array(bisection->pairs, sizeof *bisection->lists[copy]);
    return bisection->numbers[copy] && bisection->sizes[copy] && bisection->lists[copy] ? 0 : TRAWL_ERROR_MEMORY;
}

/* ends[]: by document, in the end where its list ends. */
static void fill_lists(struct bisection *bisection, const struct forward_index *index, uint32_t *ends)
{
    uint16_t *sizes = bisection->sizes[0];
    for (size_t i = 0; i < index->pair_count; i++)
        sizes[index->pairs[i]]++;
    uint32_t sum = 0;
    for (uint32_t document = 0; document < index->documents; document++) {
        bisection->numbers[0][document] = index->first + document;
        ends[document] = sum;
        sum += sizes[document];
    }
    const uint32_t *pair = index->pairs;
    for (size_t term = 0; term < index->terms; term++)
        for (uint32_t i = 0; i < index->degrees[term]; i++)
            bisection->lists[0][ends[*pair++]++] = (uint16_t)term;
}

int forward_index_turn(struct bisection *bisection, struct forward_index *index)
{
    *bisection = (struct bisection){
        .documents = index->documents, .terms = (uint32_t)index->terms, .pairs = index->pair_count};
    uint32_t *ends = memory_alloc_array(index->documents, sizeof *ends);
    int status = ends ? allocate(bisection, 0) : TRAWL_ERROR_MEMORY;
    if (!status)
        fill_lists(bisection, index, ends);
    memory_free(ends);
    forward_index_release(index);
    return status ? status : allocate(bisection, 1); /* only now: the pairs are gone */
}

void forward_index_release_turned(struct bisection *bisection)
{
    for (int copy = 0; copy < 2; copy++) {
        memory_free(bisection->numbers[copy]);
        memory_free(bisection->sizes[copy]);
        memory_free(bisection->lists[copy]);
    }
    *bisection = (struct bisection){0};
}
