#include "src/util/file_stamp.h"

#include "src/util/file.h"
#include "tests/unit/tap.h"

static struct file_stamp stamp_of(const char *path)
{
    struct file_stamp stamp;
    REQUIRE_INT(file_stamp_take(&stamp, path), 0);
    return stamp;
}

static void the_same_file_has_the_same(void)
{
    struct trawl_error error = {0};
    REQUIRE_OK(file_replace(tap_path("a"), "one", 3, &error), &error);
    const struct file_stamp first = stamp_of(tap_path("a")), second = stamp_of(tap_path("a"));
    CHECK(file_stamp_equals(&first, &second));
    CHECK_UINT(first.size, 3);
}

static void a_file_in_its_place_has_another(void)
{
    struct trawl_error error = {0};
    REQUIRE_OK(file_replace(tap_path("a"), "one", 3, &error), &error);
    const struct file_stamp first = stamp_of(tap_path("a"));
    REQUIRE_OK(file_replace(tap_path("a"), "two", 3, &error), &error); /* both are there at once: another inode */
    const struct file_stamp second = stamp_of(tap_path("a"));
    CHECK(!file_stamp_equals(&first, &second));
}

static void what_is_not_there_equals_nothing(void)
{
    struct file_stamp none;
    CHECK_INT(file_stamp_take(&none, tap_path("nowhere")), -1);
    CHECK(!file_stamp_equals(&none, &none));
}

static void only_an_old_one_is_settled(void)
{
    struct trawl_error error = {0};
    REQUIRE_OK(file_replace(tap_path("a"), "one", 3, &error), &error);
    struct file_stamp stamp = stamp_of(tap_path("a"));
    CHECK(!file_stamp_is_settled(&stamp));
    stamp.changed_ns -= INT64_C(3600000000000);
    CHECK(file_stamp_is_settled(&stamp));
    stamp.changed_ns += INT64_C(7200000000000); /* by a clock that goes before ours */
    CHECK(!file_stamp_is_settled(&stamp));
}

TAP_MAIN("file_stamp", TAP_CASE(the_same_file_has_the_same), TAP_CASE(a_file_in_its_place_has_another),
         TAP_CASE(what_is_not_there_equals_nothing), TAP_CASE(only_an_old_one_is_settled))
