/* Text taken out of markup: runs of white space become one blank, block
 * elements one line break, and nothing stands between parts that touch, so
 * that wo<b>rd</b> is one word. Gaps are written only between two texts, never
 * first or last, and never doubled. */
#ifndef SRC_SOURCE_FLOW_H
#define SRC_SOURCE_FLOW_H

#include <stddef.h>
#include <stdint.h>

#include "src/util/buffer.h"

enum flow_gap { GAP_NONE, GAP_BLANK, GAP_BREAK };

struct flow {
    struct buffer *out;
    enum flow_gap gap;    /* due before the next text; the larger wins */
    unsigned is_verbatim; /* white space is kept as it is (code) */
};

void flow_init(struct flow *flow, struct buffer *out);
void flow_text(struct flow *flow, const void *text, size_t length);
void flow_gap(struct flow *flow, enum flow_gap gap);

#endif
