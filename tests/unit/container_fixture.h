/* A container for the sections under test: begin, write sections, reopen.
 * The known ids are all that the tests use. */
#ifndef TRAWL_TESTS_CONTAINER_FIXTURE_H
#define TRAWL_TESTS_CONTAINER_FIXTURE_H

#include "index/format/container.h"
#include "tests/unit/tap.h"

static const uint32_t fixture_ids[] = {
    SECTION_ID('M', 'E', 'T', 'A'), SECTION_ID('T', 'I', 'D', 'X'), SECTION_ID('T', 'E', 'R', 'M'),
    SECTION_ID('P', 'O', 'S', 'T'), SECTION_ID('P', 'O', 'S', 'N'), SECTION_ID('L', 'E', 'N', 'S'),
    SECTION_ID('F', 'L', 'D', 'S'), SECTION_ID('D', 'I', 'D', 'S'), SECTION_ID('S', 'I', 'D', 'X'),
    SECTION_ID('S', 'T', 'O', 'R'), SECTION_ID('O', 'R', 'D', 'R'), SECTION_ID('I', 'N', 'S', 'R'),
    SECTION_ID('T', 'H', 'S', 'H'),
};

static inline void fixture_begin(struct container_writer *writer, const char *name)
{
    struct trawl_error error = {0};
    REQUIRE_OK(container_create(writer, tap_path(name), CONTAINER_SEGMENT, &error), &error);
}

static inline void fixture_reopen(struct container *container, struct container_writer *writer, const char *name)
{
    struct trawl_error error = {0};
    REQUIRE_OK(container_finish(writer, 0, NULL, NULL, &error), &error);
    REQUIRE_OK(container_open(container, tap_path(name), CONTAINER_SEGMENT, fixture_ids,
                              sizeof fixture_ids / sizeof *fixture_ids, &error),
               &error);
}

#endif
