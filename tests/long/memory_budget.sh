#!/bin/sh
# memory_budget.sh BUILD [MEGABYTES]
#
# Peak memory while indexing, held against what docs promise: the budget and
# 128 MB, files that are mapped included; and the same bytes whatever the
# budget. BUILD is the folder of a built tree. Called by check_full.sh.

set -eu
build=$1 megabytes=${2:-400}
long=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
"${CC:-cc}" -O2 -D_POSIX_C_SOURCE=200809L -o "$work/generate" "$long/generate.c"
"${CC:-cc}" -O2 -D_POSIX_C_SOURCE=200809L -o "$work/peak_memory" "$long/peak_memory.c"
"$work/generate" "$megabytes" > "$work/input.jsonl"
worst=0

# within BUDGET-IN-MB NAME OPTION...: builds the index NAME
within() {
    budget=$1 name=$2
    shift 2
    "$work/peak_memory" "$work/peak" "$build/trawl" index -i "$work/$name" --fresh --format jsonl --memory "${budget}M" "$@" \
        "$work/input.jsonl" > /dev/null
    read -r own all < "$work/peak"
    limit=$(((budget + 128) * 1024))
    echo "$name: $((own / 1024)) MB, with mapped files $((all / 1024)) MB; limit $((limit / 1024)) MB"
    [ "$all" -le "$limit" ] || worst=1
}

same() {
    cmp "$work/$1/00000000.seg" "$work/$2/00000000.seg" || worst=1
}

within 64 small --threads 2 --store none
within 512 usual --threads 2 --store none
same small usual
rm -r "$work/small" "$work/usual"
within 64 small-stored --threads 2
within 512 usual-stored --threads 1
same small-stored usual-stored
exit $worst
