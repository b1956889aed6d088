#include "src/source/front_matter.h"

#include <string.h>

#include "src/source/parsers.h"

/* The line at `at`, without its end. -> where the next one begins */
static size_t read_line(const uint8_t **line, size_t *line_length, const uint8_t *text, size_t at, size_t length)
{
    const uint8_t *end = memchr(text + at, '\n', length - at);
    *line = text + at;
    *line_length = end ? (size_t)(end - *line) : length - at;
    const size_t next = at + *line_length + (end != NULL);
    while (*line_length && ((*line)[*line_length - 1] == '\r' || (*line)[*line_length - 1] == ' '))
        --*line_length;
    return next;
}

static int is_fence(const uint8_t *line, size_t length, const char *fence)
{
    return length == 3 && memcmp(line, fence, 3) == 0;
}

/* title: A "Title", or title = "A Title" */
static void read_title(struct front_matter *front, const uint8_t *line, size_t length, char separator)
{
    enum { WORD = sizeof "title" - 1 };
    if (front->title_length || length <= WORD || memcmp(line, "title", WORD) != 0)
        return;
    size_t at = WORD;
    while (at < length && line[at] == ' ')
        at++;
    if (at == length || line[at] != (uint8_t)separator)
        return;
    const uint8_t *title = line + at + 1;
    size_t title_length = length - at - 1;
    parser_trim_title(&title, &title_length);
    if (title_length >= 2 && (*title == '"' || *title == '\'') && title[title_length - 1] == *title) {
        title++;
        title_length -= 2;
    }
    front->title = title;
    front->title_length = title_length;
}

void front_matter_read(struct front_matter *front, const uint8_t *text, size_t length)
{
    const uint8_t *line;
    size_t line_length;
    *front = (struct front_matter){.text = text};
    const size_t start = read_line(&line, &line_length, text, 0, length);
    const int is_yaml = is_fence(line, line_length, "---");
    if (!is_yaml && !is_fence(line, line_length, "+++"))
        return;
    read_line(&line, &line_length, text, start, length);
    if (!line_length || !memchr(line, is_yaml ? ':' : '=', line_length))
        return; /* a ruler, and then text */
    struct front_matter found = {.text = text + start};
    for (size_t at = start; at < length;) {
        const size_t begin = at;
        at = read_line(&line, &line_length, text, at, length);
        if (is_fence(line, line_length, is_yaml ? "---" : "+++") || (is_yaml && is_fence(line, line_length, "..."))) {
            found.length = begin - start;
            found.end = at;
            *front = found;
            return;
        }
        read_title(&found, line, line_length, is_yaml ? ':' : '=');
    }
}
