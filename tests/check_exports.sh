#!/bin/sh
# The shared library shows what include/trawl.h declares: no more, no less.

. "${top_srcdir:-.}/tests/tap.sh"

library=$top_builddir/.libs/libtrawl.so
[ -f "$library" ] || skip_all 'no shared library here'
${NM:-nm} -D --defined-only "$library" > "$folder/symbols" 2> "$folder/err" || skip_all 'nm does not read it'

# Not the sanitizers' own, nor the name of the version.
awk '$2 ~ /^[TDBRVW]$/ { sub(/@.*/, "", $3); print $3 }' "$folder/symbols" | grep -v '^__' | sort > "$folder/shown"
is 'only names with trawl_ are shown' "$(grep -v '^trawl_' "$folder/shown")" ''

# Functions are what stands before an opening parenthesis at depth zero.
sed 's,/\*.*\*/,,' "$top_srcdir/include/trawl.h" |
    grep -E '^[a-z].*[ *]trawl_[a-z_]+\(' | grep -v '^typedef' |
    sed 's/^[^(]*[ *]\(trawl_[a-z_]*\)(.*/\1/' | sort > "$folder/declared"
if grep -q '^trawl_version$' "$folder/shown"; then
    is 'all that trawl.h declares is there' "$(comm -13 "$folder/shown" "$folder/declared")" ''
    is 'nothing else is shown' "$(comm -23 "$folder/shown" "$folder/declared")" ''
else
    skip 'all that trawl.h declares is there' 'this build has no engine'
fi

done_testing
