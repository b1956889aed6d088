#!/bin/sh
# trawl index: sources, settings, exit status, interrupts.

. "${top_srcdir:-.}/tests/cli/fixture.sh"
cd "$folder" || exit 99
ids() {
    "$trawl" search -i "$1" -n all --format ids '*' | sort | tr '\n' ' '
}

# -------------------------------------------------------------------- sources

mkdir -p tree/sub tree/.hidden
echo 'alpha' > tree/a.txt
echo '# Beta' > tree/sub/b.md
echo 'gamma' > tree/.hidden/c.txt
echo 'delta' > tree/ignored.txt
echo 'ignored.txt' > tree/.ignore
exits 'a folder' 0 "$trawl" index -i one tree
is 'nothing on standard output' "$(cat out)" ''
says 'a line at the end' '2 documents, 0 skipped, '
is 'hidden and ignored files are left out' "$(ids one)" 'tree/a.txt tree/sub/b.md '
exits '--hidden and --no-ignore lift that' 0 "$trawl" index -i two --hidden --no-ignore tree
is 'they are in' "$(ids two)" 'tree/.hidden/c.txt tree/.ignore tree/a.txt tree/ignored.txt tree/sub/b.md '
(cd tree && "$trawl" index 2> /dev/null)
is 'no path is the working directory' "$(ids tree/.trawl)" 'a.txt sub/b.md '
rm -r tree/.trawl
exits 'again: they are replaced' 0 "$trawl" index -i one ./tree//sub tree/a.txt
says 'and counted' '2 documents (2 replaced)'
is 'none is there twice' "$(ids one)" 'tree/a.txt tree/sub/b.md '
exits 'an id may be typed as a path' 0 "$trawl" get -i one ./tree//a.txt
exits 'so it may be to explain' 0 "$trawl" explain -i one alpha ./tree/a.txt
exits 'and to delete' 0 "$trawl" delete -i one tree/./a.txt
exits 'it is gone' 1 "$trawl" get -i one tree/a.txt
exits 'and comes back' 0 "$trawl" index -i one tree
printf '{"id":"x","text":"epsilon"}\n{"text":"zeta"}\n' | "$trawl" index -i one --format jsonl - 2> /dev/null
is 'standard input' "$(ids one)" '-:2 tree/a.txt tree/sub/b.md x '
printf 'y\teta\nz\tTitle\ttheta\n' | gzip > rows.tsv.gz
exits 'gzip' 0 "$trawl" index -i one rows.tsv.gz
is 'rows are documents' "$(ids one)" '-:2 tree/a.txt tree/sub/b.md x y z '
printf '<DOC>\n<DOCNO> T-1 </DOCNO>\n<TEXT>iota</TEXT>\n</DOC>\n' > old.sgml
exits 'trec' 0 "$trawl" index -i one --format trec old.sgml
is 'by its number' "$("$trawl" search -i one --format ids iota)" T-1

# ---------------------------------------------------------------- exit status

printf '{"id":"good","text":"kappa"}\n{broken\n{"id":"fine","text":"lambda"}\n' > bad.jsonl
exits 'a bad document is skipped' 1 "$trawl" index -i one bad.jsonl
says 'it is named by file and line' 'bad.jsonl:2: '
says 'and counted' '2 documents, 1 skipped'
exits 'the others are in' 0 "$trawl" get -i one good fine
before=$(ids one)
echo '{"id":"new","text":"mu"}' > good.jsonl
exits '--strict: all or nothing' 2 "$trawl" index -i one --strict good.jsonl bad.jsonl
says 'it is named too' 'bad.jsonl:2: '
is 'nothing changed' "$(ids one)" "$before"
exits 'a path that is not there' 2 "$trawl" index -i one good.jsonl nowhere
says 'is named' nowhere
is 'nothing changed then' "$(ids one)" "$before"
printf '{"id":"big","text":"%s"}\n' "$(seq 1 3000 | tr '\n' ' ')" > big.jsonl
exits '--max-document-size' 1 "$trawl" index -i one --max-document-size 4K big.jsonl good.jsonl
says 'too large a document is named' 'big.jsonl:1: '
exits 'a format that is none' 2 "$trawl" index -i one --format doc good.jsonl

# ------------------------------------------------------------------- settings

exits 'another language' 2 "$trawl" index -i one --language german good.jsonl
says 'names --fresh' '--fresh'
exits 'another store' 2 "$trawl" index -i one --store none good.jsonl
says 'names --fresh too' '--fresh'
exits 'without positions' 2 "$trawl" index -i one --no-positions good.jsonl
exits 'the same language' 0 "$trawl" index -i one --language english --store text good.jsonl
exits '--fresh' 0 "$trawl" index -i one --fresh --language german --no-positions good.jsonl
is 'replaces all' "$(ids one)" 'new '
is 'with its settings' "$("$trawl" stats -i one | sed -n 's/^language *//p; s/^positions *//p' | tr '\n' ' ')" 'german no '
exits 'an unknown language' 2 "$trawl" index -i three --language klingon good.jsonl
check 'makes no index' test ! -e three/manifest
exits 'all other flags' 0 "$trawl" index -i four --threads 2 --memory 64M --no-reorder --wait good.jsonl
exits '--threads 0 is as many as processors' 0 "$trawl" index -i four --threads 0 good.jsonl
exits 'for merging too' 0 "$trawl" merge -i four --threads 0

# ----------------------------------------------------- interrupts and the lock

# The first writer reads a pipe that we hold open, and so stays where it is.
# It takes the lock before it reads anything; a delete tells when (and may be
# the first to have it, which is why the writer waits).
mkfifo pipe
before=$(ids one)
"$trawl" index -i one --wait --format jsonl - < pipe 2> writer.err &
writer=$!
exec 8> pipe
echo '{"id":"half","text":"nu"}' >&8
tries=0
while [ $tries -lt 200 ]; do
    "$trawl" delete -i one missing 2> locked.err || :
    if grep -q -e '--wait' locked.err; then
        break
    fi
    tries=$((tries + 1))
done
exits 'a second writer fails at once' 2 "$trawl" index -i one good.jsonl
says 'and is told of --wait' '--wait'
exits 'readers go on' 0 "$trawl" search -i one '*'
kill -TERM "$writer"
exec 8>&-
status=0
wait "$writer" || status=$?
is 'a signal ends it' "$status" 143
check 'and it says so' grep -q 'interrupted' writer.err
is 'the index is as it was' "$(ids one)" "$before"
exits 'and is free' 0 "$trawl" index -i one good.jsonl

# Whichever of the two comes first, the other waits for it.
"$trawl" index -i one --wait --format jsonl - < pipe 2> writer.err &
writer=$!
exec 8> pipe
"$trawl" index -i one --wait good.jsonl 2> /dev/null 8>&- &
waiting=$!
echo '{"id":"first","text":"xi"}' >&8
exec 8>&-
check 'one of two writers ends' wait "$writer"
check 'and the other' wait "$waiting"
is 'both are in' "$(ids one)" 'first new '

# --------------------------------------------------------------- very many fields

{
    printf '{"id":"wide"'
    for number in $(seq 300); do printf ',"field%d":"value%d"' "$number" "$number"; done
    echo '}'
} > wide.jsonl
exits 'more fields than can have names' 0 "$trawl" index -i wide wide.jsonl
is 'one warning' "$(grep -c '^warning: 47 fields, first "field254", cannot be searched by name' err)" 1
exits 'a word is found without its name' 0 "$trawl" count -i wide value300

# ------------------------------------------------------------- the line at the end

share() {
    sed -n 's/.* (\([0-9]*\) % of the text).*/\1/p' err
}
seq 2000 | sed 's/.*/{"id":"&","text":"some words of a document & and more of them"}/' > large.jsonl
"$trawl" index -i share large.jsonl 2> err
first=$(share)
printf '{"id":"one more","text":"a gap \377 here"}\n' > more.jsonl
head -c 1000000 /dev/zero > binary.txt
exits 'one more, and a binary file' 1 "$trawl" index -i share more.jsonl binary.txt
says 'one is no plural' '1 document, 1 skipped'
says 'nor is one place' 'in 1 place'
check 'the share is of all text' test "$(share)" -ge "$((first - 2))" -a "$(share)" -le "$((first + 2))"

done_testing
