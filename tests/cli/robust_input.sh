#!/bin/sh
# Documents that are no documents: junk in every format, things that are no
# files, files that may not be read, texts beyond all measure. Each is reported,
# and the index is none the worse.

. "${top_srcdir:-.}/tests/cli/robust.sh"

# ------------------------------------------------------------------------ junk

bytes 40000 1 > junk
{ printf '\037\213\010\000\000\000\000\000\000\003'; bytes 5000 2; } > junk.gz
gzip -c "$top_srcdir/tests/cli/fixture.sh" | head -c 300 > short.jsonl.gz
for format in auto text markdown html jsonl tsv trec; do
    survives "junk as $format" '0 1 2' "$trawl" index --format $format junk
    survives "junk in gzip as $format" '1 2' "$trawl" index --format $format junk.gz
done
survives 'gzip that ends too early' 2 "$trawl" index short.jsonl.gz
says 'is named' 'short.jsonl.gz'
says 'as such' 'ends too early'
for name in junk.txt junk.md junk.html junk.jsonl junk.tsv; do
    bytes 20000 3 > $name
done
survives 'junk under all extensions' '0 1' "$trawl" index junk.txt junk.md junk.html junk.jsonl junk.tsv
unharmed 'after junk'

printf 'before\000after\000' > nul.txt
{ repeat 3000 'words and '; printf 'then a \000 NUL \377\376 and ports'; } > late.txt
printf '{"id":"n1","text":"NUL \\u0000 inside"}\n{"id":"a\\u0000b","text":"x"}\n{"id":"n2","text":"raw \000 NUL"}\n' > nul.jsonl
printf 'n3\tNUL \000 inside\n\000\t\000\n' > nul.tsv
survives 'NUL bytes' '0 1' "$trawl" index nul.txt late.txt nul.jsonl nul.tsv
unharmed 'after NUL bytes'
: > empty
printf '\n' > newline.jsonl
printf '\357\273\277' > mark.txt
printf '\377\376' > wide.txt
printf '\377\376\000\330' > half.txt
survives 'next to nothing' '0 1' "$trawl" index empty newline.jsonl mark.txt wide.txt half.txt

odd=$(printf 'nl\n\r\tname.jsonl')
printf 'no JSON\n' > "$odd"
survives 'a name with line ends' 1 "$trawl" index "$odd"
says 'is escaped' 'nl\x0a\x0d\x09name.jsonl:1: '
is 'and takes one line' "$(wc -l < err | tr -d ' ')" 2
survives 'an id with a line end' 1 "$trawl" get "$odd"
is 'takes one line too' "$(cat err)" 'nl\x0a\x0d\x09name.jsonl: no such document'
survives 'so does an index' 2 "$trawl" search -i "$odd/none" harbour
says 'of such a name' 'nl\x0a\x0d\x09name.jsonl/none'

# -------------------------------------------------------- things that are no files

ln -s nowhere dangling
ln -s loop loop
mkfifo pipe
mkdir things
ln -s nowhere things/dangling
ln -s .. things/up
mkfifo things/pipe
echo 'a file among things' > things/file.txt
survives 'a dangling link' 2 "$trawl" index dangling
says 'is named' dangling
survives 'a link to itself' 2 "$trawl" index loop
says 'is named too' loop
survives 'pipes and links in a folder are passed over' 0 "$trawl" index things
says 'the file is taken' '1 document, 0 skipped'
(echo 'harbour from a pipe' > pipe &)
survives 'a pipe that is named is read' 0 "$trawl" index -i piped --format text pipe
is 'to its end' "$("$trawl" count -i piped harbour)" 1
mkdir folder.jsonl
survives 'a folder with the name of a file' 0 "$trawl" index folder.jsonl
survives 'a folder as a batch' 2 "$trawl" search --batch things
survives 'a device' '0 1 2' "$trawl" index /dev/null
unharmed 'after things'

# ------------------------------------------------------- files that may not be read

if has_nobody; then
    mkdir -m 777 open
    mkdir secret
    mkdir -m 777 open/secret
    echo 'harbour seen' > open/seen.txt
    echo 'harbour hidden' > open/hidden.txt
    echo 'harbour deep' > open/secret/deep.txt
    echo '{"id":"h","text":"harbour"}' > open/hidden.jsonl
    chmod 644 open/seen.txt
    chmod 000 open/hidden.txt open/hidden.jsonl open/secret
    mkdir -m 777 places
    survives 'a file that may not be read' 2 $as_nobody "$trawl" index -i places/one open/hidden.txt
    says 'is named' 'open/hidden.txt'
    says 'with the reason' 'Permission denied'
    survives 'in a folder it is skipped' 1 $as_nobody "$trawl" index -i places/two --format text open
    says 'and named' 'open/hidden.txt'
    says 'a folder in it is too' 'open/secret'
    says 'the rest is taken' '1 document, 3 skipped'
    survives 'a file of many documents is not passed over' 2 $as_nobody "$trawl" index -i places/three open/hidden.jsonl
    chmod 755 open/secret
    chmod 644 open/hidden.txt open/hidden.jsonl

    cp -r index locked
    chmod -R a+rX locked
    chmod 555 locked
    survives 'an index that may only be read is searched' 0 $as_nobody "$trawl" search -i locked harbour
    survives 'but not written' 2 $as_nobody "$trawl" index -i locked open/seen.txt
    says 'and says why' 'Permission denied'
    chmod 000 locked/manifest
    survives 'an index that may not be read' 2 $as_nobody "$trawl" search -i locked harbour
    says 'is named' 'locked/manifest'
    says 'and says why too' 'Permission denied'
    survives 'nor verified' 2 $as_nobody "$trawl" verify -i locked
    chmod 644 locked/manifest
    chmod 000 locked
    survives 'nor entered' 2 $as_nobody "$trawl" search -i locked harbour
    chmod 755 locked
    chmod 755 places
    survives 'a place where no index can be made' 2 $as_nobody "$trawl" index -i places/four open/seen.txt
    says 'is named as well' 'places/four'
else
    skip 'files that may not be read' 'root may read everything, and nobody else cannot be had'
fi

survives 'an index that is a file' 2 "$trawl" search -i junk harbour
says 'is named' junk
survives 'to add to' 2 "$trawl" index -i junk nul.txt
survives 'to verify' 2 "$trawl" verify -i junk
survives 'in an empty folder' 2 "$trawl" search -i things harbour

# ------------------------------------------------------------- beyond all measure

{ printf '{"id":"deep","text":"ports","x":'; repeat 100000 '['; repeat 100000 ']'; echo '}'; } > deep.jsonl
{ printf '{"id":"deeper","x":'; repeat 100000 '{"a":'; echo '1'; } >> deep.jsonl
survives 'JSON 100,000 deep' 1 "$trawl" index deep.jsonl
says 'is named by its line' 'deep.jsonl:1: '
{ repeat 100000 '<div><b>'; echo 'text'; } > deep.html
survives 'HTML 200,000 deep' '0 1' "$trawl" index deep.html
{ repeat 100000 '> '; echo 'text'; } > deep.md
repeat 100000 '[' > brackets.md
repeat 100000 '*a_' > marks.md
repeat 50000 '- ' > lists.md
repeat 50000 '`' > ticks.md
repeat 30000 '<a ' > tags.html
repeat 30000 '&amp' > entities.html
repeat 30000 '<!--' > comments.html
survives 'hostile Markdown and HTML' '0 1' "$trawl" index deep.md brackets.md marks.md lists.md ticks.md tags.html entities.html comments.html
repeat 20000 '<DOC>' > open.trec
survives 'TREC without an end' '0 1' "$trawl" index --format trec open.trec

repeat 1048576 a > token.txt
survives 'a token of a megabyte' 0 "$trawl" index token.txt
survives 'is cut and found by its parts' 0 "$trawl" count "$(repeat 255 a)"
{ printf '{"id":"'; repeat 1025 i; printf '","text":"x"}\n'; printf '{"id":"'; repeat 1024 i; printf '","text":"x"}\n'; } > ids.jsonl
survives 'an id too long' 1 "$trawl" index ids.jsonl
says 'is skipped, the longest is not' '1 document, 1 skipped'
{ printf '{"id":"wide"'; awk 'BEGIN { for (i = 0; i < 2000; i++) printf ",\"field%d\":\"value%d ports\"", i, i }'; echo '}'; } > wide.jsonl
survives 'a document of 2,000 fields' '0 1' "$trawl" index -i wide wide.jsonl
survives 'is sound' 0 "$trawl" verify -i wide
{ printf '{"id":"names","'; repeat 5000 'name'; echo '":"x"}'; } > names.jsonl
survives 'a name of 20,000 bytes' '0 1' "$trawl" index names.jsonl
repeat 20000000 'ab ' | gzip -1 > large.txt.gz
survives 'a gzip that grows to 60 MB' 1 "$trawl" index --max-document-size 1M large.txt.gz
says 'is skipped with a reason' 'over the maximum document size'
unharmed 'beyond all measure'

done_testing
