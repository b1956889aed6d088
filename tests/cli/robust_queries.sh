#!/bin/sh
# Queries beyond all measure: answered or refused, soon and in words.

. "${top_srcdir:-.}/tests/cli/robust.sh"

# ---------------------------------------------------------------------- limits

# batch NAME FILE: its first line as a query; the reply is one line
batch() {
    bounded "$trawl" search --batch - < "$2" > out 2> err || :
    is "$1: one line answers" "$(wc -l < out | tr -d ' ')" 1
}

# refused NAME FILE: over a limit, as an error of the query
refused() {
    batch "$1" "$2"
    check "$1: is over a limit" grep -q '"level":"error"' out
    [ "$(wc -c < "$2")" -gt 100000 ] || {
        survives "$1: as an argument" 2 "$trawl" search "$(cat "$2")"
        survives "$1: counted" 2 "$trawl" count "$(cat "$2")"
        survives "$1: explained" 2 "$trawl" explain "$(cat "$2")" nets
        survives "$1: to delete by" 2 "$trawl" delete --query "$(cat "$2")"
    }
}

awk 'BEGIN { for (i = 0; i < 100000; i++) printf "word%d ", i; print "" }' > terms
refused '100,000 terms' terms
awk 'BEGIN { for (i = 0; i < 5000; i++) printf "word%d ", i; print "" }' > fewer
refused '5,000 terms' fewer
{ repeat 10000 '('; printf harbour; repeat 10000 ')'; echo; } > parentheses
refused '10,000 parentheses' parentheses
{ repeat 9000 '(harbour '; repeat 9000 ')'; echo; } > nested
refused '9,000 groups in each other' nested
{ printf '"'; repeat 30000 'harbour '; echo '"'; } > phrase
refused 'a phrase of 30,000 words' phrase

# answered NAME TEXT: whatever it means, it ends
answered() {
    printf '%s\n' "$2" > query
    batch "$1" query
    [ "$(wc -c < query)" -gt 100000 ] || survives "$1: as an argument" '0 1 2' "$trawl" search -- "$2"
}
for text in '(' ')' '"' '-' '+' '!' '^' '~' '*' '?' '\\' ': ' 'title:' 'NOT ' 'AND ' 'OR ' 'a^' '"a" ' 'a~' '-(' '+"' 'title:(' '[a TO ' 'NEAR/5 '; do
    answered "$text, 10,000 times" "$(repeat 10000 "$text")"
done
answered 'prefixes' "$(repeat 900 'a* ')"
answered 'numbers' 'harbour^99999999999999999999 "north sea"~99999999999999999999 nets^1e999999 nets^-1 nets^0 nets^nan fog^0x1p3'
answered 'a word of 100,000 letters' "$(repeat 90000 a)"
answered 'a word of marks' "$(repeat 9000 "$(printf '\314\201')")"
answered 'Chinese without a blank' "$(repeat 300 "$(printf '\345\214\227\346\265\267')")"
answered 'nothing' ''

# -------------------------------------------------------------------- all bytes

# Every byte but the line end, inside a word, as a word, and between words.
byte=1
while [ $byte -le 255 ]; do
    escape=$(printf '\\%03o' $byte)
    [ $byte -eq 10 ] || printf "harbour${escape}nets\\n${escape}\\nharbour ${escape} nets${escape}\\n"
    byte=$((byte + 1))
done > bytes
printf 'harbour\000nets\n\000\n' >> bytes
survives 'every byte in a query' '0 1 2' sh -c "\"$trawl\" search --batch bytes"
is 'gives an answer' "$(wc -l < out | tr -d ' ')" "$(wc -l < bytes | tr -d ' ')"
is 'of printable text' "$(LC_ALL=C tr -d '\n' < out | LC_ALL=C grep -c "$(printf '[\001-\037]')")" 0
if command -v jq > /dev/null; then
    is 'in JSON' "$(jq -r .trawl < out | sort -u)" 1
else
    skip 'in JSON' 'no jq here'
fi
bytes 30000 7 > junk
survives 'junk as a batch' '0 1 2' "$trawl" search --batch junk
survives 'junk as a timed batch' '0 1 2' "$trawl" search --batch junk --protocol timed
unharmed 'after all queries'

done_testing
