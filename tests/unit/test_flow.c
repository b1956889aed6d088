#include "src/source/flow.h"

#include <string.h>

#include "tests/unit/tap.h"

static void add(struct flow *flow, const char *text)
{
    flow_text(flow, text, strlen(text));
}

static void white_space_becomes_one_blank(void)
{
    struct buffer out;
    struct flow flow;
    buffer_init(&out);
    flow_init(&flow, &out);
    add(&flow, " \n\t");
    add(&flow, "  one\r\n\ftwo");
    add(&flow, "th");
    add(&flow, "ree ");
    add(&flow, "");
    add(&flow, "\tfour ");
    CHECK_STRING(buffer_string(&out), "one twothree four");
    buffer_release(&out);
}

static void gaps_stand_between_texts_only(void)
{
    struct buffer out;
    struct flow flow;
    buffer_init(&out);
    flow_init(&flow, &out);
    flow_gap(&flow, GAP_BREAK);
    add(&flow, "a");
    flow_gap(&flow, GAP_BLANK);
    flow_gap(&flow, GAP_BREAK);
    flow_gap(&flow, GAP_BLANK);
    add(&flow, " b");
    flow_gap(&flow, GAP_NONE);
    add(&flow, "c ");
    flow_gap(&flow, GAP_BREAK);
    CHECK_STRING(buffer_string(&out), "a\nbc");
    buffer_release(&out);
}

static void verbatim_text_stays(void)
{
    struct buffer out;
    struct flow flow;
    buffer_init(&out);
    flow_init(&flow, &out);
    add(&flow, "a");
    flow_gap(&flow, GAP_BREAK);
    flow.is_verbatim = 1;
    add(&flow, "");
    add(&flow, "  b\n\n c ");
    flow.is_verbatim = 0;
    add(&flow, " d");
    CHECK_STRING(buffer_string(&out), "a\n  b\n\n c  d");
    buffer_release(&out);
}

TAP_MAIN("flow", TAP_CASE(white_space_becomes_one_blank), TAP_CASE(gaps_stand_between_texts_only), TAP_CASE(verbatim_text_stays))
