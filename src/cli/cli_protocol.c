#include "src/cli/cli_protocol.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "src/cli/cli_number.h"

enum { HITS_SHOWN = 10, WORD_MOST = 40, LIMIT_MOST = 1000000000 };

static const char unsupported[] = "UNSUPPORTED\n";

int cli_protocol_parse(struct cli_protocol_command *command, const char *word, size_t length)
{
    static const char top[] = "TOP_", count[] = "_COUNT";
    char digits[WORD_MOST];
    uint64_t limit;
    *command = (struct cli_protocol_command){0, 1};
    if (length == strlen("COUNT") && memcmp(word, "COUNT", length) == 0)
        return 0;
    if (length >= WORD_MOST || length < strlen(top) || memcmp(word, top, strlen(top)))
        return -1;
    memcpy(digits, word + strlen(top), length - strlen(top));
    digits[length - strlen(top)] = '\0';
    char *tail = strchr(digits, '_');
    command->counts = tail && strcmp(tail, count) == 0;
    if (command->counts)
        *tail = '\0';
    if (cli_number_parse(&limit, digits) || limit == 0 || limit > LIMIT_MOST)
        return -1;
    command->limit = (size_t)limit;
    return 0;
}

static size_t hits_shown(void)
{
    uint64_t shown;
    const char *wanted = getenv("HITS");
    return wanted && cli_number_parse(&shown, wanted) == 0 ? (size_t)shown : HITS_SHOWN;
}

static void add_hits(struct cli_text *out, const trawl_results *results)
{
    char score[CLI_NUMBER_SIZE];
    struct trawl_hit hit;
    const size_t most = hits_shown();
    for (size_t i = 0; i < most && trawl_results_hit(&hit, results, i) == 0; i++) {
        if (i)
            cli_text_add_byte(out, ' ');
        cli_text_add(out, hit.id, hit.id_length);
        cli_text_printf(out, ":%s", cli_number_float(score, hit.score));
    }
}

static void add_timed(struct cli_text *out, const struct cli_answer *answer, const struct cli_protocol_command *command)
{
    if (command->counts)
        cli_text_printf(out, "%" PRIu64, answer->count);
    else
        cli_text_add_byte(out, '-');
    cli_text_printf(out, "\t%" PRIu64 "\t%zu\t", trawl_results_search_ns(answer->results),
                    trawl_results_size(answer->results));
    add_hits(out, answer->results);
    cli_text_add_byte(out, '\n');
}

/* What was asked for is a count, not that at least so many match. */
static void refuse_bound(struct cli_answer *answer, const struct cli_protocol_command *command)
{
    int is_exact = 1;
    if (answer->results)
        trawl_results_total(answer->results, &is_exact);
    if (answer->status || is_exact || !command->counts)
        return;
    answer->status = TRAWL_ERROR_LIMIT;
    answer->error = (struct trawl_error){.code = TRAWL_ERROR_LIMIT,
                                         .message = "no exact count: a prefix goes over the limit of --max-expansions"};
}

void cli_protocol_ask(struct cli_answer *answer, const struct cli_protocol_command *command,
                      const struct cli_reader *reader, const struct cli_settings *settings, const char *query,
                      size_t length)
{
    struct cli_settings asked = *settings;
    asked.search.limit = command->limit;
    asked.search.offset = 0;
    asked.search.no_count = !command->counts;
    asked.search.snippets = 0;
    asked.search.no_titles = 1;
    if (command->limit) {
        cli_query_search(answer, reader, &asked, query, length);
        refuse_bound(answer, command);
    } else {
        cli_query_count(answer, reader, &asked, query, length);
    }
}

void cli_protocol_answer(struct cli_text *out, const struct cli_reader *reader, const struct cli_settings *settings,
                         const char *line, size_t length)
{
    struct cli_protocol_command command;
    const char *tab = memchr(line, '\t', length);
    if (!tab || cli_protocol_parse(&command, line, (size_t)(tab - line))) {
        cli_text_add_string(out, unsupported);
        return;
    }
    struct cli_answer answer;
    cli_protocol_ask(&answer, &command, reader, settings, tab + 1, length - (size_t)(tab + 1 - line));
    if (answer.status || !answer.results) {
        cli_query_complain(&answer);
        cli_text_add_string(out, unsupported);
    } else if (settings->protocol == CLI_PROTOCOL_GAME) {
        cli_text_printf(out, "%" PRIu64 "\n", command.counts ? answer.count : 1);
    } else {
        add_timed(out, &answer, &command);
    }
    cli_query_release(&answer);
}
