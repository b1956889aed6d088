#!/bin/sh
# run.sh FOLDER MEGABYTES: what `make bench` does. Grows corpus/ to so many million
# bytes, indexes them, replays the queries that come with them, and runs the
# micro-benchmarks. All is left in FOLDER, and the next run of the same size is
# compared with this one.
#
#     make bench BENCH_MB=256                      a larger collection
#     build-bench/queries.jsonl, build-bench/index to measure by hand
#
# With $BENCH_QUICK set, everything runs once only: to see that it does.

set -eu
folder=$1
megabytes=$2
: "${top_srcdir:=.}" "${top_builddir:=.}" "${TRAWL:=$top_builddir/trawl}"
passes=5
quick=
if [ -n "${BENCH_QUICK:-}" ]; then
    passes=1
    quick=-q
fi
mkdir -p "$folder"

say() {
    printf '\n==> %s\n' "$*"
}

# The sample: prose alone, in one order everywhere.
sample() {
    find "$top_srcdir/corpus" -name '*.txt' -o -name '*.md' | LC_ALL=C sort
}

say "growing corpus/ to $megabytes MB"
set --
while IFS= read -r file; do
    set -- "$@" "$file"
done << END
$(sample)
END
"$top_builddir/bench/grow" -q "$folder/queries.jsonl" "$megabytes" "$@" > "$folder/documents.jsonl"

say 'indexing, one thread and all'
for threads in 1 ''; do
    rm -f "$folder/cost"
    "$top_builddir/bench/cost" "$folder/cost" "$TRAWL" index -i "$folder/index" --fresh --store none \
        ${threads:+--threads $threads} "$folder/documents.jsonl"
    awk -F '\t' -v megabytes="$megabytes" '{
        printf "%.1f s, %.1f s of processors, %.1f MB/s, %.0f MB of memory\n", $1, $2, megabytes / $1, $3 }' "$folder/cost"
done
"$TRAWL" stats -i "$folder/index" --sizes | sed -n '/^\(documents\|terms\|tokens\|bytes\) /p; /^sizes/,$p'

say 'queries'
before=
if [ -f "$folder/times-$megabytes.json" ]; then
    before=$folder/times-before.json
    mv "$folder/times-$megabytes.json" "$before"
fi
replay() {
    "$TRAWL" bench -i "$folder/index" --stopwords none --passes $passes "$folder/queries.jsonl" "$@"
}
replay --html "$folder/times.html" ${before:+--compare "$before"} ||
    say 'other answers than the last time: has the ranking or the collection changed?'
replay --json > "$folder/times-$megabytes.json"

say 'inner loops'
"$top_builddir/bench/micro" $quick "$folder/documents.jsonl"
say "the page with charts is $folder/times.html"
