#!/bin/sh
# README.md shows what the program prints: each command of its tour is run, and
# the output compared, but for folding and for what differs from run to run.

. "${top_srcdir:-.}/tests/tap.sh"
top_srcdir=$(cd "$top_srcdir" && pwd)
case $TRAWL in /*) ;; *) TRAWL=$(pwd)/$TRAWL ;; esac
unset NO_COLOR TRAWL_INDEX
export COLUMNS=80

# The indented lines of the section, without their indent.
sed -n '/^## A tour/,/^(The last answer/s/^    //p' "$top_srcdir/README.md" > "$folder/tour"

# Figures of time and size go, and so does folding.
comparable() {
    sed -e 's/"took_us":[0-9]*/"took_us":N/' -e 's/terms, .*/terms/' "$1" | tr -d ' \n'
}

cd "$folder" || exit 99
cp -R "$top_srcdir/corpus" . && chmod -R u+w corpus && ln -s "$TRAWL" trawl
awk '/^\$ / { number++; print substr($0, 3) > ("command." number); next } { print > ("expected." number) }' tour

number=1
while [ -f "command.$number" ]; do
    sh "./command.$number" > printed 2> told
    touch "expected.$number"
    cat told printed > both
    is "$(cat "command.$number")" "$(comparable both)" "$(comparable "expected.$number")"
    number=$((number + 1))
done
check 'the tour has its commands' test "$number" -ge 6
done_testing
