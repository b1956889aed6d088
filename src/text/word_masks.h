/* What kind of byte stands where in 64 bytes of text, as masks: the lowest bit
 * for the first byte. Finding words in masks costs a few instructions a word,
 * however long it is.
 *
 * SSE2, which every x86-64 has, or eight bytes at once in a plain number; both
 * give the same bits. */
#ifndef TRAWL_TEXT_WORD_MASKS_H
#define TRAWL_TEXT_WORD_MASKS_H

#include <stdint.h>

enum { WORD_MASKS_BYTES = 64 };

struct word_masks {
    uint64_t letters;   /* ASCII letters and digits */
    uint64_t connector; /* _ */
    uint64_t joiner;    /* ' . , ; which may join what is on both sides */
    uint64_t not_ascii;
};

void word_masks_find(struct word_masks *masks, const uint8_t text[WORD_MASKS_BYTES]);

/* The same without vector instructions: the specification. */
void word_masks_find_scalar(struct word_masks *masks, const uint8_t text[WORD_MASKS_BYTES]);

#endif
