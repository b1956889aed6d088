#!/bin/sh
# trawl bench: tables, JSON, pages, comparisons. No time is held to anything.

. "${top_srcdir:-.}/tests/cli/fixture.sh"
cd "$top_srcdir" || exit 99
"$trawl" index -i "$folder/index" corpus > "$folder/out" 2>&1 || exit 99
TRAWL_INDEX=$folder/index
export TRAWL_INDEX

cat > "$folder/plain" << 'END'
harbour
"spring tide"

+harbour +nets
harbour nets
harbour -nets
harb*
tide-table
harbour AND ("spring tide" OR fog)
END
cat > "$folder/lines.jsonl" << 'END'
{"query": "harbour", "tags": ["term", "few"]}
{"query": "\"spring tide\"", "tags": ["phrase", "few"]}
{"query": "bread oven", "type": "union", "tags": ["union", "many"]}
plain line
END
bench() {
    "$trawl" bench --passes 2 "$@"
}

# ---------------------------------------------------------------------- table

exits 'plain lines' 0 bench "$folder/plain"
is 'the head of the table' "$(sed -n 1p "$folder/out" | tr -s ' ')" 'command type n mean us p50 p90 p99 max per s'
types='term phrase intersection union negated prefix mixed all'
is 'types are told from the queries' \
    "$(awk '$1 == "TOP_10" { printf "%s%s", separator, $2; separator = " " }' "$folder/out")" "$types"
is 'a word of several terms is a phrase' "$(awk '$1 == "COUNT" && $2 == "phrase" { print $3 }' "$folder/out")" 2
is 'all commands' "$(awk '$2 == "all" { printf "%s ", $1 }' "$folder/out")" \
    'COUNT TOP_10 TOP_10_COUNT TOP_100 TOP_100_COUNT TOP_1000 '
is 'rows have nine columns, and times in order' "$(awk 'NR > 1 && (NF != 9 || $5 > $6 || $6 > $7 || $7 > $8)' "$folder/out")" ''
exits 'commands are chosen' 0 bench "$folder/plain" --commands TOP_3,COUNT
is 'in their order' "$(awk '$2 == "all" { printf "%s ", $1 }' "$folder/out")" 'TOP_3 COUNT '
exits 'queries are limited' 0 bench "$folder/plain" --commands COUNT -n 2
is 'to the first' "$(awk '$2 == "all" { print $3 }' "$folder/out")" 2
is 'standard input' "$(echo fog | "$trawl" bench - --commands COUNT --warm-up 0 | awk 'NR > 1 { print $2, $3 }')" 'term 1'
exits 'lines of JSON' 0 bench "$folder/lines.jsonl" --commands COUNT
is 'the type is the first tag' "$(awk 'NR > 1 { printf "%s:%s ", $2, $3 }' "$folder/out")" 'term:1 phrase:1 union:2 all:4 '
exits 'by tag' 0 bench "$folder/lines.jsonl" --commands COUNT --by-tag
is 'every tag has a row' "$(awk 'NR > 1 { printf "%s:%s ", $2, $3 }' "$folder/out")" \
    'term:1 few:2 phrase:1 union:2 many:1 all:4 '

# -------------------------------------------------------------------- threads

exits 'threads give the same answers' 0 bench "$folder/plain" --threads 3 --passes 20
is 'and a table of their own' "$(awk '$1 == "TOP_10" && $2 ~ /^[0-9]+$/ { printf "%s:%s ", $2, $3 }' "$folder/out")" '1:160 3:160 '

exits 'so do threads of a query' 0 bench "$folder/plain" --query-threads 3 --json
check 'which the JSON tells' grep -q '"query_threads":3' "$folder/out"

# ----------------------------------------------------------------------- JSON

exits 'json' 0 bench "$folder/plain" --json --threads 2
cp "$folder/out" "$folder/old.json"
is 'is one line' "$(wc -l < "$folder/old.json" | tr -d ' ')" 1
if command -v jq > /dev/null; then
    check 'is valid' jq -e '.trawl == 1' "$folder/old.json"
    is 'has a result for every query and command' "$(jq '.results | length' "$folder/old.json")" 48
    is 'counts are those of trawl count' \
        "$(jq -r '.results[] | select(.command == "COUNT") | .count' "$folder/old.json" | tr '\n' ' ')" \
        "$(grep . "$folder/plain" | while IFS= read -r query; do "$trawl" count -- "$query"; done | tr '\n' ' ')"
    is 'as many hits as there are' "$(jq -r '.results[] | select(.query == "harbour" and .command == "TOP_10") | .hits' \
        "$folder/old.json")" 10
    is 'groups, too' "$(jq -r '[.groups[] | select(.command == "COUNT") | .type] | join(" ")' "$folder/old.json")" "$types"
    is 'throughput, too' "$(jq -r '.throughput | length' "$folder/old.json")" 12
    "$trawl" bench "$folder/lines.jsonl" --json --passes 1 --k1 1.5 | jq -c '[.passes, .settings.k1]' > "$folder/out"
    is 'settings, too' "$(cat "$folder/out")" '[1,1.5]'
else
    skip 'json' 'no jq here'
fi

# -------------------------------------------------------------------- compare

exits 'the same answers' 0 bench "$folder/plain" --compare "$folder/old.json"
check 'are said to be so' grep -q '^0 of 48 answers differ$' "$folder/out"
is 'a ratio for every type' "$(sed -n '/geometric mean/,/^$/p' "$folder/out" | grep -c '^TOP_10 ')" 8

sed 's/"command":"COUNT","query":"harbour nets","type":"union","ns":[0-9]*,"count":[0-9]*/"command":"COUNT","query":"harbour nets","type":"union","ns":1,"count":99999/' \
    "$folder/old.json" > "$folder/planted.json"
exits 'a planted count' 1 bench "$folder/plain" --compare "$folder/planted.json" --commands COUNT,TOP_10
check 'is found' grep -q '^COUNT  *count [0-9]*, was 99999  *harbour nets$' "$folder/out"
check 'once' grep -q '^1 of 16 answers differ$' "$folder/out"
is 'a planted slowdown comes first' "$(sed -n '/worst first/{n;n;p;}' "$folder/out" | awk '{ print $4, $5, $6 }')" \
    'COUNT harbour nets'
sed 's/"digest":"[0-9a-f]\{16\}"/"digest":"0000000000000000"/2' "$folder/old.json" > "$folder/planted.json"
exits 'a planted hit' 1 bench "$folder/plain" --compare "$folder/planted.json" --json
if command -v jq > /dev/null; then
    is 'is found' "$(jq -c '[.compare.differences[].what]' "$folder/out")" '["other documents or scores"]'
    check 'changes are worst first' jq -e '[.compare.changes[].ratio] | . == (sort | reverse)' "$folder/out"
fi
exits 'more are shown when wanted' 0 bench "$folder/plain" --compare "$folder/old.json" --show all
is 'all of them' "$(grep -c '^ *[0-9.]*  *[0-9.]*  *[0-9.]*  [CT]' "$folder/out")" 48
exits 'other settings' 1 bench "$folder/plain" --compare "$folder/old.json" --k1 2
says 'are warned of' 'was run with another k1'
exits 'queries that were not run then' 0 bench "$folder/lines.jsonl" --compare "$folder/old.json" --commands COUNT
check 'are counted' grep -q '^2 were not run then$' "$folder/out"

# ----------------------------------------------------------------------- page

printf '%s\n' 'a<b> & "c' 'harbour ]]>' "$(printf 'bell\007 \033[31m net')" >> "$folder/plain"
exits 'a page' 0 bench "$folder/plain" --html "$folder/page.html" --threads 2 --compare "$folder/old.json"
is 'refers to nothing outside' "$(grep -c -i -e 'http' -e 'src=' -e 'href=' -e '@import' -e 'url(' -e '<script' "$folder/page.html")" 0
is 'has two charts for each command' "$(grep -o '<svg' "$folder/page.html" | wc -l | tr -d ' ')" 12
check 'knows light and dark' grep -q 'prefers-color-scheme:dark' "$folder/page.html"
is 'shows queries as text' "$(grep -c 'a&#60;b&#62; &#38; &#34;c' "$folder/page.html" | sed 's/[1-9][0-9]*/some/')" some
is 'has no control characters' "$(tr -d '\n' < "$folder/page.html" | tr -cd '\000-\037' | wc -c | tr -d ' ')" 0
if command -v xmllint > /dev/null; then
    check 'is well-formed' xmllint --noout "$folder/page.html"
elif command -v python3 > /dev/null; then
    check 'is well-formed' python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$folder/page.html"
else
    skip 'is well-formed' 'neither xmllint nor python3 here'
fi

# ------------------------------------------------------------------ bad input

exits 'a file that is not there' 2 bench "$folder/missing"
says 'is named' "$folder/missing: cannot open"
: > "$folder/empty"
exits 'an empty file' 2 bench "$folder/empty"
says 'is named, too' "$folder/empty: no queries"
printf 'fog\n{"query": "tide",}\n' > "$folder/broken"
exits 'broken JSON' 2 bench "$folder/broken"
says 'is named with its line' "$folder/broken:2: broken JSON: no name of a member"
printf '{"text": "tide"}\n' > "$folder/broken"
exits 'a line without a query' 2 bench "$folder/broken"
says 'says so' "$folder/broken:1: no \"query\" that is a string"
printf '{"query": "tide", "tags": [1]}\n' > "$folder/broken"
exits 'a tag that is a number' 2 bench "$folder/broken"
exits 'an unknown command' 2 bench "$folder/plain" --commands COUNT,TOP
says 'is told' "not 'TOP'"
exits 'a command twice' 2 bench "$folder/plain" --commands COUNT,COUNT
exits 'no earlier run' 2 bench "$folder/plain" --compare "$folder/missing"
exits 'an earlier run that is no JSON' 2 bench "$folder/plain" --compare "$folder/plain"
says 'is told so' 'broken JSON'
echo '{"trawl":1,"documents":3}' > "$folder/other.json"
exits 'JSON of another shape' 2 bench "$folder/plain" --compare "$folder/other.json"
says 'is told of' 'not what `trawl bench --json` prints: no results'
echo '{"results":[{"command":"COUNT","query":"fog"}]}' > "$folder/other.json"
exits 'a result without its time' 2 bench "$folder/plain" --compare "$folder/other.json"
exits 'no queries named' 2 "$trawl" bench
exits 'a page that cannot be written' 2 bench "$folder/lines.jsonl" --html "$folder/nowhere/page.html"
exits 'no index' 2 bench -i "$folder/nowhere" "$folder/plain"
printf 'fog\n"unclosed\n' > "$folder/broken"
exits 'a query that fails' 1 bench "$folder/broken" --strict --commands COUNT
says 'is named with its line' "$folder/broken:2: COUNT fails"
is 'and left out' "$(awk 'NR == 2 { print $3 }' "$folder/out")" 1

done_testing
