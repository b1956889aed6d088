#!/bin/sh
# Standard output and error: closed pipes, full disks, hostile bytes, colours,
# locales.

. "${top_srcdir:-.}/tests/cli/fixture.sh"
small_index
cd "$folder" || exit 99

# --------------------------------------------------- pipes and disks that fail

seq 1 5000 | sed 's/.*/document-number-&	word&/' | "$trawl" index -i many --format tsv - 2> /dev/null
for command in 'terms' 'search -n all --format ids *' 'search -n all *' 'analyze --language english'; do
    set -f
    { "$trawl" $command -i many < many/manifest 2> err || :; } | head -n 1 > out
    set +f
    is "a closed pipe is quiet: $command" "$(cat err)" ''
done
if [ -w /dev/full ]; then
    for command in 'terms' 'search harbour' 'search --json harbour' 'count harbour' 'get nets' 'stats' 'help' '--version' 'verify'; do
        exits "a full disk is an error: $command" 2 sh -c "\"$trawl\" $command > /dev/full"
        says "and is named: $command" 'cannot write standard output'
    done
    exits 'a full disk ends a batch' 2 sh -c "yes harbour | \"$trawl\" search --batch - > /dev/full"
else
    skip 'a full disk is an error' 'no /dev/full here'
fi
exits 'a closed standard output is an error' 2 sh -c "\"$trawl\" count harbour >&-"
exits 'closed standard error and input are none' 0 sh -c "\"$trawl\" count harbour <&- 2>&-"
exits 'index with all closed' 0 sh -c "\"$trawl\" index -i closed small.jsonl <&- >&- 2>&-"
exits 'is sound' 0 "$trawl" verify -i closed

# --------------------------------------------------------------- hostile bytes

# Nothing but line ends, and no escape, C1 or override in any coding.
harmless() {
    LC_ALL=C tr -d '\n' < "$1" | LC_ALL=C grep -c -e "$(printf '[\001-\037\177]')" \
        -e "$(printf '\302[\200-\237]')" -e "$(printf '\342\200[\252-\256]')" -e "$(printf '\342\201[\246-\251]')"
}
exits 'a hostile document' 0 "$trawl" search whistles
is 'is harmless as text' "$(harmless out)" 0
check 'its bytes show' grep -qF '\x1b[31mred\x1b[0m' out
check 'its overrides show' grep -qF '\u202e' out
exits 'as tsv' 0 "$trawl" search --format tsv whistles
is 'it is one line of four cells' "$(awk -F '\t' '{ print NF }' out)" 4
exits 'a hostile query' 0 "$trawl" search --strict "$(printf 'harbour \033[31m \302\233')"
exits 'a hostile broken query' 2 "$trawl" search --strict "$(printf 'harbour \033[31m \302\233 "x')"
is 'is harmless in its message' "$(harmless err)" 0
exits 'a hostile id' 1 "$trawl" get "$(printf 'x\033[31m')"
is 'is harmless too' "$(harmless err)" 0
exits 'a hostile path' 2 "$trawl" index -i other "$(printf 'x\033[31m')"
is 'is harmless as well' "$(harmless err)" 0
exits 'a hostile option' 2 "$trawl" search "$(printf -- '--x\033[31m')"
is 'is harmless likewise' "$(harmless err)" 0

# --------------------------------------------------------------------- colours

escape=$(printf '\033')
exits '--color always' 0 "$trawl" search --color always harbour
check 'colours matches' grep -qF "${escape}[1;31mharbour${escape}[0m" out
"$trawl" search harbour > plain
sed "s/$escape\\[[0-9;]*m//g" out > uncoloured
check 'and changes nothing else' diff plain uncoloured
exits '--color always outdoes NO_COLOR' 0 env NO_COLOR=1 "$trawl" search --color always harbour
check 'it is coloured' grep -qF "$escape" out
exits '--color auto, no terminal' 0 "$trawl" search harbour
check 'no colour' sh -c "! grep -qF '$escape' out"
exits 'COLUMNS' 0 env COLUMNS=40 "$trawl" search harbour
is 'is the width' "$(awk 'length($0) > 60' out)" ''

# --------------------------------------------------------------------- locales

"$trawl" search --json harbour | without_times > plain
for locale in de_DE.UTF-8 tr_TR.UTF-8 C.UTF-8; do
    env LC_ALL=$locale LANG=$locale "$trawl" search --json harbour | without_times > out
    check "the locale does not matter: $locale" cmp plain out
done
is 'the program never sets one' "$(${NM:-nm} -D --undefined-only "$trawl" 2> /dev/null | grep -w 'U [a-z]*locale')" ''

done_testing
