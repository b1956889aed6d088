#include "src/cli/cli_progress.h"

#include <string.h>

#include "tests/unit/tap.h"

static void check_bar(struct trawl_progress state, double seconds, size_t width, const char *expected)
{
    struct cli_text line = {0};
    cli_progress_line(&line, &state, seconds, width);
    CHECK_BYTES(line.bytes, line.length, expected, strlen(expected));
    cli_text_release(&line);
}

static void the_bar_shows_how_far_it_is(void)
{
    struct trawl_progress state = {.documents = 12345, .bytes_read = 50000000, .bytes_total = 200000000};
    check_bar(state, 10, 79, "12,345 documents  5.0 MB/s  [########........................]  25 %  0:30 left");
    state.skipped = 2;
    check_bar(state, 10, 60, "12,345 documents, 2 skipped  5.0 MB/s  25 %  0:30 left");
    state.bytes_read = 250000000;
    check_bar(state, 10, 67, "12,345 documents, 2 skipped  25.0 MB/s  [########] 100 %  0:00 left");
}

static void unknown_totals_have_no_bar(void)
{
    const struct trawl_progress state = {.documents = 7, .bytes_read = 3000000};
    check_bar(state, 2, 79, "7 documents  1.5 MB/s");
    check_bar(state, 0, 79, "7 documents");
}

static void later_phases_say_so(void)
{
    struct trawl_progress state = {.documents = 7, .bytes_read = 3000000, .bytes_total = 3000000, .phase = 1};
    check_bar(state, 2, 79, "merging: 7 documents");
    state.phase = 2;
    check_bar(state, 2, 79, "committing: 7 documents");
    check_bar(state, 2, 10, "committing");
}

static void hours_are_hours(void)
{
    const struct trawl_progress state = {.documents = 1, .bytes_read = 1000000, .bytes_total = 7201000000};
    check_bar(state, 1, 50, "1 document  1.0 MB/s   0 %  2:00:00 left");
}

TAP_MAIN("cli_progress", TAP_CASE(the_bar_shows_how_far_it_is), TAP_CASE(unknown_totals_have_no_bar),
         TAP_CASE(later_phases_say_so), TAP_CASE(hours_are_hours))
