/* Golden files: inputs with what came of them, reviewable in a diff. A test
 * reads the file, makes it anew from its inputs, and compares.
 *
 *     # a remark                      kept
 *     query: harbour nets             an input, kept: a line that starts with a key
 *       what came of it               made anew: a line that starts with two spaces
 *
 * With TRAWL_GOLDEN=write in the environment the files are written instead:
 * look at the diff then. */
#ifndef TRAWL_TESTS_GOLDEN_H
#define TRAWL_TESTS_GOLDEN_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/util/buffer.h"
#include "tests/unit/tap.h"

/* Appends what comes of the inputs since the last call. Called at each blank
 * line after inputs, and at the end. */
typedef void golden_answer(struct buffer *out, void *context);

/* Takes one input line, "key: value". */
typedef void golden_input(void *context, const char *key, const char *value, size_t value_length);

static inline int golden_read(struct buffer *text, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    size_t got;
    uint8_t bytes[4096];
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        buffer_append(text, bytes, got);
    fclose(file);
    return text->status;
}

static inline void golden_take(golden_input *input, void *context, const char *line, size_t length)
{
    char key[32];
    const char *colon = memchr(line, ':', length);
    size_t key_length = colon ? (size_t)(colon - line) : 0;
    if (key_length == 0 || key_length >= sizeof key)
        return;
    memcpy(key, line, key_length);
    key[key_length] = '\0';
    size_t from = key_length + 1 + (key_length + 1 < length && line[key_length + 1] == ' ');
    input(context, key, line + from, length - from);
}

static inline void golden_make(struct buffer *made, const struct buffer *text, golden_input *input, golden_answer *answer,
                               void *context)
{
    const char *line = (const char *)text->bytes, *end = line + text->length;
    int has_input = 0;
    while (line < end) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((newline ? newline : end) - line);
        if (length == 0 && has_input) {
            answer(made, context);
            has_input = 0;
        }
        if (length == 0 || line[0] != ' ') {
            buffer_append(made, line, length);
            buffer_append_u8(made, '\n');
        }
        if (length && line[0] != ' ' && line[0] != '#') {
            golden_take(input, context, line, length);
            has_input = 1;
        }
        line += length + (newline != NULL);
    }
    if (has_input)
        answer(made, context);
}

static inline void golden_compare(const char *path, const struct buffer *text, const struct buffer *made)
{
    size_t at = 0, line = 1, start = 0;
    while (at < text->length && at < made->length && text->bytes[at] == made->bytes[at]) {
        if (text->bytes[at++] == '\n') {
            line++;
            start = at;
        }
    }
    if (at == text->length && at == made->length)
        return;
    int found = (int)strcspn((const char *)made->bytes + start, "\n");
    int expected = (int)strcspn((const char *)text->bytes + start, "\n");
    CHECK_THAT(0, "%s:%zu: found \"%.*s\", expected \"%.*s\"", path, line, found, (const char *)made->bytes + start, expected,
               (const char *)text->bytes + start);
}

/* One case: checks the file at `path` in the source tree. */
static inline void golden_check(const char *path, golden_input *input, golden_answer *answer, void *context)
{
    struct buffer text, made;
    buffer_init(&text);
    buffer_init(&made);
    const char *full = tap_source_path(path);
    CHECK_THAT(golden_read(&text, full) == 0, "cannot read %s", path);
    if (text.bytes)
        golden_make(&made, &text, input, answer, context);
    const char *mode = getenv("TRAWL_GOLDEN");
    FILE *file = mode && strcmp(mode, "write") == 0 ? fopen(full, "wb") : NULL;
    buffer_string(&text);
    buffer_string(&made);
    if (!file) {
        golden_compare(path, &text, &made);
    } else {
        fwrite(made.bytes, 1, made.length, file);
        fclose(file);
    }
    buffer_release(&text);
    buffer_release(&made);
}

#endif
