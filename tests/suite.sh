# Runs the suite in built trees and adds up the results; to be read with `.`.
# Wants $log, the file that keeps all output, and $jobs.

unset MAKEFLAGS MAKELEVEL
passed=0 failed=0 skipped=0

say() {
    printf '==> %s\n' "$*"
    printf '\n==> %s\n' "$*" >> "$log"
}

# logged COMMAND...: its output goes to the log alone; the end of it is shown on failure.
logged() {
    printf '$ %s\n' "$*" >> "$log"
    "$@" >> "$log" 2>&1 < /dev/null && return
    tail -n 30 "$log" >&2
    return 1
}

# one_more_failed WHAT
one_more_failed() {
    echo "FAIL: $*" >&2
    failed=$((failed + 1))
}

# What automake's summary counts under a word.
counted() {
    sed -n "s/^# $1: *\([0-9]*\)\$/\1/p" "$2" | head -n 1
}

# The end of what each broken test said: a crash explains itself there.
show_broken() {
    find "$1/tests" -name '*.trs' -exec grep -l '^:test-result: ERROR' {} + | while read -r results; do
        echo "---- ${results%.trs}.log"
        tail -n 40 "${results%.trs}.log"
    done
}

# run_suite WHAT FOLDER: `make check` in FOLDER; shows all but what passed.
run_suite() {
    say "testing: $1"
    rm -f "$2/test-suite.log"
    status=0
    {
        make -C "$2" -k -j"$jobs" check 2>&1 < /dev/null || echo "make failed: $?"
    } | awk -v copy="$log" '
        { print >> copy }
        /^make failed: / { bad = 1 }
        /^(FAIL|XPASS|ERROR|SKIP|# |[^ ]*: (error|warning):)/ && !/^# [A-Z]*: / { print; fflush() }
        END { exit bad }' || status=$?
    if [ ! -f "$2/test-suite.log" ]; then
        tail -n 30 "$log" >&2
        one_more_failed "$1: the tests could not be built"
        return
    fi
    bad=0
    for word in FAIL XPASS ERROR; do
        bad=$((bad + $(counted $word "$2/test-suite.log")))
    done
    failed=$((failed + bad))
    passed=$((passed + $(counted PASS "$2/test-suite.log") + $(counted XFAIL "$2/test-suite.log")))
    skipped=$((skipped + $(counted SKIP "$2/test-suite.log")))
    if [ "$bad" -gt 0 ]; then
        show_broken "$2" >&2
        echo "details: $2/test-suite.log" >&2
    elif [ "$status" -ne 0 ]; then
        tail -n 30 "$log" >&2
        one_more_failed "$1: make"
    fi
}

# build_variant FOLDER CONFIGURE-ARGUMENT...: of the sources in FOLDER/../source;
# configures once, builds what changed. The path stays relative, for configure
# takes no absolute one with blanks.
build_variant() (
    mkdir -p "$1" && cd "$1" || exit
    shift
    if ! grep -qxF "abs_top_srcdir = $(cd ../source && pwd)" Makefile 2> /dev/null; then
        rm -rf ./* # made from sources elsewhere, or not at all
        ../source/configure "$@" || exit
    fi
    make -j"$jobs"
)

# The last line of a run; fails when a test did.
finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}
