# The harness of the test scripts, to be read with `.`:
#
#     . "${top_srcdir:-.}/tests/tap.sh"
#     is 'counts to two' "$(printf 'a\nb\n' | wc -l)" 2
#     check 'the file is there' test -f "$folder/file"
#     done_testing
#
# prints `ok 1 - counts to two` and so on. $folder is an empty folder that goes
# away at the end; $TRAWL is the program. Without done_testing the run counts
# as broken, so that a script that stops half way is seen.

top_srcdir=${top_srcdir:-.}
top_builddir=${top_builddir:-.}
TRAWL=${TRAWL:-$top_builddir/trawl}
tap_number=0
tap_failed=0

folder=$(mktemp -d "${TMPDIR:-/tmp}/trawl-test-XXXXXX") || exit 99
trap 'rm -rf "$folder"' EXIT
trap 'exit 99' HUP INT TERM

# note TEXT...: something for the reader, shown beside the results
note() {
    printf '%s\n' "$*" | sed 's/^/# /'
}

ok() {
    tap_number=$((tap_number + 1))
    printf 'ok %d - %s\n' "$tap_number" "$1"
}

not_ok() {
    tap_number=$((tap_number + 1))
    tap_failed=$((tap_failed + 1))
    printf 'not ok %d - %s\n' "$tap_number" "$1"
    note "$0"
}

# skip NAME WHY
skip() {
    tap_number=$((tap_number + 1))
    printf 'ok %d - %s # SKIP %s\n' "$tap_number" "$1" "$2"
}

# skip_all WHY: ends the script
skip_all() {
    printf '1..0 # SKIP %s\n' "$1"
    exit 0
}

# check NAME COMMAND...: passes when the command succeeds; shows what it said when not
check() {
    tap_name=$1
    shift
    if "$@" > "$folder/.said" 2>&1; then
        ok "$tap_name"
    else
        tap_status=$?
        not_ok "$tap_name"
        note "exit $tap_status: $*"
        head -n 20 "$folder/.said" | sed 's/^/#   /'
    fi
}

# is NAME FOUND EXPECTED
is() {
    if [ "$2" = "$3" ]; then
        ok "$1"
    else
        not_ok "$1"
        note "found:"
        printf '%s\n' "$2" | sed 's/^/#   /'
        note "expected:"
        printf '%s\n' "$3" | sed 's/^/#   /'
    fi
}

# exits NAME STATUS COMMAND...: passes when the command exits with STATUS. Its
# output is then in $folder/out and $folder/err.
exits() {
    tap_name=$1
    tap_wanted=$2
    shift 2
    tap_status=0
    "$@" > "$folder/out" 2> "$folder/err" < /dev/null || tap_status=$?
    if [ "$tap_status" -eq "$tap_wanted" ]; then
        ok "$tap_name"
    else
        not_ok "$tap_name"
        note "exit $tap_status, not $tap_wanted: $*"
        head -n 20 "$folder/err" | sed 's/^/#   /'
    fi
}

done_testing() {
    printf '1..%d\n' "$tap_number"
    # A driver has read the results; to it a bad exit would be one failure more.
    [ "$tap_failed" -eq 0 ] || [ -n "${HARNESS_ACTIVE:-}" ]
    exit
}
