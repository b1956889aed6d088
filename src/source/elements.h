/* What an HTML element means to somebody who reads only its text. */
#ifndef SRC_SOURCE_ELEMENTS_H
#define SRC_SOURCE_ELEMENTS_H

#include <stddef.h>

enum element_kind {
    ELEMENT_UNKNOWN,  /* no element of HTML, or one that stands apart within a line, such as an image: parts words */
    ELEMENT_INLINE,   /* parts nothing */
    ELEMENT_BLOCK,    /* begins and ends a line */
    ELEMENT_HEADING,  /* a block that may serve as title */
    ELEMENT_VERBATIM, /* a block that keeps its white space */
    ELEMENT_TITLE,
    ELEMENT_DROPPED   /* holds no text for people */
};

/* `name` in any case, without brackets. */
enum element_kind element_kind(const char *name, size_t length);

#endif
