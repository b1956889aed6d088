#include "src/cli/cli_writer.h"

#include "src/cli/cli_complain.h"
#include "src/cli/cli_discover.h"
#include "src/cli/cli_number.h"
#include "src/cli/cli_signals.h"

static int on_progress(void *context, const struct trawl_progress *state)
{
    struct cli_writer *writer = context;
    cli_progress_draw(&writer->progress, state);
    return cli_signals_caught() != 0;
}

static void on_document(void *context, int level, const struct trawl_error *error)
{
    struct cli_writer *writer = context;
    cli_progress_erase(&writer->progress);
    if (level == 0 && error->code == TRAWL_ERROR_LIMIT)
        cli_complain_warn("%s", error->message);
    else
        cli_complain_document(error);
}

static int open_at(struct cli_writer *writer, const char *path, const struct cli_settings *settings, int create)
{
    struct trawl_writer_options options = settings->writer;
    options.create = create;
    options.progress = on_progress;
    options.on_document = on_document;
    options.context = writer;
    cli_signals_watch();
    cli_progress_start(&writer->progress);
    const int status = trawl_writer_open(&writer->writer, path, &options, &writer->error);
    if (status == TRAWL_ERROR_NOT_FOUND && !create) {
        cli_progress_erase(&writer->progress);
        return cli_complain_open(&writer->error);
    }
    return status ? cli_writer_failed(writer) : 0;
}

int cli_writer_open(struct cli_writer *writer, const struct cli_settings *settings, int create)
{
    *writer = (struct cli_writer){.writer = NULL};
    struct cli_text path = {0};
    int status = 0;
    if (!create)
        status = cli_discover_or_complain(&path, settings);
    else if (cli_discover(&path, settings)) {
        cli_text_clear(&path);
        cli_text_add_string(&path, ".trawl");
    }
    if (status == 0)
        status = open_at(writer, cli_text_string(&path), settings, create);
    cli_text_release(&path);
    return status;
}

int cli_writer_commit(struct cli_writer *writer, struct trawl_commit_report *report)
{
    if (cli_signals_caught()) { /* since the last progress report */
        writer->error.code = TRAWL_ERROR_CANCELLED;
        return cli_writer_failed(writer);
    }
    if (trawl_writer_commit(writer->writer, report, &writer->error))
        return cli_writer_failed(writer);
    cli_progress_erase(&writer->progress);
    return 0;
}

int cli_writer_failed(struct cli_writer *writer)
{
    cli_progress_erase(&writer->progress);
    const int signal_number = cli_signals_caught();
    if (writer->error.code != TRAWL_ERROR_CANCELLED || !signal_number)
        return cli_complain_error(&writer->error);
    cli_complain("interrupted; the index is as it was before");
    return 128 + signal_number;
}

void cli_writer_close(struct cli_writer *writer)
{
    cli_progress_erase(&writer->progress);
    trawl_writer_close(writer->writer);
    writer->writer = NULL;
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

void cli_writer_add_summary(struct cli_text *out, const struct trawl_commit_report *report)
{
    char number[CLI_NUMBER_SIZE];
    const double seconds = (double)report->milliseconds / 1000;
    cli_text_printf(out, "%s document%s", cli_number_grouped(number, report->documents), plural(report->documents));
    if (report->replaced)
        cli_text_printf(out, " (%s replaced)", cli_number_grouped(number, report->replaced));
    cli_text_printf(out, ", %s skipped", cli_number_grouped(number, report->skipped));
    cli_text_printf(out, ", %s term%s", cli_number_grouped(number, report->terms), plural(report->terms));
    cli_text_printf(out, ", %.2f s", seconds);
    if (report->milliseconds)
        cli_text_printf(out, ", %.1f MB/s", (double)report->text_bytes / seconds / 1e6);
    cli_text_printf(out, ", index %s", cli_number_bytes(number, report->index_bytes));
    if (report->index_text_bytes)
        cli_text_printf(out, " (%.0f %% of the text)",
                        100 * (double)report->index_bytes / (double)report->index_text_bytes);
    if (report->damaged_bytes)
        cli_text_printf(out, "; invalid UTF-8 replaced in %s place%s",
                        cli_number_grouped(number, report->damaged_bytes), plural(report->damaged_bytes));
}
