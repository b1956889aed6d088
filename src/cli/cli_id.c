#include "src/cli/cli_id.h"

#include <string.h>

int cli_id_clean(struct cli_text *out, const char *id)
{
    cli_text_clear(out);
    for (const char *at = id; *at; at += *at == '/') {
        const size_t part = strcspn(at, "/");
        const int is_here = part == 1 && *at == '.';
        if (part && !is_here) {
            if (out->length || *id == '/')
                cli_text_add_byte(out, '/');
            cli_text_add(out, at, part);
        }
        at += part;
    }
    return out->length && strcmp(cli_text_string(out), id) != 0;
}
