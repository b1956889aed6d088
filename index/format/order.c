#include "index/format/order.h"

#include <string.h>

#include "index/codec/bits.h"
#include "src/util/bytes.h"

enum { HEAD_BYTES = 8, MOST_ORDINAL_BITS = 32, MOST_EXTRA_BITS = 56 };

static const uint32_t order_id = SECTION_ID('O', 'R', 'D', 'R');
static const uint32_t insertions_id = SECTION_ID('I', 'N', 'S', 'R');

/* -------------------------------------------------------------------- writing */

/* Room for `count` numbers behind their head; NULL: no memory. */
static uint8_t *start_array(struct buffer *out, uint32_t count, unsigned width)
{
    buffer_append_u32(out, width);
    buffer_append_u32(out, 0);
    const size_t size = (size_t)bits_size(count, width);
    uint8_t *bits = buffer_reserve(out, size);
    if (!bits)
        return NULL;
    memset(bits, 0, size);
    out->length += size;
    return bits;
}

static int add_section(struct container_writer *container, uint32_t id, struct buffer *bytes, struct trawl_error *error)
{
    int status = bytes->status ? error_memory(error)
                               : container_add(container, id, SECTION_REQUIRED, bytes->bytes, bytes->length, error);
    buffer_release(bytes);
    return status;
}

static int is_identity(const uint32_t *ordinals, uint32_t documents)
{
    uint32_t i = 0;
    while (i < documents && ordinals[i] == i)
        i++;
    return i == documents;
}

int order_write(const uint32_t *ordinals, uint32_t documents, struct container_writer *container, struct trawl_error *error)
{
    if (!ordinals || is_identity(ordinals, documents))
        return 0;
    struct buffer out;
    buffer_init(&out);
    const unsigned width = bits_needed(documents - 1);
    uint8_t *bits = start_array(&out, documents, width);
    for (uint32_t i = 0; bits && i < documents; i++)
        bits_put(bits, i, width, ordinals[i]);
    return add_section(container, order_id, &out, error);
}

int insertions_write(const uint64_t *extra, uint32_t documents, struct container_writer *container,
                     struct trawl_error *error)
{
    if (!extra || !documents || extra[documents - 1] == 0) /* it never falls */
        return 0;
    const unsigned width = bits_needed(extra[documents - 1]);
    if (width > MOST_EXTRA_BITS)
        return error_set(error, TRAWL_ERROR_LIMIT, "insertion numbers are too far apart");
    struct buffer out;
    buffer_init(&out);
    uint8_t *bits = start_array(&out, documents, width);
    for (uint32_t i = 0; bits && i < documents; i++)
        bits_put(bits, i, width, extra[i]);
    return add_section(container, insertions_id, &out, error);
}

/* -------------------------------------------------------------------- reading */

/* The section's array, when there is one. -> 0 or damage */
static int open_array(const uint8_t **array, uint32_t *width, const struct container *container, uint32_t id,
                      const char *name, uint32_t most_bits, uint32_t documents, struct trawl_error *error)
{
    const struct span section = container_section(container, id);
    if (!section.bytes)
        return 0;
    if (section.length >= HEAD_BYTES)
        *width = load_u32(section.bytes);
    if (section.length < HEAD_BYTES || *width > most_bits ||
        section.length != HEAD_BYTES + bits_size(documents, *width))
        return error_corrupt(error, container->path, name, (uint64_t)(section.bytes - container->map.bytes),
                             "it does not hold a number for each document");
    *array = section.bytes + HEAD_BYTES;
    return 0;
}

int order_open(struct order *order, const struct container *container, uint32_t documents, uint64_t base,
               struct trawl_error *error)
{
    *order = (struct order){.documents = documents, .base = base};
    int status = open_array(&order->ordinals, &order->ordinal_width, container, order_id, "ORDR", MOST_ORDINAL_BITS,
                            documents, error);
    if (status)
        return status;
    return open_array(&order->extra, &order->extra_width, container, insertions_id, "INSR", MOST_EXTRA_BITS, documents,
                      error);
}

uint32_t order_ordinal(const struct order *order, uint32_t document)
{
    if (!order->ordinals)
        return document;
    const uint32_t ordinal = (uint32_t)bits_get(order->ordinals, document, order->ordinal_width);
    return ordinal < order->documents ? ordinal : order->documents - 1;
}

uint64_t order_insertion(const struct order *order, uint32_t ordinal)
{
    const uint64_t extra = order->extra ? bits_get(order->extra, ordinal, order->extra_width) : 0;
    return order->base + ordinal + extra;
}
