#include "src/query/fieldname.h"

#include <string.h>

int fieldname_find(const struct query_options *options, const uint8_t *name, size_t length)
{
    if (!options->find_field || length == 0)
        return -1;
    int number = options->find_field(options->context, (const char *)name, length);
    return number < 0 ? -1 : number;
}

static int is_letter(uint8_t byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static int is_name_byte(uint8_t byte)
{
    return is_letter(byte) || (byte >= '0' && byte <= '9') || byte == '.' || byte == '-';
}

int fieldname_looks_like_one(const uint8_t *word, size_t length)
{
    size_t at = 0;
    while (at < length && is_name_byte(word[at]))
        at++;
    if (at == 0 || !is_letter(word[0]) || at + 1 >= length || word[at] != ':')
        return 0;
    return word[at + 1] != '/' && word[at + 1] != ':' && word[at + 1] != '\\';
}

int fieldname_needs_escape(const struct query_options *options, const uint8_t *word, size_t length)
{
    const uint8_t *colon = length > 1 ? memchr(word + 1, ':', length - 1) : NULL;
    if (!colon)
        return 0;
    size_t name = (size_t)(colon - word);
    if (name + 1 < length && word[name + 1] == '/')
        return 0;
    return fieldname_looks_like_one(word, length) || fieldname_find(options, word, name) >= 0;
}
