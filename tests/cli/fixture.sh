# What the tests of the command share, to be read with `.` in place of tap.sh.
# $folder/index is an index of a few documents, and $TRAWL_INDEX names it.

. "${top_srcdir:-.}/tests/tap.sh"
top_srcdir=$(cd "$top_srcdir" && pwd)
top_builddir=$(cd "$top_builddir" && pwd)
trawl=$TRAWL
unset COLUMNS NO_COLOR HITS TRAWL_INDEX
export LC_ALL=C

small_documents() {
    cat << 'END'
{"id": "nets", "title": "Mending nets", "text": "The nets hang in the harbour. In winter the men mend the nets by lamplight, and nobody talks.", "author": "Ilse Brandt", "year": 2011, "tags": ["sea", "craft"]}
{"id": "fog", "title": "Fog banks", "text": "A fog bank rolled in from the north sea and hid the harbour for two days. No boat left.", "author": "Rhys Morgan", "year": 1998}
{"id": "bread", "text": "Stale bread has not simply dried: the starch returns to the order that it had lost in the oven."}
{"id": "steer", "title": "A \u001b[31mred\u001b[0m title\twith a tab\nand a line", "text": "Bells \u0007 and whistles \u202e turn \u009b31m the harbour round."}
{"id": "北海", "title": "北海の霧", "text": "霧は港を二日間隠した。船は出なかった。 The harbour of the north sea."}
END
}

small_index() {
    small_documents > "$folder/small.jsonl"
    "$trawl" index -i "$folder/index" "$folder/small.jsonl" > "$folder/out" 2> "$folder/err" || {
        cat "$folder/err"
        exit 99
    }
    TRAWL_INDEX=$folder/index
    export TRAWL_INDEX
}

# says NAME WORDS: passes when the last `exits` wrote the words to standard error
says() {
    if grep -qF -- "$2" "$folder/err"; then
        ok "$1"
    else
        not_ok "$1"
        note "standard error has no '$2':"
        head -n 20 "$folder/err" | sed 's/^/#   /'
    fi
}

# golden NAME FILE: compares FILE with tests/golden/cli_NAME.txt; with
# TRAWL_GOLDEN=write in the environment that is written instead.
golden() {
    golden_file=$top_srcdir/tests/golden/cli_$1.txt
    if [ "${TRAWL_GOLDEN:-}" = write ]; then
        cp "$2" "$golden_file"
    fi
    check "as tests/golden/cli_$1.txt has it" diff -u "$golden_file" "$2"
}

# run COMMAND...: what it prints to both outputs, and its status, as a transcript
run() {
    printf '$'
    for word; do
        case $word in
            *[!A-Za-z0-9._=/-]* | '') printf " '%s'" "$word" ;;
            *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    run_status=0
    shift
    "$trawl" "$@" > "$folder/run.out" 2> "$folder/run.err" < /dev/null || run_status=$?
    cat "$folder/run.out"
    sed 's/^/! /' "$folder/run.err"
    [ "$run_status" -eq 0 ] || printf 'status %d\n' "$run_status"
    printf '\n'
}

# Times differ from run to run.
without_times() {
    sed 's/"took_us":[0-9]*/"took_us":0/g'
}
