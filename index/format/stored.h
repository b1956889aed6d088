/* Stored documents: sections SIDX and STOR. Blocks of about 32 KiB of records,
 * each a zlib stream. */
#ifndef INDEX_FORMAT_STORED_H
#define INDEX_FORMAT_STORED_H

#include <stddef.h>
#include <stdint.h>

#include "index/codec/deflate.h"
#include "index/format/container.h"
#include "src/util/arena.h"

enum { STORED_BLOCK_BYTES = 32 * 1024 };

struct stored_field {
    const uint8_t *name, *value;
    uint32_t name_length;
    uint32_t value_length;
    uint8_t kind; /* 0 text, 1 JSON; bit 1: stands in the body too */
};

/* Appends one document's record to a buffer. */
int stored_encode(struct buffer *out, const struct stored_field *fields, size_t count);

/* ---- blocks: made anywhere (each thread its own packer), then written in order */
struct stored_block {
    uint32_t documents;
    size_t start, length; /* of the packed block in the packer's output */
};

/* Gathers records into blocks; a block is closed when it reaches STORED_BLOCK_BYTES. */
struct stored_packer {
    struct deflater *deflater;
    struct buffer lengths, records; /* of the open block */
    uint32_t in_block;
    struct buffer packed; /* closed blocks, one behind the other */
    struct stored_block *blocks;
    size_t block_count, block_capacity;
};
int stored_packer_init(struct stored_packer *packer, struct trawl_error *error);
void stored_packer_release(struct stored_packer *packer);
void stored_packer_reset(struct stored_packer *packer); /* forgets closed blocks */
void stored_packer_forget(struct stored_packer *packer); /* the same, and their memory is given back */
int stored_packer_add(struct stored_packer *packer, const uint8_t *record, size_t length, struct trawl_error *error);
int stored_packer_flush(struct stored_packer *packer, struct trawl_error *error); /* closes the open block */

/* SIDX as it grows while STOR is being written elsewhere. */
struct stored_index {
    struct buffer offsets, firsts;
    uint32_t blocks, documents;
    uint64_t length;
};
void stored_index_init(struct stored_index *index);
void stored_index_release(struct stored_index *index);
int stored_index_add(struct stored_index *index, uint32_t documents, uint64_t length);
int stored_index_write(struct stored_index *index, struct container_writer *container, struct trawl_error *error);

/* ---- reading */
struct stored {
    const char *path;
    const uint8_t *file;     /* the container's first byte, for errors */
    struct span index, data; /* absent: nothing is stored */
    uint32_t blocks, documents;
};
int stored_open(struct stored *stored, const struct container *container, uint32_t documents, struct trawl_error *error);

/* Block and place of a document; the packed bytes of a block (for raw copies). */
int stored_locate(uint32_t *block, uint32_t *first, const struct stored *stored, uint32_t ordinal, struct trawl_error *error);
int stored_block_bytes(struct span *bytes, uint32_t *first, uint32_t *documents, const struct stored *stored, uint32_t block,
                       struct trawl_error *error);

/* An unpacked block; kept by the caller so that neighbours need no second unpacking. */
struct stored_unpacked {
    uint32_t block, first, documents; /* documents 0: nothing unpacked yet */
    struct buffer bytes;
};
/* The record of a document: a span of unpacked->bytes. */
int stored_get(struct span *record, struct stored_unpacked *unpacked, const struct stored *stored, uint32_t ordinal,
               struct trawl_error *error);

/* Fields of a record, one by one: *at starts at 0. -> 0, 1 at the end, negative for damage. */
int stored_next_field(struct stored_field *field, struct span record, size_t *at);

#endif
