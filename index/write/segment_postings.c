#include "index/write/segment_postings.h"

#include "index/format/lengths.h"
#include "index/read/segment_places.h"
#include "index/write/pair_choice.h"
#include "index/write/pair_inverter.h"
#include "index/write/spool.h"
#include "src/util/memory.h"

enum { NO_FIELD = FIELDS_MAX };

struct output {
    struct field_terms *fields;
    struct container_writer *container; /* POST is open */
    struct terms_writer terms;
    struct term_hash_writer hash;
    struct spool blocks; /* of terms */
    struct spool positions;
    uint32_t field; /* of the last term */
    struct pair_choice common;
    const struct segment_postings_options *options;
};

/* The blocks of a field end where those of the next begin. */
static void close_field(struct output *output)
{
    const uint32_t end = terms_writer_new_field(&output->terms);
    if (output->field != NO_FIELD)
        output->fields[output->field].blocks = end - output->fields[output->field].first_block;
}

/* What a frequent term is known for besides its place in the dictionary. Entries tell only how long their lists are: the
 * last one's have just been added. */
static int consider(struct output *output, const uint8_t *key, const struct slab_term *term, struct trawl_error *error)
{
    const uint8_t *bytes = key + 1;
    const size_t length = term->key_length - 1;
    struct term_entry entry = term->entry;
    entry.postings = output->terms.postings_end - entry.postings_length;
    entry.positions = output->terms.positions_end - entry.positions_length;
    const int status = term_hash_writer_add(&output->hash, key[0], bytes, length, &entry, error);
    if (status || key[0] != FIELD_DEFAULT || !output->options->has_pairs)
        return status;
    return pair_choice_add(&output->common, bytes, length, &entry) ? error_memory(error) : 0;
}

static int add_term(struct output *output, const uint8_t *key, const struct slab_term *term, struct trawl_error *error)
{
    struct field_terms *field = &output->fields[key[0]];
    if (output->field != key[0]) {
        close_field(output);
        output->field = key[0];
        field->first_block = terms_writer_new_field(&output->terms);
        output->terms.has_positions = output->options->has_positions && key[0] != FIELD_PAIRS;
    }
    field->terms++;
    field->tokens += term->entry.cf;
    const int status = terms_writer_add(&output->terms, key + 1, term->key_length - 1, &term->entry, error);
    return status ? status : consider(output, key, term, error);
}

static int take_slab(void *context, const struct term_slab *slab, struct trawl_error *error)
{
    struct output *output = context;
    if (output->options->progress && output->options->progress(output->options->context))
        return error_set(error, TRAWL_ERROR_CANCELLED, "stopped while merging");
    const uint8_t *key = slab->keys.bytes;
    int status = 0;
    for (size_t i = 0; i < slab->term_count && !status; i++) {
        status = add_term(output, key, &slab->terms[i], error);
        key += slab->terms[i].key_length;
    }
    if (!status)
        status = spool_append(&output->blocks, output->terms.blocks.bytes, output->terms.blocks.length, error);
    terms_writer_hand_on(&output->terms);
    if (!status)
        status = container_append(output->container, slab->postings.bytes, slab->postings.length, error);
    return status ? status : spool_append(&output->positions, slab->positions.bytes, slab->positions.length, error);
}

static float average_length(const uint8_t *codes, uint32_t documents)
{
    uint64_t lengths = 0, with_length = 0;
    for (uint32_t i = 0; i < documents && codes; i++) {
        lengths += length_decode(codes[i]);
        with_length += codes[i] != 0;
    }
    return floors_average(lengths, with_length);
}

static int encode(struct output *output, const struct posting_input *inputs, size_t input_count,
                  const uint32_t *numbers, const float *averages, int has_positions, struct trawl_error *error)
{
    const struct segment_postings_options *options = output->options;
    const struct term_encoder encoder = {.inputs = inputs,
                                         .input_count = input_count,
                                         .length_codes = options->length_codes,
                                         .end_codes = options->end_codes,
                                         .averages = averages,
                                         .numbers = numbers,
                                         .documents = options->documents,
                                         .has_positions = has_positions,
                                         .threads = options->threads,
                                         .range_bytes = TERM_RANGE_BYTES,
                                         .take = take_slab,
                                         .context = output};
    return term_encoder_run(&encoder, error);
}

/* ---------------------------------------------------------------------- pairs */

static int encode_pairs(struct output *output, const struct pair_source *source, struct trawl_error *error)
{
    struct pair_inverter pairs;
    int status =
        pair_inverter_fill(&pairs, source, &output->common, PAIR_MEMORY, output->options->pairs_path, error);
    if (!status)
        status = encode(output, pairs.inputs, pairs.input_count, NULL, NULL, 0, error);
    pair_inverter_release(&pairs);
    return status;
}

/* The lists written so far look like a segment's to those who read them. */
static int open_source(struct pair_source *source, struct output *output, struct trawl_error *error)
{
    const struct segment_postings_options *options = output->options;
    *source = (struct pair_source){.segment = {.documents = options->documents, .has_positions = 1},
                                   .codes = options->length_codes[FIELD_DEFAULT]};
    source->segment.lengths.field_count = 1;
    source->segment.lengths.fields[0] = (struct lengths_field){
        .id = FIELD_DEFAULT, .count = options->documents, .codes = options->end_codes[FIELD_DEFAULT]};
    if (segment_places_new(&source->segment.places))
        return error_memory(error);
    int status = container_map_section(&source->segment.postings, &source->postings_file, output->container, error);
    if (!status)
        status = spool_view(&source->segment.positions, &source->positions_file, &output->positions, error);
    source->segment.container.map = source->postings_file;
    source->segment.container.path = output->container->file.path;
    return status;
}

static void close_source(struct pair_source *source)
{
    file_map_close(&source->positions_file);
    file_map_close(&source->postings_file);
    segment_places_free(source->segment.places);
}

static int write_pairs(struct output *output, struct trawl_error *error)
{
    struct pair_source source;
    pair_choice_close(&output->common);
    memory_trim(); /* of the threads that wrote lists */
    if (!output->common.count)
        return 0;
    int status = open_source(&source, output, error);
    if (!status)
        status = encode_pairs(output, &source, error);
    close_source(&source);
    return status;
}

/* ------------------------------------------------------------------- sections */

static int write_lists(struct output *output, struct trawl_error *error)
{
    const struct segment_postings_options *options = output->options;
    float averages[FIELDS_MAX];
    for (size_t field = 0; field < FIELDS_MAX; field++)
        averages[field] = average_length(options->length_codes[field], options->documents);
    int status = container_begin(output->container, SECTION_ID('P', 'O', 'S', 'T'), SECTION_REQUIRED, error);
    if (!status)
        status = encode(output, options->inputs, options->input_count, options->numbers, averages, options->has_positions,
                        error);
    if (!status && options->has_pairs)
        status = write_pairs(output, error);
    if (status)
        return status;
    close_field(output);
    return container_end(output->container, error);
}

static int write_positions(struct output *output, struct trawl_error *error)
{
    if (!output->options->has_positions)
        return 0;
    int status = container_begin(output->container, SECTION_ID('P', 'O', 'S', 'N'), SECTION_REQUIRED, error);
    if (!status)
        status = spool_drain(&output->positions, output->container, error);
    return status ? status : container_end(output->container, error);
}

static int write_terms(struct output *output, struct trawl_error *error)
{
    int status = terms_writer_finish_index(&output->terms, output->container, error);
    if (!status)
        status = container_begin(output->container, SECTION_ID('T', 'E', 'R', 'M'), SECTION_REQUIRED, error);
    if (!status)
        status = spool_drain(&output->blocks, output->container, error);
    if (!status)
        status = container_end(output->container, error);
    return status ? status : term_hash_writer_finish(&output->hash, output->container, error);
}

int segment_postings_write(struct field_terms *fields, struct container_writer *container,
                           const struct segment_postings_options *options, struct trawl_error *error)
{
    for (size_t field = 0; field < FIELDS_MAX; field++)
        fields[field] = (struct field_terms){0};
    struct output output = {.fields = fields, .container = container, .field = NO_FIELD, .options = options};
    terms_writer_init(&output.terms, options->has_positions);
    term_hash_writer_init(&output.hash, term_hash_least_df(options->documents), options->has_positions);
    pair_choice_init(&output.common, options->documents);
    int status = spool_init(&output.positions, options->positions_path, error);
    if (!status)
        status = spool_init(&output.blocks, options->terms_path, error);
    if (!status)
        status = write_lists(&output, error);
    if (!status)
        status = write_positions(&output, error);
    if (!status)
        status = write_terms(&output, error);
    if (!status && options->has_pairs)
        status = pairs_write(&output.common.pairs, container, error);
    pair_choice_release(&output.common);
    terms_writer_release(&output.terms);
    term_hash_writer_release(&output.hash);
    spool_release(&output.blocks);
    spool_release(&output.positions);
    return status;
}
