#include "src/query/wildcard.h"

#include <string.h>

#include "src/query/lexer.h"
#include "src/text/tokenizer.h"

/* "A letter or digit" is what the tokenizer makes words of, in any script: an
 * operator is next to one when a word of the tokenizer ends or starts right
 * there. Operators themselves stand only in the gaps between such words. */
struct gap {
    size_t start, end;
    int follows_word, precedes_word;
};

static void look_into(struct wildcard *wildcard, const struct parse *parse, const struct gap *gap)
{
    for (size_t at = gap->start; at < gap->end;) {
        size_t escape = lexer_escape_length(parse, at, gap->end + (gap->precedes_word != 0));
        if (escape) {
            at += escape;
            continue;
        }
        uint8_t byte = parse->text[at];
        int is_behind = gap->follows_word && at == gap->start;
        int is_before = gap->precedes_word && at + 1 == gap->end;
        if ((byte == '*' || byte == '?') && gap->precedes_word && (is_behind || is_before))
            wildcard->is_inner = 1;
        if (byte == '*' && is_behind && !gap->precedes_word) {
            wildcard->is_prefix = 1;
            wildcard->prefix_end = at;
        }
        at++;
    }
}

void wildcard_find(struct wildcard *wildcard, const struct parse *parse, size_t start, size_t end)
{
    *wildcard = (struct wildcard){0};
    const uint8_t *text = parse->text;
    if (!memchr(text + start, '*', end - start) && !memchr(text + start, '?', end - start))
        return;

    struct tokenizer tokenizer;
    struct surface surface;
    struct gap gap = {.start = start, .precedes_word = 1};
    tokenizer_init(&tokenizer, text + start, end - start);
    while (tokenizer_next(&tokenizer, &surface)) {
        gap.end = (size_t)(surface.bytes - text);
        look_into(wildcard, parse, &gap);
        gap = (struct gap){.start = gap.end + surface.length, .follows_word = 1, .precedes_word = 1};
    }
    gap.end = end;
    gap.precedes_word = 0;
    look_into(wildcard, parse, &gap);
}
