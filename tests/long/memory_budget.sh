#!/bin/sh
# memory_budget.sh BUILD [MEGABYTES]
#
# Peak memory while indexing, held against what docs/CLI.md promises: the budget
# and 128 MB, and what large and many documents may take beyond that, files
# that are mapped aside; where the budget is large, with them. And the same bytes
# whatever the budget. BUILD is the folder of a built tree. Called by
# check_full.sh, which counts the lines.

set -eu
tree=$1 megabytes=${2:-400}
long=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
"${CC:-cc}" -O2 -D_POSIX_C_SOURCE=200809L -o "$work/generate" "$long/generate.c"
"${CC:-cc}" -O2 -D_POSIX_C_SOURCE=200809L -o "$work/peak_memory" "$long/peak_memory.c"
"$work/generate" "$megabytes" > "$work/input.jsonl"
worst=0 own=0 all=0

# build BUDGET-IN-MB NAME OPTION...: the index NAME of input.jsonl; sets own and all, the peaks
build() {
    budget=$1 name=$2
    shift 2
    "$work/peak_memory" "$work/peak" "$tree/trawl" index -i "$work/$name" --fresh --format jsonl --memory "${budget}M" "$@" \
        "$work/input.jsonl" > /dev/null
    read -r own all < "$work/peak"
}

# result STATUS WHAT
result() {
    [ "$1" -eq 0 ] && echo "ok - memory: $2" && return
    echo "not ok - memory: $2"
    worst=1
}

# hold PEAK-IN-KB LIMIT-IN-MB
hold() {
    [ "$1" -le $(($2 * 1024)) ] && held=0 || held=1
    result $held "$name: $((own / 1024)) MB, with mapped files $((all / 1024)) MB; limit $2 MB"
}

# within BUDGET-IN-MB NAME OPTION...
within() {
    build "$@"
    hold "$all" $((budget + 128))
}

# without_maps EXTRA-IN-MB BUDGET-IN-MB NAME OPTION...: only what it asked for itself, and so much more of it
without_maps() {
    extra=$1
    shift
    build "$@"
    hold "$own" $((budget + 128 + extra))
}

same() {
    cmp "$work/$1/00000000.seg" "$work/$2/00000000.seg" && result 0 "$1 and $2: the same" || result 1 "$1 and $2 differ"
}

# What of a mapped file is resident is the system's choice: where its pages are large, a byte brings in two megabytes.
without_maps 0 64 small --threads 2 --store none
within 512 usual --threads 2 --store none
same small usual
rm -r "$work/small" "$work/usual"
without_maps 0 64 small-stored --threads 2
within 512 usual-stored --threads 1
same small-stored usual-stored
rm -r "$work/small-stored" "$work/usual-stored"

# Four documents of about 50 MB: three times one of them.
"$work/generate" 200 1 9000000 > "$work/input.jsonl"
document=$(($(head -n 1 "$work/input.jsonl" | wc -c) / 1048576 + 1))
without_maps $((3 * document)) 16 large --threads 2
without_maps $((3 * document)) 512 large-usual --threads 1
same large large-usual
rm -r "$work/large" "$work/large-usual"

# One of six million different words: a hundred bytes more for each.
awk 'BEGIN {
    printf "{\"id\":\"words\",\"text\":\""
    for (i = 1; i <= 6000000; i++) printf "%x ", i * 1000003 % 268435399
    print "\"}"
}' > "$work/input.jsonl"
document=$(($(wc -c < "$work/input.jsonl") / 1048576 + 1))
without_maps $((3 * document + 600000000 / 1048576)) 16 words --threads 2

# Numbers that go up: runs with no word in common.
awk 'BEGIN {
    for (i = 0; i < 50000; i++) {
        printf "{\"id\":\"%d\",\"text\":\"", i
        for (j = 0; j < 100; j++) printf "%x ", 268435456 + i * 100 + j
        print "\"}"
    }
}' > "$work/input.jsonl"
within 16 rising --threads 2

# Many documents of next to nothing: eighty bytes for each.
awk 'BEGIN { for (i = 0; i < 3000000; i++) printf "{\"id\":\"%d\",\"text\":\"a b%d\"}\n", i, i % 1000 }' > "$work/input.jsonl"
without_maps $((3000000 * 80 / 1048576)) 16 many --threads 2
exit $worst
