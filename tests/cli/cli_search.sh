#!/bin/sh
# The forms in which results are printed.

. "${top_srcdir:-.}/tests/cli/fixture.sh"
small_index

{
    run trawl search harbour
    run trawl search -n 1 --snippets 0 harbour
    run trawl search --offset 3 harbour
    run trawl search -n 0 harbour
    run trawl search '"north sea"' --fields author,year,tags
    run trawl search mend --fields=tags --snippet-length 30
    run trawl search --no-count -n 1 harbour
    run trawl search zeppelin
    run trawl search --format tsv harbour
    run trawl search --format tsv --fields author,tags nets
    run trawl search --format ids harbour
    run trawl search --format trec harbour
    run trawl search --format trec --run-name 'my run' nets
    run trawl search --json nets --fields year,tags,none
    run trawl search --format json zeppelin
    run trawl count harbour
    run trawl count --json harbour
    run trawl count zeppelin
    run trawl search 港
    run trawl search '"north s*"' --format tsv
    run trawl search --json 'north-s* title:"fog b*"'
    run trawl search --snippets 0 '"boat le*" AND NOT "rolled in*"'
    run trawl search '"harbour s*"~5 海*'
    run trawl explain 'harbour-of*' 北海
    run trawl explain --json '"north sea*"' fog
    run trawl explain '"fog bank*"' bread
} | without_times > "$folder/transcript"
golden search "$folder/transcript"

exits '-0 gives ids' 0 "$trawl" search -0 '"north sea"'
is '-0 ends them in NUL' "$(tr '\0' '|' < "$folder/out")" "$("$trawl" search --format ids '"north sea"' | tr '\n' '|')"
exits '-0 with tsv' 0 "$trawl" search -0 --format tsv bread
is '-0 with tsv ends lines in NUL' "$(tr '\0' '|' < "$folder/out" | cut -f 1,3)" "1	bread"
is '-n all is all of them' "$("$trawl" search -n all --format ids '*' | wc -l | tr -d ' ')" 5
is 'options may stand after operands' "$("$trawl" search harbour --format ids -n 1)" "$("$trawl" search -n1 --format=ids -- harbour)"
is 'words are joined by blanks' "$("$trawl" search --format ids north AND sea AND boat)" fog
is '--k1 and --b are heeded' "$("$trawl" search --k1 0 --b 0 --format tsv nets fog | cut -f 2 | sort -u | wc -l | tr -d ' ')" 1
is '-F makes operators text' "$("$trawl" count -F 'bread -starch')" 1
is 'without -F they are not' "$("$trawl" count -- 'bread -starch')" 0
is '--all wants all' "$("$trawl" count --all 'north harbour boat')" 1
is '--stopwords english drops them' "$("$trawl" search --json --stopwords english 'the bread' | sed 's/.*"parsed":"\([^"]*\)".*/\1/')" bread
is '--stopwords none keeps them' "$("$trawl" search --json --stopwords none 'the bread' | sed 's/.*"parsed":"\([^"]*\)".*/\1/')" 'the OR bread'
exits '--timeout that is not reached' 0 "$trawl" search --timeout 60000 harbour
awk 'BEGIN { for (i = 0; i < 40000; i++) print i "\tfog" (i % 3 ? " nets" : "") (i % 7 ? "" : " nets") (i % 2 ? " sea" : " fog boat") }' |
    "$trawl" index -i "$folder/large" --format tsv - 2> /dev/null
for threads in 0 1 3; do
    "$trawl" search -i "$folder/large" --threads $threads --format tsv -n 1000 'nets fog sea' | cksum
    "$trawl" count -i "$folder/large" --threads $threads 'nets boat sea'
done > "$folder/out"
is '--threads answers the same' "$(sort -u "$folder/out" | wc -l | tr -d ' ')" 2
exits 'an empty name among fields' 2 "$trawl" search --fields author,,year harbour
says 'is called that' '--fields has an empty name'
exits '--threads has a limit' 2 "$trawl" search --threads 1025 harbour
is 'ten by default' "$(seq 1 30 | sed 's/.*/&	same words/' | "$trawl" index -i "$folder/many" --format tsv - 2> /dev/null
    "$trawl" search -i "$folder/many" --format ids same | wc -l | tr -d ' ')" 10

if command -v jq > /dev/null; then
    "$trawl" search --json -n all 'harbour "north sea' --fields author > "$folder/out" 2> /dev/null
    check 'one line' test "$(wc -l < "$folder/out")" -eq 1
    check 'it is JSON' jq -e . "$folder/out"
    is 'spans mark what matched' "$(jq -r '[.hits[].snippets[] | . as $s | .spans[] |
        ($s.text | explode | implode | @base64) as $t | .[1] - .[0]] | map(select(. <= 0)) | length' "$folder/out")" 0
    is 'its diagnostics' "$(jq -r '.diagnostics[] | .level + " " + .code' "$folder/out")" 'warning unclosed-quote'
else
    skip 'it is JSON' 'no jq here'
fi

done_testing
