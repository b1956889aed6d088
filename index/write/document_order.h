/* The order of documents in a segment being written, made from the postings
 * that go into it, so that documents alike are neighbours and posting lists short.
 *
 * Up to FORWARD_MOST_DOCUMENTS documents are ordered at once; of more, one
 * stretch after the other, for which the postings are read again. That bounds the
 * memory whatever the caller's, so that the order depends on the documents alone. */
#ifndef INDEX_WRITE_DOCUMENT_ORDER_H
#define INDEX_WRITE_DOCUMENT_ORDER_H

#include "index/write/posting_source.h"

struct document_order {
    uint32_t *ordinals; /* by document number */
    uint32_t *numbers;  /* by ordinal */
};

struct document_order_options {
    const struct posting_input *inputs; /* whose maps give ordinals */
    size_t input_count;
    uint32_t documents;
    uint32_t most_documents; /* in a stretch; 0: FORWARD_MOST_DOCUMENTS */
    unsigned threads;
    int (*progress)(void *context); /* may be NULL; non-zero stops */
    void *context;
};

/* To be released in any case. */
int document_order_make(struct document_order *order, const struct document_order_options *options,
                        struct trawl_error *error);
void document_order_release(struct document_order *order);

#endif
