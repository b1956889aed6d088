/* Cuts a stream into raw records: a line, a <DOC>...</DOC>, or the whole file.
 * Where records begin and end depends on the bytes alone, not on how they come
 * in. A record over the limit is passed over without being held. */
#ifndef SRC_SOURCE_RECORDS_H
#define SRC_SOURCE_RECORDS_H

#include "src/source/source.h"
#include "src/source/stream.h"
#include "src/util/buffer.h"

struct records {
    struct stream *stream; /* the caller's */
    enum trawl_format format;
    uint64_t limit;        /* bytes of a record */
    uint64_t line;         /* of the next byte of the stream, from 1 */
    uint64_t found;        /* records so far */
    struct buffer pending; /* the front of a record that the window did not hold whole */
    int is_over;           /* the present record is over the limit */
    int is_blank;          /* all of the present line so far */
    int is_done;           /* of a whole file: it was given */
};

void records_init(struct records *records);
void records_release(struct records *records);

/* From where the stream stands. Formats other than JSONL, TSV and TREC make one record. */
void records_begin(struct records *records, struct stream *stream, enum trawl_format format, uint64_t limit);

/* Sets line, bytes, length and reason of `record`; its bytes go into the
 * arena. Blank lines are no records. -> 0, 1 at the end, negative: see stream_fill */
int records_next(struct raw_record *record, struct records *records, struct arena *arena, struct trawl_error *error);

#endif
