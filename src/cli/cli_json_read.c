#include "src/cli/cli_json_read.h"

#include <stdlib.h>
#include <string.h>

#include "src/cli/cli_memory.h"

enum { DEPTH_MOST = 64, BLOCK_VALUES = 256 };

struct cli_json_block {
    struct cli_json_block *next;
    size_t used;
    struct cli_json_value values[BLOCK_VALUES];
};

/* Strings are unescaped in the reader's own copy, where they stand: they only
 * get shorter, and there is room for a NUL where the quote was. */
struct reader {
    struct cli_json_tree *tree;
    char *at;
    const char *end;
    unsigned depth;
};

static int fail(struct reader *reader, const char *fault)
{
    reader->tree->fault = fault;
    reader->tree->offset = (size_t)(reader->at - reader->tree->text);
    return -1;
}

static void skip_blanks(struct reader *reader)
{
    while (reader->at < reader->end && strchr(" \t\r\n", *reader->at) && *reader->at)
        reader->at++;
}

static int take(struct reader *reader, char wanted)
{
    skip_blanks(reader);
    if (reader->at == reader->end || *reader->at != wanted)
        return 0;
    reader->at++;
    return 1;
}

static struct cli_json_value *new_value(struct cli_json_tree *tree)
{
    if (!tree->blocks || tree->blocks->used == BLOCK_VALUES) {
        struct cli_json_block *block = cli_memory_alloc(1, sizeof *block);
        block->next = tree->blocks;
        tree->blocks = block;
    }
    return &tree->blocks->values[tree->blocks->used++];
}

/* ---------------------------------------------------------------- strings */

/* Four hexadecimal digits. -> their value, or -1 */
static long take_hex(struct reader *reader)
{
    long value = 0;
    for (int i = 0; i < 4; i++) {
        const char *digits = "0123456789abcdef0123456789ABCDEF";
        const char byte = reader->at < reader->end ? *reader->at : '\0';
        const char *found = byte ? strchr(digits, byte) : NULL;
        if (!found)
            return -1;
        value = value * 16 + (found - digits) % 16;
        reader->at++;
    }
    return value;
}

static char *put_character(char *out, unsigned long code)
{
    if (code < 0x80) {
        *out++ = (char)code;
    } else if (code < 0x800) {
        *out++ = (char)(0xC0 | code >> 6);
        *out++ = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        *out++ = (char)(0xE0 | code >> 12);
        *out++ = (char)(0x80 | (code >> 6 & 0x3F));
        *out++ = (char)(0x80 | (code & 0x3F));
    } else {
        *out++ = (char)(0xF0 | code >> 18);
        *out++ = (char)(0x80 | (code >> 12 & 0x3F));
        *out++ = (char)(0x80 | (code >> 6 & 0x3F));
        *out++ = (char)(0x80 | (code & 0x3F));
    }
    return out;
}

/* After "\u". Half a surrogate pair becomes U+FFFD. -> where the text goes on; NULL: no digits */
static char *take_unicode(char *out, struct reader *reader)
{
    long code = take_hex(reader);
    if (code < 0)
        return NULL;
    if (code >= 0xD800 && code < 0xDC00 && reader->end - reader->at >= 6 && memcmp(reader->at, "\\u", 2) == 0) {
        char *const before = reader->at;
        reader->at += 2;
        const long low = take_hex(reader);
        if (low >= 0xDC00 && low < 0xE000)
            return put_character(out, (unsigned long)(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)));
        reader->at = before;
    }
    return put_character(out, code >= 0xD800 && code < 0xE000 ? 0xFFFD : (unsigned long)code);
}

static char *take_escape(char *out, struct reader *reader)
{
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char name = reader->at < reader->end ? *reader->at : '\0';
    reader->at += name != '\0';
    if (name == 'u')
        return take_unicode(out, reader);
    const char *found = name ? strchr(names, name) : NULL;
    if (found)
        *out++ = meanings[found - names];
    return found ? out : NULL;
}

/* After the opening quote. */
static int read_string(const char **string, size_t *length, struct reader *reader)
{
    char *const start = reader->at, *out = start;
    while (reader->at < reader->end && *reader->at != '"') {
        const char byte = *reader->at++;
        if (byte == '\\') {
            out = take_escape(out, reader);
            if (!out)
                return fail(reader, "an escape that JSON does not have");
        } else if ((unsigned char)byte < 0x20) {
            return fail(reader, "a control character inside a string");
        } else {
            *out++ = byte;
        }
    }
    if (reader->at == reader->end)
        return fail(reader, "a string without its closing quote");
    reader->at++;
    *length = (size_t)(out - start);
    *out = '\0';
    *string = start;
    return 0;
}

/* ----------------------------------------------------------------- values */

static int is_digit(const struct reader *reader)
{
    return reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9';
}

static int take_digits(struct reader *reader)
{
    if (!is_digit(reader))
        return 0;
    while (is_digit(reader))
        reader->at++;
    return 1;
}

static int take_one_of(struct reader *reader, const char *bytes)
{
    if (reader->at == reader->end || !*reader->at || !strchr(bytes, *reader->at))
        return 0;
    reader->at++;
    return 1;
}

static int read_number(struct cli_json_value *value, struct reader *reader)
{
    const char *const start = reader->at;
    take_one_of(reader, "-");
    const int is_zero = reader->at < reader->end && *reader->at == '0';
    if (is_zero)
        reader->at++;
    if (is_zero ? is_digit(reader) : !take_digits(reader))
        return fail(reader, "not a value");
    if (take_one_of(reader, ".") && !take_digits(reader))
        return fail(reader, "a number that does not end");
    if (take_one_of(reader, "eE")) {
        take_one_of(reader, "+-");
        if (!take_digits(reader))
            return fail(reader, "a number that does not end");
    }
    value->kind = CLI_JSON_NUMBER;
    value->number = strtod(start, NULL);
    return 0;
}

static int read_word(struct cli_json_value *value, struct reader *reader)
{
    static const struct {
        const char *word;
        enum cli_json_kind kind;
        double number;
    } words[] = {{"null", CLI_JSON_NULL, 0}, {"true", CLI_JSON_BOOLEAN, 1}, {"false", CLI_JSON_BOOLEAN, 0}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t length = strlen(words[i].word);
        if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, words[i].word, length))
            continue;
        reader->at += length;
        value->kind = words[i].kind;
        value->number = words[i].number;
        return 0;
    }
    return read_number(value, reader);
}

static int read_value(struct cli_json_value *value, struct reader *reader);

static int read_key(struct cli_json_value *value, struct reader *reader)
{
    size_t length;
    if (!take(reader, '"'))
        return fail(reader, "no name of a member");
    if (read_string(&value->key, &length, reader))
        return -1;
    return take(reader, ':') ? 0 : fail(reader, "no colon after the name of a member");
}

/* After the opening bracket. */
static int read_container(struct cli_json_value *container, struct reader *reader, char closing)
{
    struct cli_json_value **last = &container->first;
    if (take(reader, closing))
        return 0;
    if (++reader->depth > DEPTH_MOST)
        return fail(reader, "too many brackets inside each other");
    do {
        struct cli_json_value *value = *last = new_value(reader->tree);
        last = &value->next;
        if ((closing == '}' && read_key(value, reader)) || read_value(value, reader))
            return -1;
    } while (take(reader, ','));
    reader->depth--;
    return take(reader, closing) ? 0 : fail(reader, "no comma and no closing bracket after a value");
}

static int read_value(struct cli_json_value *value, struct reader *reader)
{
    if (take(reader, '{')) {
        value->kind = CLI_JSON_OBJECT;
        return read_container(value, reader, '}');
    }
    if (take(reader, '[')) {
        value->kind = CLI_JSON_ARRAY;
        return read_container(value, reader, ']');
    }
    if (take(reader, '"')) {
        value->kind = CLI_JSON_STRING;
        return read_string(&value->string, &value->length, reader);
    }
    return read_word(value, reader);
}

int cli_json_read(struct cli_json_tree *tree, const char *text, size_t length)
{
    *tree = (struct cli_json_tree){.text = cli_memory_alloc(length + 1, 1)};
    if (length)
        memcpy(tree->text, text, length);
    struct reader reader = {tree, tree->text, tree->text + length, 0};
    tree->root = new_value(tree);
    if (read_value(tree->root, &reader))
        return -1;
    skip_blanks(&reader);
    return reader.at == reader.end ? 0 : fail(&reader, "something after the value");
}

void cli_json_release(struct cli_json_tree *tree)
{
    while (tree->blocks) {
        struct cli_json_block *next = tree->blocks->next;
        free(tree->blocks);
        tree->blocks = next;
    }
    free(tree->text);
    *tree = (struct cli_json_tree){0};
}

const struct cli_json_value *cli_json_member(const struct cli_json_value *value, const char *key)
{
    const struct cli_json_value *found = NULL;
    if (value && value->kind == CLI_JSON_OBJECT)
        for (const struct cli_json_value *member = value->first; member; member = member->next)
            if (strcmp(member->key, key) == 0)
                found = member;
    return found;
}

const struct cli_json_value *cli_json_member_of(const struct cli_json_value *value, const char *key,
                                                enum cli_json_kind kind)
{
    const struct cli_json_value *member = cli_json_member(value, key);
    return member && member->kind == kind ? member : NULL;
}
