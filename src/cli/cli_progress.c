#include "src/cli/cli_progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "src/cli/cli_number.h"
#include "src/cli/cli_terminal.h"

enum { BAR_MOST = 40, BAR_LEAST = 8 };

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void cli_progress_start(struct cli_progress *progress)
{
    const char *terminal = getenv("TERM");
    progress->is_wanted = isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb");
    progress->is_drawn = 0;
    progress->start_ns = now_ns();
}

static void add_time_left(struct cli_text *out, double seconds)
{
    const unsigned long whole = seconds < 359999 ? (unsigned long)(seconds + 0.5) : 359999;
    if (whole >= 3600)
        cli_text_printf(out, "  %lu:%02lu:%02lu left", whole / 3600, whole / 60 % 60, whole % 60);
    else
        cli_text_printf(out, "  %lu:%02lu left", whole / 60, whole % 60);
}

static void add_bar(struct cli_text *out, double share, size_t room)
{
    if (room < BAR_LEAST + 4)
        return;
    const size_t cells = room - 4 < BAR_MOST ? room - 4 : BAR_MOST;
    const size_t full = (size_t)(share * (double)cells + 0.5);
    cli_text_add_string(out, "  [");
    for (size_t i = 0; i < cells; i++)
        cli_text_add_byte(out, i < full ? '#' : '.');
    cli_text_add_string(out, "]");
}

void cli_progress_line(struct cli_text *out, const struct trawl_progress *state, double seconds, size_t width)
{
    static const char *const phases[] = {"", "merging: ", "committing: "};
    char number[CLI_NUMBER_SIZE];
    const size_t start = out->length;
    const double read = (double)state->bytes_read, total = (double)state->bytes_total;
    cli_text_printf(out, "%s%s document%s", phases[state->phase >= 0 && state->phase <= 2 ? state->phase : 0],
                    cli_number_grouped(number, state->documents), state->documents == 1 ? "" : "s");
    if (state->skipped)
        cli_text_printf(out, ", %s skipped", cli_number_grouped(number, state->skipped));
    if (state->phase == 0 && seconds > 0)
        cli_text_printf(out, "  %.1f MB/s", read / seconds / 1e6);
    if (state->phase == 0 && state->bytes_total) {
        const double share = read < total ? read / total : 1;
        struct cli_text tail = {0};
        cli_text_printf(&tail, " %3.0f %%", share * 100);
        if (read > 0)
            add_time_left(&tail, seconds * (total / read) * (1 - share));
        const size_t used = out->length - start + tail.length;
        add_bar(out, share, width > used ? width - used : 0);
        cli_text_add(out, tail.bytes, tail.length);
        cli_text_release(&tail);
    }
    if (out->length - start > width)
        out->length = start + width;
}

void cli_progress_draw(struct cli_progress *progress, const struct trawl_progress *state)
{
    if (!progress->is_wanted)
        return;
    const double seconds = (double)(now_ns() - progress->start_ns) / 1e9;
    struct cli_text line = {0};
    cli_text_add_string(&line, "\r\033[K");
    cli_progress_line(&line, state, seconds, cli_terminal_width(STDERR_FILENO) - 1);
    fwrite(line.bytes, 1, line.length, stderr);
    fflush(stderr);
    cli_text_release(&line);
    progress->is_drawn = 1;
}

void cli_progress_erase(struct cli_progress *progress)
{
    if (progress->is_drawn)
        fputs("\r\033[K", stderr);
    progress->is_drawn = 0;
}
