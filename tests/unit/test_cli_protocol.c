#include "src/cli/cli_protocol.h"

#include <string.h>

#include "tests/unit/tap.h"

static void commands_are_read(void)
{
    struct cli_protocol_command command;
    CHECK_INT(cli_protocol_parse(&command, "COUNT", 5), 0);
    CHECK_UINT(command.limit, 0);
    CHECK_INT(command.counts, 1);
    CHECK_INT(cli_protocol_parse(&command, "TOP_10", 6), 0);
    CHECK_UINT(command.limit, 10);
    CHECK_INT(command.counts, 0);
    CHECK_INT(cli_protocol_parse(&command, "TOP_1000_COUNT", 14), 0);
    CHECK_UINT(command.limit, 1000);
    CHECK_INT(command.counts, 1);
}

static void others_are_not(void)
{
    static const char *const bad[] = {"",         "COUN",    "COUNTS",      "count",          "TOP_",    "TOP_0",
                                      "TOP_x",    "TOP_-1",  "TOP_1_",      "TOP_1_COUNTS",   "TOP_COUNT", "UNOPTIMIZED_COUNT",
                                      "TOP_10 ",  "TOP_99999999999999999999", "TOP_1_COUNT_COUNT"};
    struct cli_protocol_command command;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_THAT(cli_protocol_parse(&command, bad[i], strlen(bad[i])) < 0, "'%s' was taken", bad[i]);
}

TAP_MAIN("cli_protocol", TAP_CASE(commands_are_read), TAP_CASE(others_are_not))
