#include "index/write/pair_inverter.h"

#include <assert.h>
#include <string.h>

#include "src/util/memory.h"

enum { NUMBERS = 1 << 16, LOOK_EVERY = 64, FORGET_EVERY = 1 << 13 /* documents */ };

#define NO_HANDLE UINT32_MAX        /* not asked for yet, or no memory */
#define NOT_KEPT (UINT32_MAX - 1)

/* The way from pairs of numbers to handles of the inverter. */
struct filler {
    struct pair_inverter *pairs;
    const struct pair_choice *choice;
    uint32_t handles[NUMBERS];
};

static void forget_handles(struct filler *filler)
{
    memset(filler->handles, 0xff, sizeof filler->handles);
    static_assert(NO_HANDLE == UINT32_MAX, "all bits are set");
}

/* The inverter's handle of a pair that is new to it, if it is kept. */
static uint32_t make_handle(struct filler *filler, uint16_t pair)
{
    const struct common_term *first = &filler->choice->terms[pair_first(pair)];
    const struct common_term *second = &filler->choice->terms[pair_second(pair)];
    uint8_t key[PAIR_KEY_BYTES];
    if (!pairs_are_kept(&filler->choice->pairs, first->entry.df, second->entry.df))
        return filler->handles[pair] = NOT_KEPT;
    const size_t length = pair_key(key, first->bytes, first->length, second->bytes, second->length);
    const int64_t handle = inverter_term(filler->pairs->inverter, FIELD_PAIRS, key, length);
    filler->handles[pair] = handle < 0 ? NO_HANDLE : (uint32_t)handle;
    return filler->handles[pair];
}

/* Only how often a pair occurs is of interest: its place among the document's pairs stands for a position. */
static int add_document(struct filler *filler, const struct pair_walk *walk)
{
    struct inverter *inverter = filler->pairs->inverter;
    for (size_t i = 0; i < walk->pair_count; i++) {
        uint32_t handle = filler->handles[walk->pairs[i]];
        if (handle == NO_HANDLE)
            handle = make_handle(filler, walk->pairs[i]);
        if (handle == NOT_KEPT)
            continue;
        if (handle == NO_HANDLE || inverter_add(inverter, handle, walk->document, (uint32_t)i))
            return TRAWL_ERROR_MEMORY;
    }
    return 0;
}

static int spill(struct filler *filler, const char *path, struct trawl_error *error)
{
    struct pair_inverter *pairs = filler->pairs;
    if (memory_grow(&pairs->spills, &pairs->spill_capacity, pairs->spill_count + 1, sizeof *pairs->spills))
        return error_memory(error);
    const int status = spill_write(&pairs->spills[pairs->spill_count], pairs->inverter, path, error);
    if (status)
        return status;
    pairs->spill_count++;
    inverter_reset(pairs->inverter);
    forget_handles(filler);
    return 0;
}

static void forget(const struct pair_source *source)
{
    file_map_forget(&source->postings_file, 0, source->postings_file.length);
    file_map_forget(&source->positions_file, 0, source->positions_file.length);
}

static int fill(struct filler *filler, struct pair_walk *walk, const struct pair_source *source, size_t memory,
                const char *spill_path, struct trawl_error *error)
{
    int status = 0;
    for (uint32_t look = 1; !status && (status = pair_walk_next(walk, error)) == 0; look++) {
        if (add_document(filler, walk))
            status = error_memory(error);
        if (!status && look % LOOK_EVERY == 0 && inverter_memory(filler->pairs->inverter) > memory)
            status = spill(filler, spill_path, error);
        if (look % FORGET_EVERY == 0)
            forget(source);
    }
    return status < 0 ? status : 0;
}

static int walk_terms(struct pair_inverter *pairs, const struct pair_source *source, const struct pair_choice *choice,
                      size_t memory, const char *spill_path, struct trawl_error *error)
{
    struct pair_walk walk;
    struct filler *filler = memory_alloc(sizeof *filler);
    if (!filler)
        return error_memory(error);
    filler->pairs = pairs;
    filler->choice = choice;
    forget_handles(filler);
    int status = pair_walk_open(&walk, &source->segment, choice->terms, (uint32_t)choice->count, source->codes, error);
    if (!status) {
        status = fill(filler, &walk, source, memory, spill_path, error);
        pair_walk_release(&walk);
    }
    memory_free(filler);
    return status;
}

static int make_inputs(struct pair_inverter *pairs, uint32_t documents, struct trawl_error *error)
{
    const struct document_map map = {.documents = documents};
    const int status = inverter_sort(pairs->inverter, error);
    if (status)
        return status;
    pairs->inputs = memory_alloc_zero(pairs->spill_count + 1, sizeof *pairs->inputs);
    if (!pairs->inputs)
        return error_memory(error);
    pairs->inputs[pairs->input_count++] = (struct posting_input){.inverter = pairs->inverter, .map = map};
    for (size_t i = 0; i < pairs->spill_count; i++)
        pairs->inputs[pairs->input_count++] = (struct posting_input){.spill = &pairs->spills[i], .map = map};
    return 0;
}

int pair_inverter_fill(struct pair_inverter *pairs, const struct pair_source *source, const struct pair_choice *choice,
                       size_t memory, const char *spill_path, struct trawl_error *error)
{
    *pairs = (struct pair_inverter){0};
    int status = inverter_new(&pairs->inverter, 0, error);
    if (!status && choice->count)
        status = walk_terms(pairs, source, choice, memory, spill_path, error);
    return status ? status : make_inputs(pairs, source->segment.documents, error);
}

void pair_inverter_release(struct pair_inverter *pairs)
{
    for (size_t i = 0; i < pairs->spill_count; i++)
        spill_release(&pairs->spills[i]);
    memory_free(pairs->spills);
    memory_free(pairs->inputs);
    inverter_free(pairs->inverter);
    *pairs = (struct pair_inverter){0};
}
