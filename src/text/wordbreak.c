#include "src/text/wordbreak.h"

#include "src/text/utf8.h"
#include "src/text/wordtraits.h"

void wordbreak_start(struct wordbreak *state, uint32_t traits)
{
    *state = (struct wordbreak){.last = traits, .adjacent = traits, .half_flag = (traits & TRAIT_FLAG_HALF) != 0};
}

/* Does a character of `wanted` follow, marks and such passed over? What is
 * passed over here joins if one does, and otherwise is gone over once more as
 * the next span: so the work stays linear. */
static int follows(const uint8_t *rest, size_t length, uint32_t wanted)
{
    for (size_t at = 0; at < length;) {
        uint32_t character;
        at += utf8_decode(&character, rest + at, length - at);
        uint32_t traits = word_traits(character);
        if (!(traits & TRAITS_IGNORED))
            return (traits & wanted) != 0;
    }
    return 0;
}

/* WB5 to WB7c: inside words. */
static int joins_letters(const struct wordbreak *state, uint32_t next, const uint8_t *rest, size_t length)
{
    const uint32_t last = state->last;
    if (last & TRAITS_LETTER) {
        if (next & TRAITS_LETTER) /* WB5 */
            return 1;
        if ((next & TRAITS_MID_LETTER) && follows(rest, length, TRAITS_LETTER)) /* WB6 */
            return 1;
        if ((last & TRAIT_HEBREW) && (next & TRAIT_SINGLE_QUOTE)) /* WB7a */
            return 1;
        return (last & TRAIT_HEBREW) && (next & TRAIT_DOUBLE_QUOTE) && follows(rest, length, TRAIT_HEBREW); /* WB7b */
    }
    if ((last & TRAITS_MID_LETTER) && (state->before & TRAITS_LETTER) && (next & TRAITS_LETTER)) /* WB7 */
        return 1;
    return (last & TRAIT_DOUBLE_QUOTE) && (state->before & TRAIT_HEBREW) && (next & TRAIT_HEBREW); /* WB7c */
}

/* WB8 to WB12: inside numbers, and letters beside digits. */
static int joins_digits(const struct wordbreak *state, uint32_t next, const uint8_t *rest, size_t length)
{
    const uint32_t last = state->last;
    if (last & (TRAITS_LETTER | TRAIT_NUMERIC)) {
        if (next & TRAIT_NUMERIC) /* WB8, WB9 */
            return 1;
        if ((last & TRAIT_NUMERIC) && (next & TRAITS_LETTER)) /* WB10 */
            return 1;
        return (last & TRAIT_NUMERIC) && (next & TRAITS_MID_NUMBER) && follows(rest, length, TRAIT_NUMERIC); /* WB12 */
    }
    return (last & TRAITS_MID_NUMBER) && (state->before & TRAIT_NUMERIC) && (next & TRAIT_NUMERIC); /* WB11 */
}

/* WB13 to WB13b. */
static int joins_kana_or_connector(uint32_t last, uint32_t next)
{
    const uint32_t connectable = TRAITS_LETTER | TRAIT_NUMERIC | TRAIT_KATAKANA;
    if ((last & TRAIT_KATAKANA) && (next & TRAIT_KATAKANA))
        return 1;
    if ((last & (connectable | TRAIT_CONNECTOR)) && (next & TRAIT_CONNECTOR))
        return 1;
    return (last & TRAIT_CONNECTOR) && (next & connectable);
}

/* WB5 to WB16, between characters that are not passed over. */
static int joins_significant(const struct wordbreak *state, uint32_t next, const uint8_t *rest, size_t length)
{
    if (state->half_flag && (next & TRAIT_FLAG_HALF)) /* WB15, WB16 */
        return 1;
    return joins_letters(state, next, rest, length) || joins_digits(state, next, rest, length) ||
           joins_kana_or_connector(state->last, next);
}

static void advance(struct wordbreak *state, uint32_t next)
{
    state->half_flag = (next & TRAIT_FLAG_HALF) && !state->half_flag;
    state->before = state->last;
    state->last = next;
}

int wordbreak_joins(struct wordbreak *state, uint32_t next, const uint8_t *rest, size_t rest_length)
{
    const uint32_t adjacent = state->adjacent;
    if (adjacent & next & TRAIT_LETTER) { /* WB5 again: most of what comes */
        advance(state, next);
        return 1;
    }
    state->adjacent = next;
    if ((adjacent | next) & TRAITS_LINE_END) /* WB3 to WB3b */
        return (adjacent & TRAIT_CR) && (next & TRAIT_LF);
    if (next & TRAITS_IGNORED) /* WB4 */
        return 1;
    if (!((adjacent & TRAIT_ZWJ) && (next & TRAIT_PICTOGRAPH)) && /* WB3c */
        !((adjacent & TRAIT_SPACE) && (next & TRAIT_SPACE)) &&    /* WB3d */
        !joins_significant(state, next, rest, rest_length))
        return 0;
    advance(state, next);
    return 1;
}
