#include "src/source/flow.h"

void flow_init(struct flow *flow, struct buffer *out)
{
    *flow = (struct flow){.out = out, .gap = GAP_NONE, .is_verbatim = 0};
}

void flow_gap(struct flow *flow, enum flow_gap gap)
{
    if (flow->gap < gap)
        flow->gap = gap;
}

static int is_white(uint8_t byte)
{
    return byte <= ' ' && (byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f');
}

static void append(struct flow *flow, const uint8_t *text, size_t length)
{
    if (flow->gap != GAP_NONE && flow->out->length > 0)
        buffer_append_u8(flow->out, flow->gap == GAP_BREAK ? '\n' : ' ');
    flow->gap = GAP_NONE;
    buffer_append(flow->out, text, length);
}

void flow_text(struct flow *flow, const void *text, size_t length)
{
    const uint8_t *at = text, *end = at + length;
    if (flow->is_verbatim) {
        if (length)
            append(flow, at, length);
        return;
    }
    while (at < end) {
        const uint8_t *word = at;
        while (at < end && !is_white(*at))
            at++;
        if (at > word)
            append(flow, word, (size_t)(at - word));
        if (at < end)
            flow_gap(flow, GAP_BLANK);
        while (at < end && is_white(*at))
            at++;
    }
}
