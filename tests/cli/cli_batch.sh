#!/bin/sh
# trawl search --batch: one answer for each line, at once; the protocols.

. "${top_srcdir:-.}/tests/cli/fixture.sh"
small_index

printf 'harbour\n\n"north sea\nzeppelin\r\nb\000read\nnet\377s\nlast: fog' > "$folder/queries"
"$trawl" search --batch "$folder/queries" 2> "$folder/err" | without_times > "$folder/transcript"
golden batch "$folder/transcript"
is 'nothing on standard error' "$(cat "$folder/err")" ''
is 'standard input is the same' "$("$trawl" search --batch - < "$folder/queries" | without_times)" "$(cat "$folder/transcript")"

for level in scalar sse4.1 avx2 avx512 neon; do
    is "the same with the kernels of $level" \
        "$(TRAWL_CPU=$level "$trawl" search --batch "$folder/queries" 2> /dev/null | without_times)" "$(cat "$folder/transcript")"
done

# ----------------------------------------------------------------- exit status

printf 'zeppelin\nharbour\n' > "$folder/some"
printf 'zeppelin\n' > "$folder/none"
printf 'harbour\n"north sea\n' > "$folder/broken"
: > "$folder/empty"
exits 'something was found' 0 "$trawl" search --batch "$folder/some"
exits 'nothing was found' 1 "$trawl" search --batch "$folder/none"
exits 'no queries' 0 "$trawl" search --batch "$folder/empty"
exits 'a repaired query is no error' 0 "$trawl" search --batch "$folder/broken"
exits 'a failing one is' 2 "$trawl" search --strict --batch "$folder/broken"
is 'and has its line' "$(wc -l < "$folder/out" | tr -d ' ')" 2
is 'that says so' "$(sed -n 2p "$folder/out" | grep -c '"error":{"code":"query"')" 1
exits 'a file that is not there' 2 "$trawl" search --batch "$folder/missing"

# -------------------------------------------------------------------- formats

is 'ids end in an empty line' "$("$trawl" search --batch "$folder/some" --format ids -n 1 | tr '\n' '|')" \
    "|$("$trawl" search -n 1 --format ids harbour)||"
is 'trec counts the queries' "$("$trawl" search --batch "$folder/some" --format trec -n 1 | cut -d' ' -f 1,2,4,6)" '2 Q0 1 trawl'
is 'trec takes the names of queries' \
    "$(printf 'q1\tfog\nq2\tbread\n' | "$trawl" search --batch - --format trec -n 1 | cut -d' ' -f 1-4)" "$(printf 'q1 Q0 fog 1\nq2 Q0 bread 1')"

# ------------------------------------------------------------------ protocols

without_ns() {
    sed 's/^\([^	]*\)	[0-9][0-9]*	/\1	NS	/'
}
lines='COUNT\tharbour\nTOP_2\tharbour\nTOP_2_COUNT\tharbour\nCOUNT\tzeppelin\nTOP_10\tzeppelin\nTOP_1_COUNT\t"north sea"\nTOP_0\tfog\nOTHER\tfog\nfog\n\n'
printf "$lines" | "$trawl" search --batch - --protocol timed 2> "$folder/err" | without_ns > "$folder/transcript"
golden timed "$folder/transcript"
is 'game answers numbers' "$(printf "$lines" | "$trawl" search --batch - --protocol game | tr '\n' ' ')" \
    '4 1 4 0 1 2 UNSUPPORTED UNSUPPORTED UNSUPPORTED UNSUPPORTED '
is '$HITS lists more or fewer' "$(printf 'TOP_3\tharbour\n' | HITS=2 "$trawl" search --batch - --protocol timed | cut -f 3,4 | wc -w | tr -d ' ')" 3
seq 1 30 | sed 's/.*/&	same words/' | "$trawl" index -i "$folder/many" --format tsv - 2> /dev/null
is 'at most ten are listed' "$(printf 'TOP_20\tsame\n' | "$trawl" search -i "$folder/many" --batch - --protocol timed | cut -f 3,4 | wc -w | tr -d ' ')" 11
exits 'an unknown protocol' 2 "$trawl" search --batch - --protocol other

# ----------------------------------------------------- a process that stays open

mkfifo "$folder/to" "$folder/from"
"$trawl" search --batch - < "$folder/to" > "$folder/from" &
server=$!
exec 8> "$folder/to" 9< "$folder/from"
ask() {
    printf '%s\n' "$1" >&8
    IFS= read -r answer <&9
    printf '%s\n' "$answer" | sed 's/.*"total":\([0-9]*\),.*/\1/'
}
is 'each line is answered at once' "$(ask harbour)" 4
is 'and the next' "$(ask zeppelin)" 0
echo '{"id": "late", "text": "A zeppelin over the harbour."}' | "$trawl" index --format jsonl - 2> /dev/null
is 'a newer commit is seen' "$(ask zeppelin)" 1
"$trawl" delete late 2> /dev/null
is 'and the one after' "$(ask zeppelin)" 0
exec 8>&- 9<&-
wait "$server"
is 'it ends with its input' "$?" 0

done_testing
