/* Reads JSON into a tree, by RFC 8259: lines of a query file, and what an
 * earlier run printed. The whole text must be one value. */
#ifndef SRC_CLI_CLI_JSON_READ_H
#define SRC_CLI_CLI_JSON_READ_H

#include <stddef.h>

enum cli_json_kind {
    CLI_JSON_NULL, CLI_JSON_BOOLEAN, CLI_JSON_NUMBER, CLI_JSON_STRING, CLI_JSON_ARRAY, CLI_JSON_OBJECT
};

struct cli_json_value {
    enum cli_json_kind kind;
    double number;      /* of a boolean: 0 or 1 */
    const char *string; /* without escapes, NUL-terminated */
    size_t length;
    const char *key;    /* of a member, else NULL; NUL-terminated */
    struct cli_json_value *first, *next; /* what a container holds, in order */
};

struct cli_json_block;

struct cli_json_tree {
    struct cli_json_value *root;
    struct cli_json_block *blocks; /* the memory of the values */
    char *text;                    /* and that of the strings */
    const char *fault;             /* what is wrong, after -1 */
    size_t offset;                 /* and at which byte */
};

/* -> 0, or -1 with `fault` and `offset` set. To be released in either case. */
int cli_json_read(struct cli_json_tree *tree, const char *text, size_t length);
void cli_json_release(struct cli_json_tree *tree);

/* The member of an object, the last of that name; NULL: there is none, or `value` is NULL or no object. */
const struct cli_json_value *cli_json_member(const struct cli_json_value *value, const char *key);

/* The member's value when it is of the kind, else NULL. */
const struct cli_json_value *cli_json_member_of(const struct cli_json_value *value, const char *key,
                                                enum cli_json_kind kind);

#endif
