#include <stdlib.h>
#include <string.h>

#include "src/text/tokenizer.h"
#include "src/text/utf8.h"
#include "src/text/word_masks.h"
#include "src/text/wordspan.h"
#include "src/util/buffer.h"
#include "tests/unit/tap.h"

/* The tokenizer's short cut over ASCII gives what the rules give. Texts are
 * drawn from pieces that meet in every rule, in mixtures of their own. */

static const char *const ascii_pieces[] = {"a", "Z", "word", "7", "42", "_", "'", ".", ",", ";", ":", "\"", " ", "  ", "-", "\n", "\r", "x.y", "1,2"};
static const char *const other_pieces[] = {
    "\u00E9", "\u0301", "\u2019", "\u00B7", "\u00AD", "\u200D", "\u200B", "\u2003", "\u3000", "\u05D0", "\u05F4", "\u0661",
    "\u066B", "\u30AB", "\u3072", "\u4E2D", "\uD55C", "\u0E01", "\u0E35", "\u203F", "\u2764", "\uFE0F", "\U0001F600",
    "\U0001F3FD", "\U0001F1E9", "\u00A9", "\uFF07", "\uFF1A", "\uFFFD", "\u2028", "\u037E", "\u0915", "\u094D"};
static const char *const damage_pieces[] = {"\xFF", "\xC3", "\xE2\x82", "\x80"};
static const char *const run_pieces[] = {"x", "_", "a.", "1,", "\u0301", "\u200D", "\u0434", "' ", "\U0001F600\u200D"};

#define PIECE(random, list) list[tap_random_below(random, sizeof list / sizeof *list)]

/* How many in a hundred pieces are of which kind: differs from text to text. */
struct mixture {
    uint64_t others, damage, runs;
};

static void add_run(struct buffer *text, struct tap_random *random)
{
    const char *piece = PIECE(random, run_pieces);
    for (uint64_t count = tap_random_below(random, 300); count > 0; count--)
        buffer_append_string(text, piece);
}

static void draw_text(struct buffer *text, struct tap_random *random)
{
    const struct mixture mixture = {tap_random_below(random, 60), tap_random_below(random, 2) * 5, tap_random_below(random, 2) * 3};
    buffer_reset(text);
    for (uint64_t pieces = tap_random_below(random, 60); pieces > 0; pieces--) {
        const uint64_t draw = tap_random_below(random, 100);
        if (draw < mixture.others)
            buffer_append_string(text, PIECE(random, other_pieces));
        else if (draw < mixture.others + mixture.damage)
            buffer_append_string(text, PIECE(random, damage_pieces));
        else if (draw < mixture.others + mixture.damage + mixture.runs)
            add_run(text, random);
        else
            buffer_append_string(text, PIECE(random, ascii_pieces));
    }
}

/* The next word by the rules alone. */
static int next_by_rules(struct wordspan *span, const uint8_t *text, size_t length)
{
    while (span->end < length) {
        wordspan_find(span, text, length, span->end);
        if (span->word_end > span->word_start)
            return 1;
    }
    return 0;
}

static void the_short_cut_follows_the_rules(void)
{
    struct tap_random random = {1};
    struct buffer text;
    buffer_init(&text);
    for (size_t round = tap_rounds(40000); round > 0; round--) {
        const uint64_t seed = random.state;
        draw_text(&text, &random);
        struct tokenizer tokenizer;
        struct surface surface;
        struct wordspan span = {0};
        tokenizer_init(&tokenizer, text.bytes, text.length);
        while (tokenizer_next(&tokenizer, &surface)) {
            REQUIRE_THAT(next_by_rules(&span, text.bytes, text.length), "seed %llu: a word too many", (unsigned long long)seed);
            const size_t start = (size_t)(surface.bytes - text.bytes);
            REQUIRE_THAT(start == span.word_start && start + surface.length == span.word_end,
                         "seed %llu: [%zu, %zu) is [%zu, %zu)", (unsigned long long)seed, start, start + surface.length,
                         span.word_start, span.word_end);
            REQUIRE_UINT(surface.is_ascii, utf8_is_ascii(surface.bytes, surface.length) ? 1 : 0);
        }
        REQUIRE_THAT(!next_by_rules(&span, text.bytes, text.length), "seed %llu: a word is missing", (unsigned long long)seed);
    }
    buffer_release(&text);
}

static void words_lie_in_the_text_in_order_and_are_short(void)
{
    struct tap_random random = {2};
    struct buffer text;
    buffer_init(&text);
    for (size_t round = tap_rounds(20000); round > 0; round--) {
        draw_text(&text, &random);
        struct tokenizer tokenizer;
        struct surface surface;
        size_t before = 0;
        tokenizer_init(&tokenizer, text.bytes, text.length);
        while (tokenizer_next(&tokenizer, &surface)) {
            const size_t start = (size_t)(surface.bytes - text.bytes);
            REQUIRE(surface.length >= 1 && surface.length <= TOKEN_MAX_BYTES);
            REQUIRE(start >= before && start + surface.length <= text.length);
            REQUIRE_UINT(utf8_valid_length(surface.bytes, surface.length), surface.length);
            before = start + surface.length;
        }
    }
    buffer_release(&text);
}

/* Words taken many at a time, in pieces of any size, out of a text whose end is
 * the end of its memory, are those taken one by one. */
static void many_at_once_are_the_same_words(void)
{
    struct tap_random random = {4};
    struct buffer text;
    buffer_init(&text);
    for (size_t round = tap_rounds(40000); round > 0; round--) {
        const uint64_t seed = random.state;
        draw_text(&text, &random);
        uint8_t *exact = malloc(text.length ? text.length : 1);
        REQUIRE(exact != NULL);
        memcpy(exact, text.length ? text.bytes : (const uint8_t *)"", text.length);
        struct tokenizer one, many;
        struct surface expected, found[9];
        size_t count;
        tokenizer_init(&one, exact, text.length);
        tokenizer_init(&many, exact, text.length);
        while ((count = tokenizer_next_words(&many, found, 1 + tap_random_below(&random, 9))) > 0)
            for (size_t i = 0; i < count; i++)
                REQUIRE_THAT(tokenizer_next(&one, &expected) && found[i].bytes == expected.bytes
                                 && found[i].length == expected.length && found[i].is_ascii == expected.is_ascii,
                             "seed %llu", (unsigned long long)seed);
        REQUIRE_THAT(!tokenizer_next(&one, &expected), "seed %llu: a word is missing", (unsigned long long)seed);
        free(exact);
    }
    buffer_release(&text);
}

static void masks_are_those_without_vectors(void)
{
    struct tap_random random = {5};
    uint8_t text[WORD_MASKS_BYTES];
    for (size_t round = tap_rounds(40000); round > 0; round--) {
        const uint64_t below = tap_random_below(&random, 2) ? 128 : 256;
        for (size_t i = 0; i < sizeof text; i++)
            text[i] = (uint8_t)tap_random_below(&random, below);
        struct word_masks found, expected;
        word_masks_find(&found, text);
        word_masks_find_scalar(&expected, text);
        REQUIRE(memcmp(&found, &expected, sizeof found) == 0);
        for (unsigned i = 0; i < sizeof text; i++) {
            const uint8_t byte = text[i];
            const int letter = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
            REQUIRE_INT(expected.letters >> i & 1, letter);
            REQUIRE_INT(expected.connector >> i & 1, byte == '_');
            REQUIRE_INT(expected.joiner >> i & 1, byte == '\'' || byte == '.' || byte == ',' || byte == ';');
            REQUIRE_INT(expected.not_ascii >> i & 1, byte > 127);
        }
    }
}

/* What is stored is the repaired text: its words must be those of the text as it came. */
static void repaired_text_has_the_same_words(void)
{
    struct tap_random random = {3};
    struct buffer text, repaired;
    buffer_init(&text);
    buffer_init(&repaired);
    for (size_t round = tap_rounds(20000); round > 0; round--) {
        draw_text(&text, &random);
        buffer_reset(&repaired);
        utf8_repair(&repaired, text.bytes, text.length);
        struct tokenizer one, other;
        struct surface word, same;
        tokenizer_init(&one, text.bytes, text.length);
        tokenizer_init(&other, repaired.bytes, repaired.length);
        while (tokenizer_next(&one, &word)) {
            REQUIRE_INT(tokenizer_next(&other, &same), 1);
            REQUIRE(word.length == same.length && memcmp(word.bytes, same.bytes, word.length) == 0);
        }
        REQUIRE_INT(tokenizer_next(&other, &same), 0);
    }
    buffer_release(&text);
    buffer_release(&repaired);
}

TAP_MAIN("tokenizer paths", TAP_CASE(the_short_cut_follows_the_rules), TAP_CASE(words_lie_in_the_text_in_order_and_are_short),
         TAP_CASE(many_at_once_are_the_same_words), TAP_CASE(masks_are_those_without_vectors),
         TAP_CASE(repaired_text_has_the_same_words))
