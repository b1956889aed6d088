#!/bin/sh
# What `make bench` runs: the generator makes the same bytes for the same seed,
# and everything runs, on very little. No time is held to anything.

. "${top_srcdir:-.}/tests/cli/fixture.sh"
grow=$top_builddir/bench/grow
cd "$top_srcdir" || exit 99

"$grow" -q "$folder/queries" 1 corpus/sailing/*.txt > "$folder/grown" || exit 99
"$grow" -q "$folder/queries2" 1 corpus/sailing/*.txt > "$folder/grown2"
check 'the same seed makes the same documents' cmp "$folder/grown" "$folder/grown2"
check 'and the same queries' cmp "$folder/queries" "$folder/queries2"
"$grow" 1 corpus/sailing/*.txt > "$folder/grown2"
check 'documents do not depend on queries' cmp "$folder/grown" "$folder/grown2"
"$grow" -s 2 1 corpus/sailing/*.txt > "$folder/grown2"
exits 'another seed makes others' 1 cmp -s "$folder/grown" "$folder/grown2"
"$grow" 2 corpus/sailing/*.txt | head -n "$(wc -l < "$folder/grown")" > "$folder/grown2"
check 'a larger collection begins with the smaller one' cmp "$folder/grown" "$folder/grown2"
# One platform's bytes are every platform's. (Another corpus/ or generator gives others: write them anew.)
is 'the documents are those that they were' "$(cksum < "$folder/grown" | tr -s ' ')" "$(cat "$top_srcdir/tests/golden/bench_grown.txt")"
is 'as large as asked for' "$(wc -c < "$folder/grown" | awk '{ print ($1 >= 1000000 && $1 < 1100000) }')" 1
exits 'no files' 2 "$grow" 1
exits 'a file that is not there' 1 "$grow" 1 "$folder/missing"

exits 'all documents are indexed' 0 "$trawl" index -i "$folder/index" --store none "$folder/grown" --format jsonl
exits 'all queries run' 0 "$trawl" bench -i "$folder/index" --passes 1 --warm-up 0 --commands COUNT --stopwords none "$folder/queries" --json
if command -v jq > /dev/null; then
    is 'words, lists and phrases find something' \
        "$(jq '[.results[] | select(.count == 0 and .type != "negated" and .type != "prefix")] | length' "$folder/out")" 0
    is 'all types' "$(jq -r '[.groups[].type] | join(" ")' "$folder/out")" 'term intersection union phrase negated prefix all'
else
    skip 'queries find something' 'no jq here'
fi

exits 'micro-benchmarks run' 0 "$top_builddir/bench/micro" -q "$folder/grown"
is 'and print rates' "$(grep -c ' M [a-z]*/s$' "$folder/out" | awk '{ print ($1 > 20) }')" 1
exits 'those asked for' 0 "$top_builddir/bench/micro" -q "$folder/grown" crc32c hash
is 'alone' "$(sed 1d "$folder/out" | grep -c -v -e crc32c -e hash)" 0

export top_srcdir top_builddir
BENCH_QUICK=1 exits 'make bench' 0 sh bench/run.sh "$folder/a b" 1
BENCH_QUICK=1 exits 'make bench again' 0 sh bench/run.sh "$folder/a b" 1
check 'is compared with the last time' grep -q '^0 of [0-9]* answers differ$' "$folder/out"
check 'leaves a page' test -s "$folder/a b/times.html"

"$grow" 2 corpus/sailing/*.txt > "$folder/grown2"
BENCH_OPTIONS='--passes 1 --commands COUNT,TOP_10' \
    exits 'the growth study' 0 sh bench/growth.sh -q "$folder/queries" "$folder/growth" "$folder/grown" "$folder/grown2"
is 'has a line for each size' "$(sed 1d "$folder/growth/growth.tsv" | cut -f 1 | tr '\n' ' ')" 'grown grown2 '
is 'whose fields are all there' "$(awk -F '\t' 'NF != 9 || $5 == ""' "$folder/growth/growth.tsv")" ''
check 'and charts' grep -q '</svg>' "$folder/growth/growth.svg"
if command -v python3 > /dev/null; then
    check 'that are well-formed' python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$folder/growth/growth.svg"
fi

done_testing
