/* What many Markdown files begin with: lines of YAML between "---", or of TOML
 * between "+++". */
#ifndef SRC_SOURCE_FRONT_MATTER_H
#define SRC_SOURCE_FRONT_MATTER_H

#include <stddef.h>
#include <stdint.h>

struct front_matter {
    const uint8_t *text; /* the lines between the fences */
    size_t length;
    size_t end; /* where the document goes on; 0: there is no front matter */
    const uint8_t *title;
    size_t title_length; /* 0: none is given */
};

void front_matter_read(struct front_matter *front, const uint8_t *text, size_t length);

#endif
