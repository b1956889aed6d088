/* The text of HTML, by libxml2's parser: its events are taken as they come, no
 * tree is built, and nothing recurses. Scripts, styles and templates are
 * dropped; `alt` texts stand where their images stand. */
#ifndef SRC_SOURCE_HTML_READ_H
#define SRC_SOURCE_HTML_READ_H

#include <stddef.h>
#include <stdint.h>

#include "src/source/flow.h"

struct html_text {
    struct flow *body;                 /* what is read is added here */
    struct buffer *title;              /* of the first <title>; NULL: that is text too */
    size_t heading_start, heading_end; /* of the first <h1> to <h6>, in body->out; end 0: none */
};

/* Sets libxml2 up, before several threads use it. Cheap; may be called again. */
void html_read_prepare(void);

/* `text` is valid UTF-8, a whole page or a piece of one. -> 0,
 * TRAWL_ERROR_MEMORY, or TRAWL_ERROR_DOCUMENT with the reason in *fault. */
int html_read(struct html_text *out, const uint8_t *text, size_t length, const char **fault);

#endif
