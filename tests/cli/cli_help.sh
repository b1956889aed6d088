#!/bin/sh
# Help, manual pages and completions come from the table of commands; wrong
# words are refused with advice.

. "${top_srcdir:-.}/tests/cli/fixture.sh"

commands=$("$trawl" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
is 'the commands' "$(echo $commands)" 'index search count get delete merge stats terms analyze explain verify bench help'

# ----------------------------------------------------------------------- help

exits 'help' 0 "$trawl" help
cp "$folder/out" "$folder/help"
exits '--help' 0 "$trawl" --help
check '--help says what help says' diff "$folder/help" "$folder/out"
exits '--version' 0 "$trawl" --version
is '--version names the program and its version' "$(sed -n 1p "$folder/out")" \
    "trawl $(sed -n 's/^#define TRAWL_VERSION "\(.*\)"$/\1/p' "$top_srcdir/include/trawl.h")"
for command in $commands; do
    exits "help $command" 0 "$trawl" help "$command"
    cp "$folder/out" "$folder/help"
    check "help $command has examples" grep -q '^  trawl \|^  [a-z]* .*| trawl \|^  eval ' "$folder/help"
    check "help $command keeps to 80 columns" awk '/^Examples/ { exit } length($0) > 80 { exit 1 }' "$folder/help"
    exits "$command --help" 0 "$trawl" "$command" --help
    check "$command --help says the same" diff "$folder/help" "$folder/out"
    exits "$command -h" 0 "$trawl" "$command" -h
    exits "$command --version" 0 "$trawl" "$command" --version
done

# ---------------------------------------------------------------- wrong words

exits 'no command' 2 "$trawl"
is 'no command: nothing on standard output' "$(cat "$folder/out")" ''
exits 'an unknown command' 2 "$trawl" serach fog
says 'an unknown command has a neighbour' "did you mean 'search'?"
exits 'a command like none' 2 "$trawl" xylophone
says 'a command like none points to help' '`trawl help` lists them'
exits 'an unknown long option' 2 "$trawl" search fog --limt 3
says 'an unknown option has a neighbour' 'did you mean --limit?'
exits 'a word that starts with a dash' 2 "$trawl" search rust -tutorial
says 'it goes after two dashes' 'trawl search -- -tutorial'
exits 'an unknown option of the program' 2 "$trawl" --nope search
exits 'a value that is lacking' 2 "$trawl" search fog --limit
exits 'a value that is none' 2 "$trawl" search fog --limit many
exits 'a value for a flag' 2 "$trawl" search fog --json=yes
exits 'a choice that is none' 2 "$trawl" search fog --format xml
says 'a choice that is none names those there are' 'text, json, tsv, ids or trec'
exits 'search without a query' 2 "$trawl" search
exits 'count without a query' 2 "$trawl" count
exits 'get without an id' 2 "$trawl" get
exits 'delete without an id' 2 "$trawl" delete
exits 'explain without an id' 2 "$trawl" explain fog
exits 'merge with an operand' 2 "$trawl" merge now
exits '--protocol without --batch' 2 "$trawl" search --protocol timed fog
exits '--batch with a query' 2 "$trawl" search --batch - fog
exits '-0 with json' 2 "$trawl" search -0 --json fog
exits 'help of an unknown command' 2 "$trawl" help serach

# -------------------------------------------------------------- documentation

"$trawl" help --completion fish > "$folder/fish"
sed -n "s/^complete -c trawl .* -l \([a-z0-9-]*\).*/\1/p" "$folder/fish" | sort -u > "$folder/options"
check 'the table has options' grep -qx 'snippet-length' "$folder/options"
while read -r option; do
    grep -q -e "--$option\([^a-z0-9-]\|$\)" "$top_srcdir/docs/CLI.md" || echo "--$option"
done < "$folder/options" > "$folder/undocumented"
is 'docs/CLI.md has every option' "$(cat "$folder/undocumented")" ''
for command in $commands; do
    check "docs/CLI.md has trawl $command" grep -qx "## trawl $command" "$top_srcdir/docs/CLI.md"
done
grep -o -e '`--[a-z][a-z0-9-]*' "$top_srcdir/docs/CLI.md" | sed 's/`--//' | sort -u |
    grep -vxF -f "$folder/options" > "$folder/unknown"
is 'docs/CLI.md has no other option' "$(cat "$folder/unknown")" ''

for command in '' $commands; do
    page=docs/man/trawl${command:+-$command}.1
    exits "help --man $command" 0 "$trawl" help --man $command
    check "$page is the same" cmp "$folder/out" "$top_builddir/$page"
    if command -v groff > /dev/null; then
        groff -man -Tutf8 -ww "$folder/out" > "$folder/page" 2> "$folder/err"
        is "$page has no mistakes" "$(cat "$folder/err")" ''
    else
        skip "$page has no mistakes" 'no groff here'
    fi
done

# ---------------------------------------------------------------- completions

for shell in bash zsh fish; do
    "$trawl" help --completion $shell > "$folder/completion"
    if command -v $shell > /dev/null; then
        check "$shell reads its completions" $shell -n "$folder/completion"
    else
        skip "$shell reads its completions" "no $shell here"
    fi
done

# completed WORD...: what bash offers for the last word
completed() {
    bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _trawl; echo "${COMPREPLY[*]}"' "$folder/bash" "$@"
}
if command -v bash > /dev/null; then
    "$trawl" help --completion bash > "$folder/bash"
    is 'bash completes commands' "$(completed trawl se)" search
    is 'bash completes options' "$(completed trawl search --snip)" '--snippets --snippet-length'
    is 'bash completes values' "$(completed trawl search --format t)" 'text tsv trec'
    is 'bash completes by command' "$(completed trawl index --format h)" html
    is 'bash completes files for bench' "$(completed trawl bench "$folder/ba")" "$folder/bash"
    is 'bash completes commands for help' "$(completed trawl help ver)" verify
else
    skip 'bash completes' 'no bash here'
fi

done_testing
