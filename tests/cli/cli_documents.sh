#!/bin/sh
# get, delete, merge, stats, terms, analyze, explain, verify.

. "${top_srcdir:-.}/tests/cli/fixture.sh"
small_index

# ------------------------------------------------------------------------ get

{
    run trawl get nets bread
    run trawl get --json nets
    run trawl get nets missing fog
    run trawl explain nets nets
    run trawl explain bread nets
    run trawl explain --json nets nets
    run trawl explain '"nets by"' nets
    run trawl explain --json '"nets by"' nets
    run trawl explain 'title:*' nets
    run trawl explain nets missing
    run trawl terms ha
    run trawl terms --field title
    run trawl terms -n 2 --json
    run trawl terms zzz
    run trawl analyze 'The U.S. fishing nets, café 北海'
    run trawl analyze --json nets
    run trawl analyze --language german 'Die Häfen'
    run trawl analyze --language klingon nets
} > "$folder/transcript"
golden documents "$folder/transcript"
exits 'terms -n 0 tells that there are some' 0 "$trawl" terms -n 0
is 'but shows none' "$(cat "$folder/out")" ''
exits 'or that there are none' 1 "$trawl" terms -n 0 zzz
is 'analyze reads standard input' "$(printf 'fishing\nnets' | "$trawl" analyze | tr '\t\n' ' |')" 'fish 0 0 7|net 1 8 12|'
is 'get is exact off a terminal' "$("$trawl" get steer | od -An -c | tr -d ' \n' | cut -c 1-12)" 'Bells\aandwh'

# ------------------------------------------------------------ stats and verify

"$trawl" stats > "$folder/out"
is 'stats counts documents' "$(sed -n 's/^documents *//p' "$folder/out")" 5
is 'stats counts what was reordered' "$(sed -n 's/^reordered *//p' "$folder/out")" 0
is 'stats names the language' "$(sed -n 's/^language *//p' "$folder/out")" english
is 'stats names the fields' "$(sed -n 's/^fields *//p' "$folder/out")" 'body, title, author, tags'
"$trawl" stats --sizes > "$folder/out"
check 'stats --sizes has parts' grep -q '^  terms  *[1-9]' "$folder/out"
if command -v jq > /dev/null; then
    is 'stats --json' "$("$trawl" stats --json --sizes | jq -r '[.documents, .deleted, .language, .positions, .store, (.sizes | length > 2)] | join(" ")')" \
        '5 0 english true text true'
    is 'verify --json' "$("$trawl" verify --json | jq -r '[.sound, (.findings | length)] | join(" ")')" 'true 0'
else
    skip 'stats --json' 'no jq here'
fi
exits 'verify finds it sound' 0 "$trawl" verify
is 'verify says so' "$(cat "$folder/out")" "$folder/index: sound"

cp -r "$folder/index" "$folder/damaged"
largest=$(ls -S "$folder/damaged" | head -n 1)
printf 'XXXX' | dd of="$folder/damaged/$largest" bs=1 seek=300 conv=notrunc 2> /dev/null
exits 'verify finds damage' 1 "$trawl" verify -i "$folder/damaged"
check 'verify names the file' grep -q "$largest:[0-9]*: " "$folder/out"
exits 'verify --json finds it too' 1 "$trawl" verify --json -i "$folder/damaged"
check 'verify --json lists it' grep -q "^{\"trawl\":1,\"findings\":\[{\"file\":\".*$largest" "$folder/out"
exits 'verify of nothing' 2 "$trawl" verify -i "$folder/nowhere"

# --------------------------------------------------------------- delete, merge

exits 'delete an unknown id' 1 "$trawl" delete missing
says 'it is named' 'missing: no such document'
exits 'delete one' 0 "$trawl" delete bread
is 'it is gone' "$("$trawl" count bread)" 0
exits 'and stays gone' 1 "$trawl" get bread
exits 'a known and an unknown one' 1 "$trawl" delete nets missing
exits 'the known one is gone' 1 "$trawl" get nets
exits 'delete by query' 0 "$trawl" delete --query 'title:fog'
exits 'delete by a query without matches' 1 "$trawl" delete --query 'title:fog'
exits 'a broken query deletes nothing' 2 "$trawl" delete --query '"harbour'
is 'two are left' "$("$trawl" stats | sed -n 's/^documents *//p')" 2
exits 'merge' 0 "$trawl" merge --no-reorder
is 'one segment is left' "$("$trawl" stats | sed -n 's/^segments *//p')" 1
is 'deletes are purged' "$("$trawl" stats | sed -n 's/^deleted *//p')" 0
is 'the rest is found' "$("$trawl" count harbour)" 2
exits 'verify finds it sound still' 0 "$trawl" verify

exits 'store none' 0 "$trawl" index -i "$folder/bare" --store none "$folder/small.jsonl"
exits 'has no texts' 2 "$trawl" get -i "$folder/bare" nets
exits 'but is searched' 0 "$trawl" search -i "$folder/bare" nets

done_testing
