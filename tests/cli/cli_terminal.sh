#!/bin/sh
# What shows on a terminal: colours, width, the progress bar, harmless bytes.

. "${top_srcdir:-.}/tests/cli/fixture.sh"
command -v python3 > /dev/null || skip_all 'no python3 here'
small_index
cd "$folder" || exit 99

# on_terminal COLUMNS COMMAND...: both outputs on a terminal, as `out`
cat > terminal.py << 'END'
import fcntl, os, pty, struct, sys, termios
columns, words = int(sys.argv[1]), sys.argv[2:]
child, master = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    os.execv(words[0], words)
shown = b""
while True:
    try:
        block = os.read(master, 65536)
    except OSError:
        break
    if not block:
        break
    shown += block
status = os.waitpid(child, 0)[1]
sys.stdout.buffer.write(shown.replace(b"\r\n", b"\n"))
sys.exit(os.WEXITSTATUS(status))
END
on_terminal() {
    env TERM=xterm python3 terminal.py "$@"
}
escape=$(printf '\033')

exits 'search' 0 on_terminal 100 "$trawl" search harbour
check 'is in colour' grep -qF "${escape}[1;31mharbour${escape}[0m" out
exits 'NO_COLOR' 0 env NO_COLOR=1 TERM=xterm python3 terminal.py 100 "$trawl" search harbour
check 'is without' sh -c "! grep -qF '$escape' out"
cp out wide
exits 'an empty NO_COLOR' 0 env NO_COLOR= TERM=xterm python3 terminal.py 100 "$trawl" search harbour
check 'is with' grep -qF "$escape" out
exits 'a dumb terminal' 0 env TERM=dumb python3 terminal.py 100 "$trawl" search harbour
check 'is without colour' sh -c "! grep -qF '$escape' out"
exits '--color never' 0 on_terminal 40 "$trawl" search --color never harbour
check 'a narrow terminal has more lines' test "$(wc -l < out)" -gt "$(wc -l < wide)"

for words in 'search --json whistles' 'search --format tsv whistles' 'search whistles' 'get steer' 'get --json steer' 'terms' \
    'explain whistles steer' 'search --color never whistles'; do
    exits "nothing hostile comes through: $words" 0 on_terminal 80 "$trawl" $words
    # What is left when our own colours are taken out.
    sed "s/$escape\\[[0-9;]*m//g" out | tr -d '\n\t' > rest
    if LC_ALL=C grep -q -e "$(printf '[\001-\037\177]')" -e "$(printf '\302[\200-\237]')" -e "$(printf '\342\200[\252-\256]')" rest ||
        grep -qF "${escape}[31mred" out; then
        not_ok "it is harmless: $words"
    else
        ok "it is harmless: $words"
    fi
done

# Enough of it that the bar is due several times, however fast this is.
seq 1 300000 | sed 's/.*/&	some words and the number & again and again/' > rows.tsv
exits 'index' 0 on_terminal 80 "$trawl" index -i bar rows.tsv
check 'shows progress' grep -q ' documents  [0-9.]* MB/s  \[[#.]*\] *[0-9]* %' out
is 'and takes it back' "$(sed "s/.*$escape\\[K//" out | grep -c '300,000 documents, 0 skipped')" 1
is 'the bar never fills the line' "$(tr '\r' '\n' < out | sed "s/$escape\\[K//g" | awk 'length($0) > 130')" ''
exits 'off a terminal' 0 "$trawl" index -i bar --fresh rows.tsv
is 'there is none' "$(wc -l < err | tr -d ' ')" 1

done_testing
