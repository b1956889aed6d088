/* Words that FORMAT.md reserves: they are zero, so that they can get a meaning
 * later. Readers pass over them; only here are they looked at. */
#include "index/read/check_findings.h"

#include "index/codec/bits.h"

static void check_zeros(struct check *check, const struct segment *segment, const char *name, const uint8_t *from,
                        const uint8_t *to)
{
    for (const uint8_t *at = from; at < to; at++)
        if (*at) {
            check_found(check, segment, name, at, "a byte that must be zero is not");
            return;
        }
}

/* A count, and then the word. */
static void check_heads(struct check *check, const struct segment *segment)
{
    static const char names[][5] = {"TIDX", "LENS", "ENDS", "SIDX", "ORDR", "INSR", "PAIR"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *name = names[i];
        const struct span section =
            container_section(&segment->container, SECTION_ID(name[0], name[1], name[2], name[3]));
        if (section.length >= 8)
            check_zeros(check, segment, name, section.bytes + 4, section.bytes + 8);
    }
}

static void check_fields(struct check *check, const struct segment *segment)
{
    const struct span meta = container_section(&segment->container, SECTION_ID('M', 'E', 'T', 'A'));
    for (size_t at = META_HEAD_BYTES; at < meta.length; at += META_FIELD_BYTES)
        check_zeros(check, segment, "META", meta.bytes + at + META_FIELD_BYTES - 4, meta.bytes + at + META_FIELD_BYTES);
}

static void check_ids_padding(struct check *check, const struct segment *segment)
{
    const struct ids *ids = &segment->ids;
    check_zeros(check, segment, "DIDS", ids->sorted + bits_size(ids->count, ids->width), ids->data);
}

void check_reserved(struct check *check, const struct segment *segment)
{
    check_heads(check, segment);
    check_fields(check, segment);
    check_ids_padding(check, segment);
}
