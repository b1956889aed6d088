/* Random queries: the laws of query_laws.h, and trees against the rules of
 * docs/QUERY.md, which are followed here to the letter, without a parser. */
#include "tests/fuzz/query_laws.h"
#include "tests/unit/tap.h"

/* ------------------------------------------------------------ random characters */

static const char *const scraps[] = {
    "a",     "b",     "the",   "cat",    "run",   " ",     " ",    " ",      " ",    "\"",   "\"",  "(",      ")",    "(",
    ")",     "+",     "-",     "!",      "*",     "?",     "^2",   "^0.5",   "^0",   "^1e3", "~",   "~1",     "~3",   ":",
    "title:", "body:", "foo:",  "a.b:",   "odd\\ name\\::", " AND ", " OR ", " NOT ", " & ",  " | ",  "NEAR/2", " ADJ ", "\\",   "/",
    "[",     "]",     " TO ",  "{",      "}",     "<",     ">=",   "AT&T",   "'s",   ".",    ",",   "\xE6\x97\xA5\xE6\x9C\xAC", "\xC3\xA9", "\xCC\x81",
    "\xE3\x80\x80", "\xFF", "\xC3", "\xE2\x80\x99", "_", "5", "10:30", "AND", "NOT", "^1000000", "^0.000001", "U.S."};

static size_t random_scraps(char *text, size_t room, struct tap_random *random)
{
    size_t length = 0, count = 1 + tap_random_below(random, 24);
    for (size_t i = 0; i < count; i++) {
        const char *scrap = scraps[tap_random_below(random, sizeof scraps / sizeof *scraps)];
        if (length + strlen(scrap) > room)
            break;
        memcpy(text + length, scrap, strlen(scrap));
        length += strlen(scrap);
    }
    return length;
}

static size_t random_bytes(char *text, size_t room, struct tap_random *random)
{
    size_t length = tap_random_below(random, room < 40 ? room : 40);
    for (size_t i = 0; i < length; i++)
        text[i] = (char)tap_random_next(random);
    return length;
}

static void check_laws(size_t rounds, size_t (*make)(char *text, size_t room, struct tap_random *random), uint64_t seed)
{
    struct query_fixture fixture;
    struct tap_random random = {seed};
    char text[512];
    REQUIRE_OK(fixture_init(&fixture, "english"), &fixture.error);
    for (size_t i = 0; i < tap_rounds(rounds); i++) {
        size_t length = make(text, sizeof text, &random);
        unsigned flags = (unsigned)tap_random_below(&random, LAW_FLAGS);
        const char *broken = query_laws(&fixture, text, length, flags);
        REQUIRE_THAT(!broken, "round %zu, flags %u: %s: %.*s", i, flags, broken, (int)length, text);
    }
    fixture_release(&fixture);
}

static void laws_hold_for_scraps(void)
{
    check_laws(20000, random_scraps, 1);
}

static void laws_hold_for_bytes(void)
{
    check_laws(4000, random_bytes, 2);
}

/* ----------------------------------------------------------------------- model */

/* A query by structure, with its text written as it is made. A document is a
 * set of the words a to e. */
enum { WORDS = 5, MOST_ITEMS = 4, MOST_LINKS = 3, MOST_DEPTH = 3 };

struct model;

struct model_link {
    int negations; /* NOT and ! before it, and a - behind a NOT */
    char sign;
    int word;            /* of no group */
    struct model *group; /* NULL: a word */
};

struct model_item {
    struct model_link links[MOST_LINKS];
    int count;
    int joins_left; /* 1: an OR stands before it */
};

struct model {
    struct model_item items[MOST_ITEMS];
    int count;
};

struct model_maker {
    struct model pool[64];
    size_t used;
    struct buffer text;
    struct tap_random random;
};

static int chance(struct model_maker *maker, unsigned of)
{
    return tap_random_below(&maker->random, of) == 0;
}

static struct model *make_list(struct model_maker *maker, int depth);

static void make_link(struct model_link *link, struct model_maker *maker, int depth)
{
    *link = (struct model_link){.word = (int)tap_random_below(&maker->random, WORDS)};
    for (; chance(maker, 4); link->negations++)
        buffer_append_string(&maker->text, "NOT ");
    if (chance(maker, 4))
        link->sign = chance(maker, 2) ? '+' : '-';
    if (link->sign)
        buffer_append_u8(&maker->text, (uint8_t)link->sign);
    if (link->sign == '-' && link->negations) { /* NOT -a is NOT NOT a */
        link->sign = 0;
        link->negations++;
    }
    for (; chance(maker, 8); link->negations++)
        buffer_append_u8(&maker->text, '!');
    if (depth < MOST_DEPTH && maker->used < 64 && chance(maker, 4)) {
        buffer_append_u8(&maker->text, '(');
        link->group = make_list(maker, depth + 1);
        buffer_append_string(&maker->text, chance(maker, 6) ? ")^2" : ")");
    } else {
        buffer_append_u8(&maker->text, (uint8_t)('a' + link->word));
    }
}

static struct model *make_list(struct model_maker *maker, int depth)
{
    struct model *list = &maker->pool[maker->used++];
    list->count = 1 + (int)tap_random_below(&maker->random, MOST_ITEMS);
    for (int i = 0; i < list->count; i++) {
        struct model_item *item = &list->items[i];
        item->joins_left = i > 0 && chance(maker, 3);
        if (i > 0)
            buffer_append_string(&maker->text, item->joins_left ? " OR " : " ");
        item->count = chance(maker, 3) ? 1 + (int)tap_random_below(&maker->random, MOST_LINKS) : 1;
        for (int k = 0; k < item->count; k++) {
            if (k > 0)
                buffer_append_string(&maker->text, " AND ");
            make_link(&item->links[k], maker, depth);
        }
    }
    return list;
}

static int list_matches(const struct model *list, unsigned document, int all);

/* In a chain a - counts as one NOT more. */
static int link_matches(const struct model_link *link, unsigned document, int all, int counts_sign)
{
    int matches = link->group ? list_matches(link->group, document, all) : (int)(document >> link->word & 1);
    int negations = link->negations + (counts_sign && link->sign == '-');
    return negations % 2 ? !matches : matches;
}

struct item_facts {
    int matches, is_required, is_excluded, is_only_nots;
};

static struct item_facts item_facts(const struct model_item *item, unsigned document, int all)
{
    struct item_facts facts = {.matches = 1, .is_only_nots = 1};
    if (item->count == 1) {
        const struct model_link *link = &item->links[0];
        facts.matches = link_matches(link, document, all, 0);
        facts.is_required = link->sign == '+';
        facts.is_excluded = link->sign == '-';
        facts.is_only_nots = !link->sign && link->negations % 2;
        return facts;
    }
    for (int k = 0; k < item->count; k++) {
        const struct model_link *link = &item->links[k];
        facts.matches &= link_matches(link, document, all, 1);
        facts.is_required |= link->sign == '+';
        facts.is_only_nots &= (link->negations + (link->sign == '-')) % 2;
    }
    facts.is_only_nots &= !facts.is_required;
    return facts;
}

static int is_joined(const struct model *list, int i)
{
    return list->items[i].joins_left || (i + 1 < list->count && list->items[i + 1].joins_left);
}

static int list_matches(const struct model *list, unsigned document, int all)
{
    int required = 0, required_failed = 0, excluded = 0, optional = 0, optional_matched = 0;
    for (int i = 0; i < list->count;) {
        int group_matched = 0, group_optional = 0, group_required = 0;
        do {
            struct item_facts facts = item_facts(&list->items[i], document, all);
            if (facts.is_required) {
                required++;
                group_required = 1;
                required_failed |= !facts.matches;
            } else if (facts.is_excluded) {
                excluded |= facts.matches;
            } else if (facts.is_only_nots && !is_joined(list, i)) {
                excluded |= !facts.matches;
            } else {
                group_optional = 1;
                group_matched |= facts.matches;
            }
            i++;
        } while (i < list->count && list->items[i].joins_left);
        if (group_optional && all && !group_required) {
            required++;
            required_failed |= !group_matched;
        } else if (group_optional && !all) {
            optional = 1;
            optional_matched |= group_matched;
        }
    }
    return !required_failed && !excluded && (required || !optional || optional_matched);
}

/* The tree, by the meaning that query.h gives it. */
static int tree_matches(const struct query_node *node, unsigned document)
{
    if (node->kind == QUERY_TERM)
        return (int)(document >> (node->terms[0].bytes[0] - 'a') & 1);
    int has_must = 0, should = 0, should_matched = 0, matches = node->kind == QUERY_BOOLEAN;
    for (uint32_t i = 0; i < node->clause_count; i++) {
        int child = tree_matches(node->clauses[i].node, document);
        has_must |= node->clauses[i].occur == QUERY_MUST;
        should |= node->clauses[i].occur == QUERY_SHOULD;
        should_matched |= child && node->clauses[i].occur == QUERY_SHOULD;
        matches &= node->clauses[i].occur != QUERY_MUST || child;
        matches &= node->clauses[i].occur != QUERY_MUST_NOT || !child;
    }
    return matches && (has_must || !should || should_matched);
}

static void trees_match_what_the_rules_say(void)
{
    struct query_fixture fixture;
    static struct model_maker maker;
    REQUIRE_OK(fixture_init(&fixture, "english"), &fixture.error);
    maker.random.state = 3;
    buffer_init(&maker.text);
    for (size_t i = 0; i < tap_rounds(5000); i++) {
        maker.used = 0;
        buffer_reset(&maker.text);
        const struct model *model = make_list(&maker, 0);
        int all = chance(&maker, 2);
        const char *text = buffer_string(&maker.text);
        arena_reset(&fixture.arena);
        fixture.options.all = all;
        REQUIRE_OK(fixture_parse(&fixture, text, strlen(text)), &fixture.error);
        for (unsigned document = 0; document < 1u << WORDS; document++)
            REQUIRE_THAT(tree_matches(fixture.query.root, document) == list_matches(model, document, all),
                         "round %zu, all %d, document %#x: %s  parsed: %s", i, all, document, text,
                         fixture_canonical(&fixture));
    }
    buffer_release(&maker.text);
    fixture_release(&fixture);
}

TAP_MAIN("query laws", TAP_CASE(laws_hold_for_scraps), TAP_CASE(laws_hold_for_bytes),
         TAP_CASE(trees_match_what_the_rules_say))
