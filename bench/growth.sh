#!/bin/sh
# How Trawl grows: indexes collections of several sizes, replays the same
# queries on each, and writes what building and searching cost.
#
#     growth.sh -g MEGABYTES FOLDER          corpus/ grown to that size, to 4 and to 16 times it
#     growth.sh -q QUERIES FOLDER FILE...    files of documents, the smallest first
#
# FOLDER then has growth.tsv (a line for each size), queries.tsv (for each size,
# command and type), growth.md (the tables) and growth.svg (the charts). Indexes are deleted
# again. $INDEX_OPTIONS and $BENCH_OPTIONS go to `trawl index` and `trawl bench`.

set -eu
here=$(dirname "$0")
: "${top_srcdir:=$here/..}" "${top_builddir:=.}" "${TRAWL:=$top_builddir/trawl}"
: "${INDEX_OPTIONS:=--store none}" "${BENCH_OPTIONS:=--stopwords none --commands COUNT,TOP_10,TOP_10_COUNT,TOP_1000}"
tab=$(printf '\t')

usage() {
    echo 'usage: growth.sh -g MEGABYTES FOLDER | growth.sh -q QUERIES FOLDER FILE...' >&2
    exit 2
}

grown= queries=
while getopts g:q: option; do
    case $option in
        g) grown=$OPTARG ;;
        q) queries=$OPTARG ;;
        *) usage ;;
    esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || usage
folder=$1
shift
if [ -n "$grown" ]; then
    [ $# -eq 0 ] || usage
else
    [ -n "$queries" ] && [ $# -gt 0 ] || usage
fi
mkdir -p "$folder"
printf 'file\ttext MB\tdocuments\ttokens\tterms\twall s\tcpu s\tpeak MB\tindex MB\n' > "$folder/growth.tsv"
printf 'text MB\tcommand\ttype\tn\tmean us\tp50\tp90\tp99\tmax\n' > "$folder/queries.tsv"

# figure NAME: of the index, or of one of its parts
figure() {
    "$TRAWL" stats -i "$folder/index" | awk -v name="$1" '$1 == name { print $2; exit }'
}

# study FILE: a size
study() {
    rm -rf "$folder/index" "$folder/cost"
    echo "==> $1" >&2
    "$top_builddir/bench/cost" "$folder/cost" "$TRAWL" index -i "$folder/index" --fresh $INDEX_OPTIONS "$1" >&2
    megabytes=$(wc -c < "$1" | awk '{ printf "%.1f", $1 / 1e6 }')
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$(basename "$1")" "$megabytes" "$(figure documents)" "$(figure tokens)" \
        "$(figure terms)" "$(cat "$folder/cost")" "$(figure bytes | awk '{ printf "%.2f", $1 / 1e6 }')" >> "$folder/growth.tsv"
    "$TRAWL" bench -i "$folder/index" $BENCH_OPTIONS "$queries" |
        awk -v OFS='\t' -v megabytes="$megabytes" 'NR > 1 { print megabytes, $1, $2, $3, $4, $5, $6, $7, $8 }' >> "$folder/queries.tsv"
    rm -rf "$folder/index" "$folder/cost"
}

# study_grown MEGABYTES: of a corpus that is made and deleted again. The queries are the smallest one's.
study_grown() {
    sample=$(find "$top_srcdir/corpus" -name '*.txt' -o -name '*.md' | LC_ALL=C sort)
    old_ifs=$IFS
    IFS='
'
    "$top_builddir/bench/grow" -q "$folder/queries.new" "$1" $sample > "$folder/grown-$1.jsonl"
    IFS=$old_ifs
    if [ -z "$queries" ]; then
        queries=$folder/queries.jsonl
        mv "$folder/queries.new" "$queries"
    fi
    study "$folder/grown-$1.jsonl"
    rm -f "$folder/grown-$1.jsonl" "$folder/queries.new"
}

if [ -n "$grown" ]; then
    for times in 1 4 16; do
        study_grown $((grown * times))
    done
else
    for file; do
        study "$file"
    done
fi

# ------------------------------------------------------------------- reporting

# Points for the charts: panel, scale of y, series, x, y.
points() {
    awk -F '\t' -v OFS='\t' 'NR > 1 {
        print "build, MB/s of processor time", "linear", "", $2, $2 / $7
        print "memory at the peak, MB", "log", "", $2, $8
        print "index, % of the text", "linear", "", $2, 100 * $9 / $2
        print "terms", "log", "", $2, $5 }' "$folder/growth.tsv"
    awk -F '\t' -v OFS='\t' 'NR > 1 && $3 == "all" {
        print "queries: mean microseconds", "log", $2, $1, $5
        print "queries: p99 microseconds", "log", $2, $1, $8 }' "$folder/queries.tsv"
}

tables() {
    awk -F '\t' 'BEGIN {
        print "| text MB | documents | terms | build s | MB/s/core | peak MB | index MB | % of text |"
        print "|---|---|---|---|---|---|---|---|" }
        NR > 1 { printf "| %.0f | %d | %d | %.1f | %.1f | %.0f | %.1f | %.1f |\n", $2, $3, $5, $6, $2 / $7, $8, $9, 100 * $9 / $2 }' \
        "$folder/growth.tsv"
    echo
    awk -F '\t' 'NR > 1 {
        row = $2 " | " $3
        if (!(row in seen)) { seen[row] = 1; rows[++row_count] = row }
        if (!($1 in known)) { known[$1] = 1; sizes[++size_count] = $1 }
        cell[row, $1] = sprintf("%.1f / %.1f", $5, $8) }
        END {
            head = "| command | type |"; rule = "|---|---|"
            for (i = 1; i <= size_count; i++) { head = head " " sizes[i] " MB |"; rule = rule "---|" }
            print "Mean / p99 microseconds:\n\n" head "\n" rule
            for (i = 1; i <= row_count; i++) {
                line = "| " rows[i] " |"
                for (k = 1; k <= size_count; k++) line = line " " cell[rows[i], sizes[k]] " |"
                print line
            }
        }' "$folder/queries.tsv"
}

points | awk -F "$tab" -f "$here/growth_chart.awk" > "$folder/growth.svg"
tables > "$folder/growth.md"
cat "$folder/growth.md"
