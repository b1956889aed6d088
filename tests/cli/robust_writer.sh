#!/bin/sh
# Builds that do not come to their end: interrupted, killed, out of room, out
# of memory, many at once. The index is as it was or as it was to be, and the
# next build goes through.

. "${top_srcdir:-.}/tests/cli/robust.sh"

awk 'BEGIN {
    state = 7
    for (i = 0; i < 8000; i++) {
        printf "{\"id\":\"d%d\",\"title\":\"Document %d\",\"text\":\"", i, i
        for (j = 0; j < 25; j++) {
            state = (state * 16807) % 2147483647
            printf "w%d ", int(state / 65536) % (1 + (state % 7) * 900)
        }
        print "\"}"
    }
}' > many.jsonl

# The old state, or the new one when the build came to its end in time.
old_or_new() {
    survives "$1: the index is sound" 0 "$trawl" verify
    found=$("$trawl" count '*' 2>&1)
    check "$1: old or new ($found documents)" test "$found" -eq "$old" -o "$found" -eq $((old + 8000))
    is "$1: and finds what it had" "$("$trawl" count harbour 2>&1)" "$harbours"
}
old=$("$trawl" count '*')
cp -r index before

# ----------------------------------------------------------------- interruptions

# ended SIGNAL SECONDS OPTION...: a build that gets the signal after some time
ended() {
    ended_signal=$1
    ended_after=$2
    shift 2
    rm -rf index
    cp -r before index
    "$trawl" index "$@" many.jsonl 2> err &
    ended_process=$!
    sleep "$ended_after"
    kill "-$ended_signal" $ended_process 2> /dev/null
    ended_status=0
    wait $ended_process 2> /dev/null || ended_status=$?
    case $ended_signal:$ended_status in
        *:0 | TERM:143 | HUP:129 | KILL:137) ok "$ended_signal after $ended_after s: status $ended_status" ;;
        *)
            not_ok "$ended_signal after $ended_after s: status $ended_status"
            sed 's/^/# /' err
            ;;
    esac
    old_or_new "$ended_signal after $ended_after s"
}

if sleep 0.01 2> /dev/null; then
    for after in 0.01 0.03 0.05 0.08 0.12 0.2; do
        ended TERM $after
        ended KILL $after --threads 2
    done
else
    skip 'signals at odd moments' 'this sleep knows whole seconds only'
fi
# With --fresh the new state has no other documents.
rm -rf index
cp -r before index
"$trawl" index --fresh many.jsonl 2> err &
process=$!
kill -KILL $process 2> /dev/null
wait $process 2> /dev/null
unharmed 'a fresh build killed at once'
mkfifo idle
for threads in 1 2; do
    : > locked
    "$trawl" index --wait --threads $threads --format jsonl - < idle 2> err &
    process=$!
    exec 8> idle
    echo '{"id":"half","text":"harbour"}' >&8
    # Once it holds the lock it heeds signals.
    tries=0
    while [ $tries -lt 1000 ] && ! grep -q -e '--wait' locked; do
        "$trawl" delete missing 2> locked
        tries=$((tries + 1))
    done
    rm -f locked
    kill -TERM $process
    status=0
    wait $process || status=$?
    exec 8>&-
    is "an idle input does not hold up an interrupt, $threads threads" "$status" 143
    check 'and it says that nothing changed' grep -q 'as it was before' err
done
unharmed 'after interrupts'
survives 'the next build goes through' 0 "$trawl" index many.jsonl
is 'with all documents' "$("$trawl" count '*')" $((old + 8000))
check 'and leaves nothing unfinished' sh -c '! ls index | grep tmp'


rm -rf index
cp -r before index
for name in seg.tmp seg.stored.tmp seg.terms.tmp seg; do
    ln -s nowhere index/00000001.$name
done
ln -s nowhere index/manifest.tmp
ln -s nowhere index/00000000.00000002.del
echo '{"id":"another","text":"segment"}' > another.jsonl
survives 'links in the way of its files' 0 "$trawl" index another.jsonl
check 'are gone' sh -c '! find index -type l | grep .'
is 'and lead nowhere' "$(ls nowhere index/nowhere 2> /dev/null)" ''
unharmed 'after links'

# --------------------------------------------------------------- room and memory

rm -rf index
cp -r before index
if sh -c 'ulimit -f 100' 2> /dev/null; then
    for blocks in 1 8 64 256; do
        survives "files of at most $blocks blocks" 2 ./limited "-f $blocks" "$trawl" index many.jsonl
        says "$blocks blocks: the file is named" index/
        says "$blocks blocks: and the reason" 'too large'
        unharmed "$blocks blocks"
    done
    echo '{"id":"another","text":"segment"}' | "$trawl" index --format jsonl - 2> /dev/null
    survives 'merging without room' 2 ./limited '-f 1' "$trawl" merge
    unharmed 'after a merge without room'
else
    skip 'files that may not grow' 'no such limit here'
fi

rm -rf index
cp -r before index
if sanitized; then
    skip 'memory that ends' 'a sanitizer needs more of it'
elif sh -c 'ulimit -v 100000' 2> /dev/null; then
    for kilobytes in 50000 60000 70000 80000 90000 100000 120000 150000; do
        # 127: not even the program could be loaded
        survives "$kilobytes kB of memory" '0 2 127' ./limited "-v $kilobytes" "$trawl" index many.jsonl
        old_or_new "$kilobytes kB"
        survives "$kilobytes kB: search" '0 2 127' ./limited "-v $kilobytes" "$trawl" search 'w1* OR "north sea"'
    done
else
    skip 'memory that ends' 'no such limit here'
fi

# ------------------------------------------------------------------- many at once

rm -rf index
cp -r before index
for writer in 1 2 3 4; do
    awk -v writer=$writer 'BEGIN { for (i = 0; i < 50; i++) printf "{\"id\":\"%d-%d\",\"text\":\"together\"}\n", writer, i }' > "$writer.jsonl"
    "$trawl" index --wait $writer.jsonl 2> "$writer.err" &
done
failures=0
for reader in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    found=$(bounded "$trawl" count harbour 2>&1)
    [ "$found" = "$harbours" ] || failures=$((failures + 1))
done
wait
is 'a reader beside writers sees a whole index' "$failures" 0
is 'four writers that wait all get through' "$("$trawl" count together)" 200
unharmed 'after four writers'

done_testing
