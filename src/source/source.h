/* Where documents come from: files, folders and standard input, gzipped or
 * not, in any of the formats of docs/SOURCES.md, as a stream of raw records
 * that are then parsed one by one.
 *
 *     paths -> walk -> stream (gunzip) -> records   one thread: source_next_batch
 *                                 record -> document   any thread: parser_parse
 *
 * The split lets one thread read while several parse. Memory is bounded by the
 * batch size and the largest record allowed; a longer one is skipped without
 * being buffered. */
#ifndef TRAWL_SOURCE_SOURCE_H
#define TRAWL_SOURCE_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/arena.h"
#include "src/util/error.h"

struct source;

struct source_options {
    enum trawl_format format;
    int no_ignore, hidden;
    uint64_t max_document_size; /* bytes of one raw record, and of its text once parsed */
    const char *skip_folder;    /* a folder that a walk must not enter (the index itself); may be NULL */
    int (*is_stopped)(void *context); /* asked ten times a second while there is nothing to read; 1: source_next_batch */
    void *context;                    /* returns TRAWL_ERROR_CANCELLED. May be NULL */
};

/* One document's bytes as they stand in the file. A record that could not be
 * read (too long, unreadable file) has a reason and no bytes; it is counted
 * and reported in order like a bad document. */
struct raw_record {
    enum trawl_format format;  /* never AUTO */
    const char *path;          /* as given or walked, cleaned; "-" for standard input; NUL-terminated */
    uint64_t line;             /* where it starts, from 1; 0: the whole file is the record */
    const uint8_t *bytes;
    size_t length;
    const char *reason;        /* NULL: fine; else why it is skipped, NUL-terminated */
};

/* Records and their bytes live in the batch's arena. */
struct raw_batch {
    struct arena arena;
    struct raw_record *records;
    size_t count, capacity;
    uint64_t bytes_read; /* input consumed for this batch, before gunzip */
};

void raw_batch_init(struct raw_batch *batch);
void raw_batch_release(struct raw_batch *batch);

/* `paths` must outlive the source. A path that does not exist or cannot be
 * opened is an error here, before anything is read. */
int source_open(struct source **source, const char *const *paths, size_t count, const struct source_options *options,
                struct trawl_error *error);
void source_close(struct source *source);

/* Bytes of all regular input files named or walked to so far; 0: unknown
 * (standard input). For progress. */
uint64_t source_total_bytes(const struct source *source);

/* Fills `batch` (reset first) with records of about a megabyte together, at
 * least one. Where batches end depends on the input alone. -> 0, 1 at the
 * end, negative for an error that ends the run: a read error or broken gzip in
 * a file of many documents, named with file and offset. (A file that is one
 * document becomes a record with a reason.) One thread. */
int source_next_batch(struct source *source, struct raw_batch *batch, struct trawl_error *error);

/* ------------------------------------------------------------ documents */

enum field_kind {
    FIELD_TEXT,  /* indexed and stored; `value` is valid UTF-8 */
    FIELD_STORED /* stored only; `value` is JSON text */
};

struct document_field {
    const char *name; /* "title", "body", ...; 1..255 bytes of UTF-8 */
    uint32_t name_length;
    enum field_kind kind;
    int in_body; /* a title taken from the text itself: indexed under its name, not run into the default field */
    const uint8_t *value;
    size_t value_length;
};

/* A parsed document. Fields in the order in which they are indexed and
 * stored: title first, then the rest as they came; a name may come several
 * times. Memory is the parser's, until its next call, or the record's. */
struct document {
    const uint8_t *id;
    size_t id_length;
    struct document_field *fields;
    size_t field_count, field_capacity;
    uint64_t damaged; /* invalid UTF-8 sequences replaced */
};

/* Per-thread state of parsing: scratch memory and the format libraries' handles. */
struct parser;
int parser_new(struct parser **parser, uint64_t max_document_size, struct trawl_error *error);
void parser_free(struct parser *parser);

/* Gives back what the last document took; it is void. */
void parser_release_document(struct parser *parser);

/* -> 0, or TRAWL_ERROR_DOCUMENT with file, line (as offset) and reason: skip
 * it; TRAWL_ERROR_MEMORY. */
int parser_parse(struct document *document, struct parser *parser, const struct raw_record *record,
                 struct trawl_error *error);

/* Is this a valid id (1 to 1,024 bytes of UTF-8 without control characters)?
 * -> NULL, or why not. */
const char *document_id_fault(const uint8_t *id, size_t length);

#endif
