#include "src/engine/options.h"

#include <math.h>

#include "tests/unit/tap.h"

#define REFUSES(kind, member, wrong)                                                                                \
    do {                                                                                                            \
        struct trawl_error error_ = {0};                                                                            \
        given.member = (wrong);                                                                                     \
        CHECK_INT(options_read_##kind(&read, &given, &error_), TRAWL_ERROR_ARGUMENT);                               \
        CHECK(error_.message[0] != '\0');                                                                           \
        given = defaults;                                                                                           \
        CHECK_INT(options_read_##kind(&read, &given, NULL), 0);                                                     \
    } while (0)

static void writers_refuse_what_is_out_of_range(void)
{
    const struct trawl_writer_options defaults = TRAWL_WRITER_OPTIONS_INIT;
    struct trawl_writer_options given = defaults, read;
    REFUSES(writer, size, 3);
    REFUSES(writer, store, 2);
    REFUSES(writer, store, -2);
    REFUSES(writer, positions, 2);
    REFUSES(writer, positions, -2);
    REFUSES(writer, pairs, 77);
    REFUSES(writer, threads, 1025);
    REFUSES(writer, memory, 1);
    REFUSES(writer, max_document_size, UINT64_C(1) << 31);
}

static void sources_refuse_what_is_out_of_range(void)
{
    const struct trawl_source_options defaults = TRAWL_SOURCE_OPTIONS_INIT;
    struct trawl_source_options given = defaults, read;
    REFUSES(source, format, -1);
    REFUSES(source, format, TRAWL_FORMAT_TREC + 1);
}

static void searches_refuse_what_is_out_of_range(void)
{
    const struct trawl_search_options defaults = TRAWL_SEARCH_OPTIONS_INIT;
    struct trawl_search_options given = defaults, read;
    REFUSES(search, stopwords, 77);
    REFUSES(search, stopwords, -1);
    REFUSES(search, max_expansions, 0);
    REFUSES(search, k1, -0.1f);
    REFUSES(search, k1, INFINITY);
    REFUSES(search, k1, NAN);
    REFUSES(search, b, 1.1f);
    REFUSES(search, b, NAN);
    REFUSES(search, threads, 1025);
    given.offset = 1;
    REFUSES(search, limit, SIZE_MAX);
}

TAP_MAIN("options", TAP_CASE(writers_refuse_what_is_out_of_range), TAP_CASE(sources_refuse_what_is_out_of_range),
         TAP_CASE(searches_refuse_what_is_out_of_range))
