#include "src/source/ignore.h"

#include <string.h>

#include "include/trawl.h"

/* fnmatch() would do for one part of a path, but it reads characters by the
 * locale of the program that we are a guest in, and knows no **. Both levels
 * here, parts and bytes, go back to their last star alone, which is enough: a
 * star further left cannot match more than the last one can. So a pattern
 * costs at most its length times the path's, however many stars it has. */

struct ignore_rule {
    const char *pattern;
    int is_negated, is_folder_only, is_anchored;
};

/* ------------------------------------------------------------------- parts */

struct byte_class {
    const char *name;
    const char *members; /* as pairs of first and last */
};

static int in_ranges(const char *ranges, unsigned char byte)
{
    for (; *ranges; ranges += 2)
        if (byte >= (unsigned char)ranges[0] && byte <= (unsigned char)ranges[1])
            return 1;
    return 0;
}

/* [:digit:] and its kind, at "[:". Moves *at behind it. -> 1 matches, 0 not, -1 no such class */
static int match_named_class(const char **at, const char *end, unsigned char byte)
{
    static const struct byte_class classes[] = {
        {"alnum", "09AZaz"}, {"alpha", "AZaz"}, {"blank", "  \t\t"}, {"cntrl", "\001\037\177\177"}, {"digit", "09"},
        {"graph", "!~"}, {"lower", "az"}, {"print", " ~"}, {"punct", "!/:@[`{~"}, {"space", "\t\r  "}, {"upper", "AZ"},
        {"xdigit", "09AFaf"},
    };
    const char *name = *at + 2;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        const size_t length = strlen(classes[i].name);
        if ((size_t)(end - name) < length + 2 || memcmp(name, classes[i].name, length) != 0
            || memcmp(name + length, ":]", 2) != 0)
            continue;
        *at = name + length + 2;
        return in_ranges(classes[i].members, byte);
    }
    return -1;
}

/* One byte of a set, perhaps behind a backslash. -> 0: the pattern ends */
static unsigned char set_byte(const char **at, const char *end)
{
    if (*at < end && **at == '\\')
        ++*at;
    return *at < end ? (unsigned char)*(*at)++ : 0;
}

/* A set, from behind its [. Moves *at behind its ]. -> 1 matches, 0 not, -1 malformed */
static int match_set(const char **at, const char *end, unsigned char byte)
{
    const int is_negated = *at < end && (**at == '!' || **at == '^');
    int found = 0;
    *at += is_negated;
    for (const char *first = *at; *at < end && (**at != ']' || *at == first);) {
        if (**at == '[' && end - *at > 1 && (*at)[1] == ':') {
            const int matches = match_named_class(at, end, byte);
            if (matches < 0)
                return -1;
            found |= matches;
            continue;
        }
        const unsigned char low = set_byte(at, end);
        unsigned char high = low;
        if (end - *at > 1 && (*at)[0] == '-' && (*at)[1] != ']') {
            ++*at;
            high = set_byte(at, end);
        }
        found |= byte >= low && byte <= high;
    }
    if (*at >= end)
        return -1;
    ++*at;
    return found != is_negated;
}

/* Anything but a star against one byte. Moves *at on. -> 1 matches, 0 not */
static int match_byte(const char **at, const char *end, char byte)
{
    const char pattern = *(*at)++;
    if (pattern == '?')
        return 1;
    if (pattern == '[')
        return match_set(at, end, (unsigned char)byte) > 0;
    if (pattern != '\\')
        return pattern == byte;
    return *at < end && *(*at)++ == byte;
}

static int match_part(const char *pattern, const char *pattern_end, const char *name, const char *name_end)
{
    const char *star = NULL, *from = NULL; /* go on here, with the star one byte longer */
    while (name < name_end || pattern < pattern_end) {
        if (pattern < pattern_end && *pattern == '*') {
            star = ++pattern;
            from = name;
            continue;
        }
        if (pattern < pattern_end && name < name_end && match_byte(&pattern, pattern_end, *name)) {
            name++;
            continue;
        }
        if (!star || from >= name_end)
            return 0;
        pattern = star;
        name = ++from;
    }
    return 1;
}

/* ------------------------------------------------------------------- paths */

static const char *part_end(const char *path)
{
    return path + strcspn(path, "/");
}

static const char *next_part(const char *end)
{
    return *end == '/' ? end + 1 : end;
}

int ignore_glob(const char *pattern, const char *path)
{
    const char *star = NULL, *from = NULL; /* go on here, with the ** one part longer */
    while (*pattern || *path) {
        const char *pattern_end = part_end(pattern);
        if (pattern_end - pattern == 2 && memcmp(pattern, "**", 2) == 0) {
            if (!*pattern_end)
                return *path != '\0'; /* all that lies inside */
            star = pattern = next_part(pattern_end);
            from = path;
            continue;
        }
        const char *path_end = part_end(path);
        if (*pattern && *path && match_part(pattern, pattern_end, path, path_end)) {
            pattern = next_part(pattern_end);
            path = next_part(path_end);
            continue;
        }
        if (!star || !*from)
            return 0;
        pattern = star;
        path = from = next_part(part_end(from));
    }
    return 1;
}

/* ------------------------------------------------------------------- rules */

/* Without the blanks at its end that no backslash protects. */
static size_t trimmed(const char *line, size_t length)
{
    if (length && line[length - 1] == '\r')
        length--;
    while (length && line[length - 1] == ' ' && (length < 2 || line[length - 2] != '\\'))
        length--;
    return length;
}

/* -> 0, or 1: no rule stands on this line; negative: no memory */
static int parse_line(struct ignore_rule *rule, struct arena *arena, const char *line, size_t length)
{
    length = trimmed(line, length);
    *rule = (struct ignore_rule){0};
    if (length && *line == '#')
        return 1;
    if (length && *line == '!') {
        rule->is_negated = 1;
        line++;
        length--;
    }
    if (length && line[length - 1] == '/') {
        rule->is_folder_only = 1;
        length--;
    }
    if (length == 0 || memchr(line, '\0', length))
        return 1;
    rule->is_anchored = memchr(line, '/', length) != NULL;
    if (*line == '/') {
        line++;
        length--;
    }
    rule->pattern = arena_copy(arena, line, length);
    return rule->pattern ? 0 : TRAWL_ERROR_MEMORY;
}

static size_t count_lines(const char *text, size_t length)
{
    size_t lines = 1;
    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    return lines;
}

int ignore_parse(struct ignore_rules *rules, struct arena *arena, const uint8_t *text, size_t length)
{
    const char *at = (const char *)text, *end = at + length;
    struct ignore_rule *made = arena_alloc_zero(arena, count_lines(at, length), sizeof *made);
    *rules = (struct ignore_rules){.rules = made};
    if (!made)
        return TRAWL_ERROR_MEMORY;
    if (length >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        const size_t line_length = (size_t)((line_end ? line_end : end) - at);
        const int status = parse_line(&made[rules->count], arena, at, line_length);
        if (status < 0)
            return status;
        rules->count += status == 0;
        at += line_length + (line_end != NULL);
    }
    return 0;
}

enum ignore_verdict ignore_match(const struct ignore_rules *rules, const char *path, int is_folder)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    for (size_t i = rules->count; i > 0; i--) {
        const struct ignore_rule *rule = &rules->rules[i - 1];
        if (rule->is_folder_only && !is_folder)
            continue;
        if (ignore_glob(rule->pattern, rule->is_anchored ? path : name))
            return rule->is_negated ? IGNORE_KEEP : IGNORE_SKIP;
    }
    return IGNORE_UNDECIDED;
}
