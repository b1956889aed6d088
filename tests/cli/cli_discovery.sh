#!/bin/sh
# Which index a command takes.

. "${top_srcdir:-.}/tests/cli/fixture.sh"

mkdir -p "$folder/a/b/c" "$folder/elsewhere"
echo 'harbour' > "$folder/a/one.txt"
echo 'fishing' > "$folder/elsewhere/two.txt"
echo 'lamplight' > "$folder/a/b/three.txt"

cd "$folder/a" || exit 99
exits 'none anywhere' 2 "$trawl" search harbour
says 'none anywhere: told how to make one' 'trawl index'
exits 'index makes one here' 0 "$trawl" index one.txt
check 'it is .trawl' test -d .trawl
exits 'it is found here' 0 "$trawl" search harbour
cd b/c || exit 99
exits 'it is found from below' 0 "$trawl" count harbour
exits 'index takes the one above' 0 "$trawl" index ../three.txt
check 'and makes none' test ! -e .trawl
exits 'what was added is there' 0 "$trawl" count lamplight

cd "$folder" || exit 99
exits '-i names another' 0 "$trawl" index -i elsewhere/two.index elsewhere/two.txt
exits '-i is heeded' 0 "$trawl" search -i elsewhere/two.index fishing
exits '-i before the command too' 0 "$trawl" -i elsewhere/two.index search fishing
cd a || exit 99
TRAWL_INDEX=$folder/elsewhere/two.index
export TRAWL_INDEX
exits '$TRAWL_INDEX is heeded' 0 "$trawl" search fishing
exits '$TRAWL_INDEX goes before .trawl' 1 "$trawl" search harbour
exits '-i goes before $TRAWL_INDEX' 0 "$trawl" search -i .trawl harbour
TRAWL_INDEX=
exits 'an empty $TRAWL_INDEX is none' 0 "$trawl" search harbour
unset TRAWL_INDEX

exits 'a named index that is not there' 2 "$trawl" search -i nowhere harbour
says 'it is named' nowhere
check 'and is not made' test ! -e nowhere
for command in 'count x' 'get x' 'delete x' merge stats terms 'explain x y' verify; do
    exits "$command: a named index that is not there" 2 "$trawl" $command -i nowhere
    says "$command: says so" 'there is no index in nowhere'
    says "$command: and how one is made" 'trawl index'
done
echo text > b/.trawl
cd b/c || exit 99
exits 'a file called .trawl is passed over' 0 "$trawl" count harbour
cd ..
rm .trawl

# A first run that comes to nothing leaves nothing, and hides nothing.
echo '{"id": ' > broken.jsonl
exits 'a first run that fails' 2 "$trawl" index -i new --strict broken.jsonl
check 'leaves no folder' test ! -e new
mkdir new
exits 'in a folder that was there' 2 "$trawl" index -i new --strict broken.jsonl
is 'nothing is left' "$(ls -A new)" ''
exits 'an empty folder is no index' 2 "$trawl" search -i new harbour
says 'and is called none' 'there is no index in new'
mkfifo pipe
exec 9<> pipe # a shell's background has SIGINT ignored: SIGTERM ends a run in the same way
"$trawl" index -i new2 --format text pipe 2> /dev/null 9>&- &
for try in 1 2 3 4 5 6 7 8 9 10; do [ -e new2/write.lock ] || sleep 0.2; done
check 'a first run is under way' test -e new2/write.lock
kill -TERM $!
wait $! || true
exec 9>&-
check 'interrupted, it leaves no folder' test ! -e new2
mkdir .trawl
: > .trawl/write.lock
exits 'a folder .trawl without an index is passed over' 0 "$trawl" count harbour
rm -r .trawl
"$trawl" index -i .trawl three.txt 2> /dev/null
exits 'the nearest one is taken' 1 "$trawl" count harbour

done_testing
