#!/bin/sh
# The program is linked with the library's archive: a function of the one must
# not take the place of a function of the other.

. "${top_srcdir:-.}/tests/cli/fixture.sh"

defined() {
    ${NM:-nm} -g --defined-only "$1" 2> /dev/null | awk 'NF == 3 { print $3 }' | grep -v '^_' | sort -u
}
own=$top_builddir/.libs/libtrawl_cli.a
library=$top_builddir/.libs/libtrawl.a
[ -f "$own" ] && [ -f "$library" ] || skip_all 'no archives here'
defined "$own" > "$folder/own"
defined "$library" > "$folder/library"
check 'there are symbols' grep -qx commands_find "$folder/own"
check 'there are symbols in the library' grep -qx trawl_search "$folder/library"
is 'no name is defined twice' "$(comm -12 "$folder/own" "$folder/library")" ''

done_testing
