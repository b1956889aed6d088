#include "src/cli/commands.h"

#include <stdint.h>
#include <string.h>

#include "src/cli/cli_complain.h"
#include "src/cli/cli_suggest.h"
#include "src/cli/option_rows.h"

const struct cli_command commands_program = {
    .name = "trawl",
    .operands = "COMMAND [WORD...]",
    .summary = "full-text search: build an index, search it, get snippets",
    .description =
        "Trawl builds an index of documents and answers ranked, phrase and boolean queries from it. An index is "
        "a folder. It is named with `-i DIR` or `$TRAWL_INDEX`; else it is the folder `.trawl` in the working "
        "directory or in the nearest parent that has one.\n\n"
        "Results go to standard output; notes, warnings, errors and progress go to standard error. Options may "
        "stand after operands. A word that starts with `-` is an option; after `--` there are no more options.",
    .examples = "trawl index ~/notes\tindex a folder\n"
                "trawl search harbour nets\tthe ten best documents\n"
                "trawl search '\"fog bank\" -leaflet' --json\ta phrase without a word, as JSON\n"
                "trawl help search\tall about one command",
    .options = option_rows_program,
};

#define QUERY_LANGUAGE                                                                                        \
    "A query is a list of words: what has any of them is found, and what has more and rarer ones ranks "      \
    "first. `+word` must be there, `-word` must not. `\"two words\"` is a phrase, `\"two words\"~3` allows "  \
    "three moves of words. `AND`, `OR`, `NOT` and parentheses combine. `title:word` looks in one field, "     \
    "`har*` is a prefix, `word^2` counts double, `*` is every document, `title:*` "       \
    "every one with a title. All other punctuation is ordinary text."

const struct cli_command commands[] = {
    {
        .name = "index",
        .operands = "[PATH...]",
        .summary = "add documents to the index",
        .description =
            "Adds the documents of files, folders (`.` when no path is given) or `-`, standard input. A document "
            "with a known id takes the place of the old one. When there is no index, one is made: the folder that is "
            "named, or `.trawl` in the working directory.\n\n"
            "Plain text, Markdown and HTML files are one document each; JSON Lines, TSV and TREC files hold many. "
            "Any may be gzipped. Folders are walked in order of names; hidden files, binary files and what "
            "`.gitignore` and `.ignore` name are left out.\n\n"
            "Everything is committed at the end, at once; an interrupted run changes nothing. Exit status: 0 all was "
            "indexed, 1 some documents were skipped (each is named), 2 it failed and nothing changed.",
        .examples = "trawl index .\tindex this folder into ./.trawl\n"
                    "trawl index -i wiki.index --fresh articles.jsonl.gz\tbuild anew from JSON Lines\n"
                    "zcat dump.gz | trawl index --format trec -\tread standard input",
        .options = option_rows_index,
        .operands_most = SIZE_MAX,
        .run = cmd_index,
    },
    {
        .name = "search",
        .operands = "QUERY...",
        .summary = "ranked search",
        .description =
            "Prints the best documents for a query: title, score, id and a passage that shows why. The words of "
            "QUERY are joined by blanks.\n\n" QUERY_LANGUAGE "\n\n"
            "With `--batch` each line of a file or of standard input is a query and is answered at once, as one line "
            "of JSON unless told otherwise: a script keeps one process open and talks to it. Exit status: 0 something "
            "was found, 1 nothing, 2 an error.",
        .examples = "trawl search harbour nets\tany of the words\n"
                    "trawl search '+fog \"north sea\"'\tmust have fog; the phrase ranks\n"
                    "trawl search --json -n 3 bread | jq '.hits[].id'\tfor scripts\n"
                    "trawl search -0 bread | xargs -0 ls -l\tids of files to a command\n"
                    "trawl search -- -x\ta query that starts with \"-\"",
        .options = option_rows_search,
        .operands_most = SIZE_MAX,
        .run = cmd_search,
    },
    {
        .name = "count",
        .operands = "QUERY...",
        .summary = "the exact number of matching documents",
        .description =
            "Prints how many documents match a query. The words of QUERY are joined by blanks.\n\n" QUERY_LANGUAGE "\n\n"
            "Exit status: 0 when there are any, 1 when there are none, 2 an error.",
        .examples = "trawl count bread AND yeast\tdocuments with both\n"
                    "trawl count '*'\tall documents",
        .options = option_rows_count,
        .operands_least = 1,
        .operands_most = SIZE_MAX,
        .run = cmd_count,
    },
    {
        .name = "get",
        .operands = "ID...",
        .summary = "print stored documents",
        .description =
            "Prints the text of documents by id. Exit status: 0 all were there, 1 one was not, 2 an error.",
        .examples = "trawl get notes/bread.txt\tits text\n"
                    "trawl get --json r1 | jq .title\ta field of it",
        .options = option_rows_get,
        .operands_least = 1,
        .operands_most = SIZE_MAX,
        .run = cmd_get,
    },
    {
        .name = "delete",
        .operands = "[ID...]",
        .summary = "delete documents from the index",
        .description =
            "Deletes documents by id, or with `--query` all that match a query. Exit status: 0 done, 1 an id was "
            "unknown or nothing matched (the others are deleted), 2 it failed and nothing changed.",
        .examples = "trawl delete notes/old.txt\tone document\n"
                    "trawl delete --query 'title:draft'\tall that match",
        .options = option_rows_delete,
        .operands_most = SIZE_MAX,
        .run = cmd_delete,
    },
    {
        .name = "merge",
        .operands = "",
        .summary = "rewrite the index as one segment",
        .description =
            "Rewrites all segments of the index into one; what was deleted goes. Searching is fastest then.",
        .examples = "trawl merge\tafter many small additions",
        .options = option_rows_merge,
        .run = cmd_merge,
    },
    {
        .name = "stats",
        .operands = "",
        .summary = "figures of the index",
        .description =
            "Prints how many documents, terms and bytes the index has, its settings and its fields.",
        .examples = "trawl stats --sizes\twhere the bytes are\n"
                    "trawl stats --json | jq .documents\tfor scripts",
        .options = option_rows_stats,
        .run = cmd_stats,
    },
    {
        .name = "terms",
        .operands = "[PREFIX]",
        .summary = "terms of the index, with their frequencies",
        .description =
            "Prints the terms that start with PREFIX (all, without one) in order of bytes, one a line: the term, the "
            "number of documents that have it, and how often it occurs, tabs between them. Terms are stemmed words. "
            "Exit status: 0 there are some, 1 there are none, 2 an error.",
        .examples = "trawl terms harb\tterms that start so\n"
                    "trawl terms --field title | sort -t \"$(printf '\\t')\" -k 2nr | head\tthe commonest in titles",
        .options = option_rows_terms,
        .operands_most = 1,
        .run = cmd_terms,
    },
    {
        .name = "analyze",
        .operands = "[TEXT...]",
        .summary = "the tokens that a text gives",
        .description =
            "Prints the tokens that TEXT (its words joined by blanks; without one, standard input) gives when it is "
            "indexed, one a line: term, position, and the bytes of the text from and up to which it stands, tabs "
            "between them. The analysis is that of the index; where there is none, or with `--language`, that of a "
            "language.",
        .examples = "trawl analyze 'The U.S. fishing nets'\thow words meet\n"
                    "trawl analyze --language german < brief.txt\twithout an index",
        .options = option_rows_analyze,
        .operands_most = SIZE_MAX,
        .run = cmd_analyze,
    },
    {
        .name = "explain",
        .operands = "QUERY ID",
        .summary = "how a document's score came about",
        .description =
            "Prints how the score of the document ID for QUERY (one word of the command line) is made up. Exit "
            "status: 0 done, 1 there is no such document, 2 an error.",
        .examples = "trawl explain 'harbour nets' notes/nets.md\twhy it ranks there",
        .options = option_rows_explain,
        .operands_least = 2,
        .operands_most = 2,
        .run = cmd_explain,
    },
    {
        .name = "verify",
        .operands = "",
        .summary = "check every byte of the index",
        .description =
            "Reads the whole index and checks every rule of its format. Prints each finding. Exit status: 0 sound, 1 "
            "damaged, 2 it could not look.",
        .examples = "trawl verify\tafter a disk had trouble",
        .options = option_rows_verify,
        .run = cmd_verify,
    },
    {
        .name = "bench",
        .operands = "QUERIES",
        .summary = "measure how long queries take",
        .description =
            "Runs the queries of the file QUERIES (`-`: standard input) over and over, and prints how long they took, "
            "in microseconds, by command and type of query. Each query keeps its fastest time, from its text to its "
            "hits; snippets and titles are not made. A line of the file is a query as it stands, or an object of JSON "
            "with `query` and perhaps `type` or `tags`, of which the first is the type; else the type is told from "
            "the query.\n\n"
            "Every pass must give the same answers. Exit status: 0 done, 1 a query failed or answers differ (from "
            "pass to pass, between threads, or from those of --compare), 2 an error.",
        .examples = "trawl bench queries.txt\ta table\n"
                    "trawl bench queries.jsonl --json > old.json\tto compare with later\n"
                    "trawl bench queries.jsonl --compare old.json\twhat became slower, worst first\n"
                    "trawl bench queries.txt --html times.html --threads 4\ta page with charts",
        .options = option_rows_bench,
        .operands_least = 1,
        .operands_most = 1,
        .run = cmd_bench,
    },
    {
        .name = "help",
        .operands = "[COMMAND]",
        .summary = "help on a command",
        .description =
            "Prints a help text, a manual page or the completions of a shell.",
        .examples = "trawl help search\tone command\n"
                    "trawl help --man index | man -l -\tas a manual page\n"
                    "eval \"$(trawl help --completion bash)\"\tcompletions in this shell",
        .options = option_rows_help,
        .operands_most = 1,
        .run = cmd_help,
    },
    {.name = NULL},
};

const struct cli_command *commands_find(const char *name)
{
    for (const struct cli_command *command = commands; command->name; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}

int commands_unknown(const char *name)
{
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (const struct cli_command *command = commands; command->name; command++)
        cli_suggest_try(&best, &distance, name, command->name);
    if (best)
        return cli_complain("no command '%s'; did you mean '%s'?", name, best);
    return cli_complain("no command '%s'; `trawl help` lists them", name);
}
