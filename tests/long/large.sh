#!/bin/sh
# large.sh: inputs beyond all measure, and a disk that is full. $peak_memory is
# the program of tests/long/peak_memory.c. Half a minute, and 1.2 GB of room
# in $TMPDIR; the full disk wants root, for a small tmpfs.

. "${top_srcdir:-.}/tests/cli/fixture.sh"
small_index
cd "$folder" || exit 99
harbours=$("$trawl" count harbour)
gibibyte=$((1024 * 1024 * 1024))

unharmed() {
    check "$1: the index is sound" "$trawl" verify
    is "$1: and finds what it had" "$("$trawl" count harbour)" "$harbours"
}

# within NAME MEGABYTES STATUS COMMAND...: the status, and no more memory of its own
within() {
    within_name=$1
    within_most=$2
    shift 2
    exits "$within_name" "$@"
    within_peak=$(cut -d ' ' -f 1 peak 2> /dev/null)
    note "$((within_peak / 1024)) MB at most"
    check "$within_name: in bounded memory" test "${within_peak:-99999999}" -le $((within_most * 1024))
}

# A line of a gibibyte: words, in the form of the format.
words() {
    yes 'the nets hang in the harbour and dry' | tr '\n' ' ' | head -c $gibibyte
}
{ printf '{"id":"huge","text":"'; words; printf '"}\n{"id":"after","text":"a small one behind"}\n'; } > huge.jsonl
within 'a line of 1 GiB as JSON' 640 1 "$peak_memory" peak "$trawl" index huge.jsonl
says 'is named' 'huge.jsonl:1: '
is 'the one behind is taken' "$("$trawl" count '"small one behind"')" 1
rm huge.jsonl
{ printf 'huge\t'; words; printf '\nnext\ta small one next\n'; } > huge.tsv
within 'a line of 1 GiB as TSV' 640 1 "$peak_memory" peak "$trawl" index huge.tsv
says 'is named too' 'huge.tsv:1: '
rm huge.tsv
words > huge.txt
within 'a text of one line of 1 GiB' 640 1 "$peak_memory" peak "$trawl" index huge.txt
says 'is named as well' 'huge.txt'
rm huge.txt
words | gzip -1 > huge.jsonl.gz
within 'a line of 1 GiB in gzip' 640 1 "$peak_memory" peak "$trawl" index huge.jsonl.gz
rm huge.jsonl.gz
"$trawl" delete after next > out 2>&1
unharmed 'after lines of 1 GiB'

# A document of nearly the largest size is still taken.
{ printf '{"id":"big","text":"'; words | head -c 66000000; printf 'last zyzzyva"}\n'; } > big.jsonl
within 'a document of 66 MB' 1024 0 "$peak_memory" peak "$trawl" index big.jsonl
is 'is found by its last word' "$("$trawl" search --format ids zyzzyva)" big
rm big.jsonl
"$trawl" delete big > out 2>&1

# A disk that is full in the middle of a build, at several fillings.
if [ "$(id -u)" -eq 0 ] && mkdir disk && mount -t tmpfs -o size=3m none disk 2> mount.err; then
    "$trawl" index -i disk/index small.jsonl > out 2>&1
    awk 'BEGIN { for (i = 0; i < 100000; i++) printf "{\"id\":\"m%d\",\"text\":\"full of words %d %d %d\"}\n", i, i * 7, i * 31, i * 101 }' > many.jsonl
    for left in 2500 1500 700 200 20; do
        rm -f disk/filler
        dd if=/dev/zero of=disk/filler bs=1k count=$((3072 - $(du -sk disk/index | cut -f 1) - left)) 2> dd.err
        exits "a disk with $left kB left" 2 "$trawl" index -i disk/index --memory 64M many.jsonl
        says 'says so' 'space'
        check 'the index is sound' "$trawl" verify -i disk/index
        is 'and finds what it had' "$("$trawl" count -i disk/index harbour)" "$harbours"
    done
    rm disk/filler
    exits 'with room again' 0 "$trawl" index -i disk/index small.jsonl
    check 'no waste is left' test -z "$(find disk/index -name '*.tmp')"
    umount disk
else
    skip 'a full disk' 'no small tmpfs can be mounted here'
fi
done_testing
