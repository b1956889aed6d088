#include "src/cli/cli_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/tap.h"

struct channel {
    int to;
    struct cli_lines lines;
};

static void open_channel(struct channel *channel)
{
    int ends[2];
    REQUIRE_INT(pipe(ends), 0);
    channel->to = ends[1];
    cli_lines_init(&channel->lines, ends[0]);
}

static void send(struct channel *channel, const char *bytes, size_t length)
{
    REQUIRE_INT(write(channel->to, bytes, length), (int64_t)length);
}

static void expect(struct channel *channel, const char *expected, size_t expected_length)
{
    const char *line;
    size_t length;
    REQUIRE_INT(cli_lines_next(&line, &length, &channel->lines), 0);
    CHECK_BYTES(line, length, expected, expected_length);
}

static void expect_end(struct channel *channel)
{
    const char *line;
    size_t length;
    CHECK_INT(cli_lines_next(&line, &length, &channel->lines), 1);
    CHECK_INT(cli_lines_next(&line, &length, &channel->lines), 1);
    close(channel->lines.descriptor);
    cli_lines_release(&channel->lines);
}

static void a_line_comes_as_soon_as_it_is_whole(void)
{
    struct channel channel;
    open_channel(&channel);
    send(&channel, "one\n", 4);
    expect(&channel, "one", 3);
    send(&channel, "tw", 2);
    send(&channel, "o\nthree\n\nfo", 11);
    expect(&channel, "two", 3);
    expect(&channel, "three", 5);
    expect(&channel, "", 0);
    send(&channel, "ur", 2);
    close(channel.to);
    expect(&channel, "four", 4);
    expect_end(&channel);
}

static void any_bytes_are_a_line(void)
{
    struct channel channel;
    open_channel(&channel);
    send(&channel, "a\0b\r\n\r\n\xFF\r\r\n", 11);
    close(channel.to);
    expect(&channel, "a\0b", 3);
    expect(&channel, "", 0);
    expect(&channel, "\xFF\r", 2);
    expect_end(&channel);
}

static void long_lines_are_whole(void)
{
    enum { LENGTH = 1 << 20 };
    FILE *file = tmpfile();
    REQUIRE(file);
    char *text = malloc(LENGTH);
    REQUIRE(text);
    for (size_t i = 0; i < LENGTH; i++)
        text[i] = (char)('a' + i % 26);
    fprintf(file, "short\n");
    fwrite(text, 1, LENGTH, file);
    fprintf(file, "\nend");
    fflush(file);
    struct channel channel = {.to = -1};
    cli_lines_init(&channel.lines, dup(fileno(file)));
    lseek(channel.lines.descriptor, 0, SEEK_SET);
    expect(&channel, "short", 5);
    expect(&channel, text, LENGTH);
    expect(&channel, "end", 3);
    expect_end(&channel);
    free(text);
    fclose(file);
}

static void errors_are_told(void)
{
    struct channel channel = {.to = -1};
    cli_lines_init(&channel.lines, -1);
    const char *line;
    size_t length;
    CHECK_INT(cli_lines_next(&line, &length, &channel.lines), -1);
    cli_lines_release(&channel.lines);
}

TAP_MAIN("cli_lines", TAP_CASE(a_line_comes_as_soon_as_it_is_whole), TAP_CASE(any_bytes_are_a_line),
         TAP_CASE(long_lines_are_whole), TAP_CASE(errors_are_told))
