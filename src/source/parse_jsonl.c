#include <string.h>

#include "src/source/json_read.h"
#include "src/source/parsers.h"

/* One object per line.
 *
 *     key                   value                    becomes
 *     id, _id, docno        string, number           the id; the first of these names that is there wins
 *     text, contents, body  string(s)                the body, several values run in their order
 *     title                 string(s)                the title
 *     any other             string, strings          a text field, of several values
 *     any                   number, boolean, null,   a field that is only stored, as JSON
 *                           other arrays, {}
 *     any                   object                   its keys, behind this one and a dot
 *
 * These names mean this at the top only. An id that is null is a missing one;
 * an id key that comes twice, or an id that is neither string nor number, is
 * a fault, since whichever we took might be the wrong one. For other keys that
 * come twice each is one more value. */

enum { ID_NAMES = 3, OBJECT_DEPTH = NAME_LIMIT / 2 + 2 /* each level adds a dot and a letter */ };

static const char *const id_names[ID_NAMES] = {"id", "_id", "docno"};

struct jsonl {
    struct parser *parser;
    struct json_reader reader;
    struct json_token token;
    const char *name; /* of the present key with those around it; not terminated */
    size_t name_length;
    size_t prefix_length[OBJECT_DEPTH]; /* of the names in each open object, with the dot */
    char prefix[NAME_LIMIT + 1];
    unsigned depth; /* open objects, 1 at the top */
    int id_seen[ID_NAMES];
    struct json_token id_values[ID_NAMES]; /* when seen */
};

/* ------------------------------------------------------------------ tokens */

static int next(struct jsonl *jsonl)
{
    struct json_reader *reader = &jsonl->reader;
    if (json_next(&jsonl->token, reader) == 0)
        return 0;
    return parser_fault(jsonl->parser, "not JSON: %s, at byte %zu of the line", reader->fault,
                       (size_t)(reader->at - reader->start));
}

/* The text of a key or string, where it stands or in the arena. Half a
 * surrogate pair in it was counted as damage; bytes above 0x7F are unchecked. */
static int text_of(const uint8_t **text, size_t *length, struct jsonl *jsonl, const struct json_token *token)
{
    struct parser *parser = jsonl->parser;
    *text = token->start;
    *length = token->length;
    if (!token->is_escaped)
        return 0;
    uint8_t *copy = arena_alloc(&parser->arena, token->length + 1);
    if (!copy)
        return parser_no_memory(parser);
    *length = json_unescape(copy, token->start, token->length, &parser->damaged);
    *text = copy;
    return 0;
}

static int sound_text_of(const uint8_t **text, size_t *length, struct jsonl *jsonl, const struct json_token *token)
{
    const int status = text_of(text, length, jsonl, token);
    return status || token->is_ascii ? status : parser_repair(jsonl->parser, text, length);
}

/* ------------------------------------------------------------------- names */

static int too_long(struct jsonl *jsonl)
{
    return parser_fault(jsonl->parser, "a field name is longer than %d bytes", NAME_LIMIT);
}

/* A name that people can write: not empty, no control characters. */
static int clean_name(struct jsonl *jsonl, const uint8_t *key, size_t length)
{
    size_t control = 0;
    while (control < length && key[control] >= 0x20 && key[control] != 0x7F)
        control++;
    jsonl->name = length ? (const char *)key : "_";
    jsonl->name_length = length ? length : 1;
    if (control == length)
        return 0;
    char *copy = arena_copy(&jsonl->parser->arena, key, length);
    if (!copy)
        return parser_no_memory(jsonl->parser);
    for (size_t i = 0; i < length; i++)
        if ((uint8_t)copy[i] < 0x20 || copy[i] == 0x7F)
            copy[i] = '_';
    jsonl->name = copy;
    return 0;
}

static int set_name(struct jsonl *jsonl)
{
    const uint8_t *key;
    size_t length;
    int status = sound_text_of(&key, &length, jsonl, &jsonl->token);
    const size_t before = jsonl->prefix_length[jsonl->depth - 1];
    if (status)
        return status;
    if (length > NAME_LIMIT - before)
        return too_long(jsonl);
    status = clean_name(jsonl, key, length);
    if (status || before == 0)
        return status;
    if (jsonl->name_length > NAME_LIMIT - before)
        return too_long(jsonl);
    char *joined = arena_alloc(&jsonl->parser->arena, before + jsonl->name_length);
    if (!joined)
        return parser_no_memory(jsonl->parser);
    memcpy(joined, jsonl->prefix, before);
    memcpy(joined + before, jsonl->name, jsonl->name_length);
    jsonl->name = joined;
    jsonl->name_length += before;
    return 0;
}

static int name_is(const struct jsonl *jsonl, const char *name)
{
    return jsonl->name_length == strlen(name) && memcmp(jsonl->name, name, jsonl->name_length) == 0;
}

static int is_body(const struct jsonl *jsonl)
{
    return jsonl->depth == 1 && (name_is(jsonl, "text") || name_is(jsonl, "contents") || name_is(jsonl, "body"));
}

/* ------------------------------------------------------------------ values */

static int add_text(struct jsonl *jsonl, const struct json_token *token)
{
    struct document_field field = {.kind = FIELD_TEXT, .name = jsonl->name, .name_length = (uint32_t)jsonl->name_length};
    if (is_body(jsonl)) {
        field.name = "body";
        field.name_length = 4;
    }
    const int status = sound_text_of(&field.value, &field.value_length, jsonl, token);
    return status ? status : parser_add(jsonl->parser, &field);
}

/* The JSON from `start` to where the reader stands. */
static int add_stored(struct jsonl *jsonl, const uint8_t *start)
{
    struct document_field field = {
        .kind = FIELD_STORED,
        .name = jsonl->name,
        .name_length = (uint32_t)jsonl->name_length,
        .value = start,
        .value_length = (size_t)(jsonl->reader.at - start),
    };
    const int status = parser_repair(jsonl->parser, &field.value, &field.value_length);
    return status ? status : parser_add(jsonl->parser, &field);
}

static int leave_container(struct jsonl *jsonl)
{
    struct json_reader *reader = &jsonl->reader;
    if (json_leave(reader) == 0)
        return 0;
    return next(jsonl); /* says the same fault once more */
}

/* From behind its [. Strings alone make text; they are added on the way and
 * taken back when something else shows up. */
static int add_array(struct jsonl *jsonl)
{
    struct parser *parser = jsonl->parser;
    const uint8_t *start = jsonl->token.start;
    const size_t before = parser->field_count;
    const uint64_t damaged = parser->damaged;
    int is_text = 1, status;
    while ((status = next(jsonl)) == 0 && jsonl->token.kind != JSON_ARRAY_END) {
        if (jsonl->token.kind == JSON_STRING && is_text)
            status = add_text(jsonl, &jsonl->token);
        else if (jsonl->token.kind == JSON_OBJECT || jsonl->token.kind == JSON_ARRAY)
            status = leave_container(jsonl);
        is_text = is_text && jsonl->token.kind == JSON_STRING;
        if (status)
            return status;
    }
    if (status || (is_text && parser->field_count > before))
        return status;
    parser->field_count = before;
    parser->damaged = damaged;
    return add_stored(jsonl, start);
}

/* From behind its {. Its keys come through the main loop, unless it has none.
 * -> 0: the present token is dealt with; 1: it is the object's first key */
static int open_object(struct jsonl *jsonl)
{
    const uint8_t *start = jsonl->token.start;
    const int status = next(jsonl);
    if (status)
        return status;
    if (jsonl->token.kind == JSON_OBJECT_END)
        return add_stored(jsonl, start);
    if (jsonl->name_length + 1 >= NAME_LIMIT)
        return too_long(jsonl);
    memcpy(jsonl->prefix, jsonl->name, jsonl->name_length);
    jsonl->prefix[jsonl->name_length] = '.';
    jsonl->prefix_length[jsonl->depth++] = jsonl->name_length + 1;
    return 1;
}

/* -> as open_object */
static int add_value(struct jsonl *jsonl)
{
    switch (jsonl->token.kind) {
    case JSON_STRING: return add_text(jsonl, &jsonl->token);
    case JSON_ARRAY: return add_array(jsonl);
    case JSON_OBJECT: return open_object(jsonl);
    default: return add_stored(jsonl, jsonl->token.start);
    }
}

/* --------------------------------------------------------------------- ids */

/* -> which of the id names the present key is, or -1 */
static int id_rank(const struct jsonl *jsonl)
{
    for (int rank = 0; rank < ID_NAMES && jsonl->depth == 1; rank++)
        if (name_is(jsonl, id_names[rank]))
            return rank;
    return -1;
}

/* Keeps an id's value for the end. -> as open_object */
static int keep_id(struct jsonl *jsonl, int rank)
{
    if (jsonl->id_seen[rank])
        return parser_fault(jsonl->parser, "the key \"%s\" comes twice", id_names[rank]);
    jsonl->id_seen[rank] = jsonl->token.kind != JSON_NULL;
    jsonl->id_values[rank] = jsonl->token;
    if (jsonl->token.kind == JSON_STRING || jsonl->token.kind == JSON_NUMBER || jsonl->token.kind == JSON_NULL)
        return 0;
    return add_value(jsonl);
}

static int take_id(struct jsonl *jsonl, const struct json_token *value)
{
    struct parser *parser = jsonl->parser;
    const uint64_t damaged = parser->damaged;
    const uint8_t *id = value->start;
    size_t length = value->length;
    if (value->kind != JSON_STRING && value->kind != JSON_NUMBER)
        return parser_fault(parser, "the id is neither a string nor a number");
    const int status = value->kind == JSON_STRING ? text_of(&id, &length, jsonl, value) : 0;
    if (status)
        return status;
    if (parser->damaged != damaged)
        return parser_fault(parser, "the id is not valid UTF-8");
    parser_set_id(parser, id, length);
    return 0;
}

/* An id name that lost is a field like any other; what is neither string nor number was added before. */
static int add_lost_id(struct jsonl *jsonl, int rank)
{
    const struct json_token *value = &jsonl->id_values[rank];
    jsonl->name = id_names[rank];
    jsonl->name_length = strlen(id_names[rank]);
    if (value->kind == JSON_STRING)
        return add_text(jsonl, value);
    if (value->kind != JSON_NUMBER)
        return 0;
    jsonl->reader.at = value->start + value->length;
    return add_stored(jsonl, value->start);
}

static int settle_id(struct jsonl *jsonl)
{
    int has_id = 0;
    for (int rank = 0; rank < ID_NAMES; rank++) {
        if (!jsonl->id_seen[rank])
            continue;
        const int status = has_id ? add_lost_id(jsonl, rank) : take_id(jsonl, &jsonl->id_values[rank]);
        if (status)
            return status;
        has_id = 1;
    }
    return 0;
}

/* ------------------------------------------------------------------- whole */

/* The members of the top object, and of those in it. */
static int read_members(struct jsonl *jsonl)
{
    int status = next(jsonl);
    while (status >= 0 && jsonl->depth > 0) {
        if (jsonl->token.kind == JSON_OBJECT_END) {
            jsonl->depth--;
            status = next(jsonl);
            continue;
        }
        status = set_name(jsonl);
        if (status == 0)
            status = next(jsonl);
        if (status)
            return status;
        const int rank = id_rank(jsonl);
        status = rank >= 0 ? keep_id(jsonl, rank) : add_value(jsonl);
        if (status == 0)
            status = next(jsonl);
    }
    return status;
}

int parse_jsonl(struct parser *parser)
{
    struct jsonl jsonl;
    jsonl.parser = parser;
    jsonl.depth = 1;
    jsonl.prefix_length[0] = 0;
    memset(jsonl.id_seen, 0, sizeof jsonl.id_seen);
    json_reader_init(&jsonl.reader, parser->record->bytes, parser->record->length);
    int status = next(&jsonl);
    if (status)
        return status;
    if (jsonl.token.kind != JSON_OBJECT)
        return parser_fault(parser, "not a JSON object");
    status = read_members(&jsonl);
    return status ? status : settle_id(&jsonl);
}
