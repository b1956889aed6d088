#include "src/cli/cli_options.h"

#include <stdint.h>
#include <string.h>

#include "src/cli/cli_complain.h"
#include "src/cli/cli_memory.h"
#include "src/cli/cli_number.h"
#include "src/cli/cli_suggest.h"

/* --------------------------------------------------------------- one value */

static void *member(struct cli_settings *settings, const struct cli_option_row *row)
{
    return (char *)settings + row->offset;
}

static int wants(const struct cli_option_row *row, const char *what, const char *value)
{
    cli_complain("--%s takes %s, not '%s'", row->name, what, value);
    return -1;
}

static int set_integer(void *at, const struct cli_option_row *row, uint64_t value)
{
    if (row->size == sizeof(uint64_t))
        *(uint64_t *)at = value;
    else
        *(unsigned *)at = (unsigned)value;
    return 0;
}

static int set_number(void *at, const struct cli_option_row *row, const char *text)
{
    uint64_t value;
    if (cli_number_parse(&value, text) == 0 && (double)value >= row->least && (double)value <= row->most)
        return set_integer(at, row, value);
    struct cli_text range = {0};
    char least[CLI_NUMBER_SIZE], most[CLI_NUMBER_SIZE];
    cli_text_printf(&range, "a whole number from %s to %s", cli_number_grouped(least, (uint64_t)row->least),
                    cli_number_grouped(most, (uint64_t)row->most));
    wants(row, cli_text_string(&range), text);
    cli_text_release(&range);
    return -1;
}

static int set_limit(size_t *at, const struct cli_option_row *row, const char *text)
{
    uint64_t value;
    if (strcmp(text, "all") == 0) {
        *at = SIZE_MAX;
        return 0;
    }
    if (cli_number_parse(&value, text) || value > SIZE_MAX / 2)
        return wants(row, "a whole number or `all`", text);
    *at = (size_t)value;
    return 0;
}

static int set_float(float *at, const struct cli_option_row *row, const char *text)
{
    float value;
    if (cli_number_parse_float(&value, text) || (double)value < row->least || (double)value > row->most)
        return wants(row, row->most < 2 ? "a number from 0 to 1" : "a number of 0 or more", text);
    *at = value;
    return 0;
}

static int set_choice(int *at, const struct cli_option_row *row, const char *text)
{
    struct cli_text known = {0};
    for (int i = 0; row->choices[i]; i++) {
        if (strcmp(row->choices[i], text) == 0) {
            *at = row->constant + i;
            cli_text_release(&known);
            return 0;
        }
        cli_text_printf(&known, "%s%s", i == 0 ? "" : row->choices[i + 1] ? ", " : " or ", row->choices[i]);
    }
    wants(row, cli_text_string(&known), text);
    cli_text_release(&known);
    return -1;
}

/* Parts the word in place, at its commas. */
static int set_names(struct cli_names *at, const struct cli_option_row *row, char *text)
{
    for (char *name = text; name;) {
        char *comma = strchr(name, ',');
        if (comma)
            *comma = '\0';
        if (!*name) {
            cli_complain("--%s has an empty name; it takes names with commas between them", row->name);
            return -1;
        }
        at->names = cli_memory_grow(at->names, &at->capacity, at->count + 1, sizeof *at->names);
        at->names[at->count++] = name;
        name = comma ? comma + 1 : NULL;
    }
    return 0;
}

static int set_value(struct cli_settings *settings, const struct cli_option_row *row, char *text)
{
    void *at = member(settings, row);
    switch (row->kind) {
    case CLI_OPTION_FLAG:
        *(int *)at = row->constant;
        return 0;
    case CLI_OPTION_STRING:
        *(const char **)at = text;
        return 0;
    case CLI_OPTION_NUMBER:
        return set_number(at, row, text);
    case CLI_OPTION_LIMIT:
        return set_limit(at, row, text);
    case CLI_OPTION_BYTES:
        return cli_number_parse_bytes(at, text) ? wants(row, "a number of bytes such as 512M", text) : 0;
    case CLI_OPTION_FLOAT:
        return set_float(at, row, text);
    case CLI_OPTION_CHOICE:
        return set_choice(at, row, text);
    case CLI_OPTION_NAMES:
        return set_names(at, row, text);
    }
    return -1;
}

/* -------------------------------------------------------------- the words */

struct parse {
    struct cli_settings *settings;
    const struct cli_option_row *rows;
    int argc, next; /* the word after the one being read */
    char **argv;
    const char *usage;
};

static int is_name(const struct cli_option_row *row, const char *text, size_t length)
{
    return strlen(row->name) == length && memcmp(row->name, text, length) == 0;
}

static int unknown(const struct parse *parse, const char *word, const char *name)
{
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (const struct cli_option_row *row = parse->rows; row->name; row++)
        cli_suggest_try(&best, &distance, name, row->name);
    struct cli_text hint = {0};
    if (best)
        cli_text_printf(&hint, "; did you mean --%s?", best);
    cli_complain("unknown option %s%s", word, cli_text_string(&hint));
    cli_complain_note("  a word that starts with \"-\" and is no option goes after \"--\": %s -- %s", parse->usage, word);
    cli_text_release(&hint);
    return -1;
}

/* The value of an option: `attached` to it, or the next word. */
static int take_value(struct parse *parse, const struct cli_option_row *row, char *attached)
{
    if (!attached && parse->next == parse->argc) {
        cli_complain("--%s wants a value: --%s %s", row->name, row->name, row->value);
        return -1;
    }
    return set_value(parse->settings, row, attached ? attached : parse->argv[parse->next++]);
}

static int long_option(struct parse *parse, char *word)
{
    char *name = word + 2, *equals = strchr(name, '=');
    const size_t length = equals ? (size_t)(equals - name) : strlen(name);
    const struct cli_option_row *row = parse->rows;
    while (row->name && !is_name(row, name, length))
        row++;
    if (!row->name) {
        if (equals)
            *equals = '\0'; /* the name alone is compared with those known */
        return unknown(parse, word, name);
    }
    if (row->value)
        return take_value(parse, row, equals ? equals + 1 : NULL);
    if (equals) {
        cli_complain("--%s takes no value", row->name);
        return -1;
    }
    return set_value(parse->settings, row, NULL);
}

/* A cluster: flags, the last of which may have a value, attached or not. */
static int short_options(struct parse *parse, char *word)
{
    for (char *letter = word + 1; *letter; letter++) {
        const struct cli_option_row *row = parse->rows;
        while (row->name && row->letter != *letter)
            row++;
        if (!row->name)
            return unknown(parse, word, word + 1);
        if (row->value)
            return take_value(parse, row, letter[1] ? letter + 1 : NULL);
        if (set_value(parse->settings, row, NULL))
            return -1;
    }
    return 0;
}

int cli_options_parse(struct cli_settings *settings, struct cli_operands *operands, const struct cli_option_row *rows,
                      int argc, char **argv, int first, int stop_at_operand, const char *usage)
{
    struct parse parse = {settings, rows, argc, first, argv, usage};
    int only_operands = 0;
    while (parse.next < argc) {
        char *word = argv[parse.next];
        const int is_operand = only_operands || word[0] != '-' || !word[1];
        if (is_operand && stop_at_operand)
            break;
        parse.next++;
        if (is_operand)
            operands->words[operands->count++] = word;
        else if (strcmp(word, "--") == 0)
            only_operands = 1;
        else if (word[1] == '-' ? long_option(&parse, word) : short_options(&parse, word))
            return -1;
    }
    return parse.next;
}
