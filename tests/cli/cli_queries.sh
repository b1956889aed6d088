#!/bin/sh
# Queries that are wrong: the place is shown, and --strict makes it an error.

. "${top_srcdir:-.}/tests/cli/fixture.sh"
small_index

long=$(seq 1 60 | sed 's/.*/word&/' | tr '\n' ' ')
{
    for query in '"machine learn' 'harbour (fog' 'nets^x' 'harbour AND' '日本 "霧' 'nosuchfield:harbour' 'har* OR' '' \
        "$long\"north sea" 'title:"fog banks' 'nets) fog'; do
        run trawl search --format ids "$query"
        run trawl search --format ids --strict "$query"
    done
    run trawl count '"north sea'
    run trawl count --strict '"north sea'
    run trawl search --json --strict '"north sea'
    run trawl search --json '"north sea'
} | without_times > "$folder/transcript"
golden queries "$folder/transcript"

deep=$(awk 'BEGIN { for (i = 0; i < 10000; i++) printf "("; print "fog" }')
exits 'too deep a query is an error' 2 "$trawl" count "$deep"
many=$(awk 'BEGIN { for (i = 0; i < 3000; i++) printf "w%d ", i }')
exits 'too many clauses are an error' 2 "$trawl" count "$many"
check 'its message is short' test "$(wc -c < "$folder/err")" -lt 1000

# ------------------------------------------------------- prefixes that go too far

seq 10000 12999 | sed 's/.*/{"id": "&", "text": "pre&x other"}/' | "$trawl" index -i "$folder/wide" --format jsonl - 2> /dev/null
TRAWL_INDEX=$folder/wide
exits 'a count over --max-expansions' 2 "$trawl" count 'pre*'
is 'prints none' "$(cat "$folder/out")" ''
says 'but the limit' '3000 terms, over the limit of 1024 (--max-expansions)'
exits 'within it' 0 "$trawl" count --max-expansions 3000 'pre*'
is 'it is exact' "$(cat "$folder/out")" 3000
exits 'excluded prefixes have no limit' 1 "$trawl" count 'other -pre*'
exits 'a search over it' 0 "$trawl" search --json -n 1 'pre*'
check 'finds at least so many' grep -q '"total":1024,"relation":"ge".*"code":"too-many-expansions"' "$folder/out"
exits 'a phrase that ends in one' 2 "$trawl" count '"other pre*"~2'
says 'has the limit' '3000 terms, over the limit of 1024 (--max-expansions)'
exits 'a search for it' 0 "$trawl" search --json -n 1 '"other pre*"~2'
check 'finds at least so many as well' grep -q '"total":1024,"relation":"ge".*"code":"too-many-expansions"' "$folder/out"
exits 'within the limit' 0 "$trawl" count --max-expansions 3000 '"other pre*"~2'
is 'the phrase is counted' "$(cat "$folder/out")" 3000
exits 'an excluded one has no limit' 1 "$trawl" count 'other -"other pre*"~2'
exits 'beside another word too' 0 "$trawl" search --json -n 1 '+other +pre*'
check 'at least so many' grep -q '"relation":"ge"' "$folder/out"
exits 'a strict search over it' 2 "$trawl" search --strict --json 'pre*'
check 'says which limit' grep -q '"error":{"code":"limit","message":"[^}]*--max-expansions' "$folder/out"
is 'protocols count exactly or not' "$(printf 'COUNT\tpre*\nTOP_1_COUNT\tpre*\nTOP_1\tpre*\n' |
    "$trawl" search --batch - --protocol game 2> /dev/null | tr '\n' ' ')" 'UNSUPPORTED UNSUPPORTED 1 '
exits 'delete takes all' 0 "$trawl" delete --query 'pre*'
exits 'none is left' 1 "$trawl" count other

# What no live document has is no expansion, nor is what only other fields have.
seq 1 12 | sed 's/.*/{"id": "&", "title": "cat&", "text": "zq&"}/' |
    "$trawl" index -i "$folder/few" --format jsonl - 2> /dev/null
TRAWL_INDEX=$folder/few
"$trawl" delete 1 2 3 4 2> /dev/null
exits 'deleted documents leave expansions' 0 "$trawl" count --max-expansions 8 'zq*'
is 'the others are counted' "$(cat "$folder/out")" 8
exits 'titles are no bodies' 1 "$trawl" count --max-expansions 1 'body:cat*'
exits 'one too many' 2 "$trawl" count --max-expansions 7 'zq*'

# ------------------------------------------------------------------ no positions

printf '%s\n' '{"id": "a", "title": "x", "text": "machine learning"}' '{"id": "h", "title": "machine", "text": "other learning"}' |
    "$trawl" index -i "$folder/flat" --no-positions --format jsonl - 2> /dev/null
TRAWL_INDEX=$folder/flat
exits 'a body without positions' 0 "$trawl" count body:machine
is 'is all text' "$(cat "$folder/out")" 2
says 'which is said' 'cannot tell this field from others'
exits 'strictly it is an error' 2 "$trawl" count --strict body:machine
exits 'nothing is deleted by it' 2 "$trawl" delete --query body:machine
exits 'nor by words that should be a phrase' 2 "$trawl" delete --query machine-learning
exits 'all are there' 0 "$trawl" count learning
is 'still' "$(cat "$folder/out")" 2

done_testing
