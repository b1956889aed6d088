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

done_testing
