/* Stored documents: every block unpacks, every record parses. */
#include "index/read/check_findings.h"

enum { KINDS = 4 };

static int record_is_sound(struct span record)
{
    struct stored_field field;
    size_t at = 0;
    int status;
    while ((status = stored_next_field(&field, record, &at)) == 0)
        if (field.kind >= KINDS)
            return 0;
    return status == TRAWL_END;
}

/* The last record of a block ends where the block does. */
static int ends_block(const struct stored_unpacked *unpacked, struct span record, uint32_t ordinal)
{
    const int is_last = ordinal - unpacked->first + 1 == unpacked->documents;
    return !is_last || record.bytes + record.length == unpacked->bytes.bytes + unpacked->bytes.length;
}

void check_stored(struct check *check, const struct segment *segment)
{
    const struct stored *stored = &segment->stored;
    struct stored_unpacked unpacked = {0};
    struct trawl_error error = {0};
    if (!stored->index.bytes)
        return;
    for (uint32_t ordinal = 0; ordinal < segment->documents && !check_must_stop(check); ordinal++) {
        struct span record;
        if (check_status(check, stored_get(&record, &unpacked, stored, ordinal, &error), &error))
            break;
        if (!record_is_sound(record) || !ends_block(&unpacked, record, ordinal))
            check_found(check, segment, "STOR", stored->data.bytes, "the record of ordinal %u cannot be read",
                        (unsigned)ordinal);
    }
    buffer_release(&unpacked.bytes);
}
