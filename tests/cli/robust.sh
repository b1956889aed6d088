# What the tests of bad input and broken runs share, to be read with `.` in
# place of fixture.sh. $folder/index is an index that has to outlast them.

. "${top_srcdir:-.}/tests/cli/fixture.sh"
small_index
cd "$folder" || exit 99

# bounded COMMAND...: ended after two minutes, with status 124, lest a hang hold up everything
if command -v timeout > /dev/null; then
    bounded() {
        timeout 120 "$@"
    }
else
    bounded() {
        "$@"
    }
fi

# survives NAME STATUSES COMMAND...: passes when the command ends by itself, with
# one of the statuses, and says something when it failed
survives() {
    survives_name=$1
    survives_wanted=$2
    shift 2
    survives_status=0
    bounded "$@" > out 2> err < /dev/null || survives_status=$?
    case " $survives_wanted " in
        *" $survives_status "*)
            if [ "$survives_status" -ge 2 ] && [ ! -s err ]; then
                not_ok "$survives_name"
                note "status $survives_status without a word"
            else
                ok "$survives_name"
            fi
            ;;
        *)
            not_ok "$survives_name"
            note "status $survives_status, not one of: $survives_wanted"
            head -n 20 err | cut -c 1-300 | sed 's/^/#   /'
            ;;
    esac
}

# unharmed NAME: the index is sound and still finds what it had
unharmed() {
    survives "$1: the index is sound" 0 "$trawl" verify
    is "$1: and finds what it had" "$("$trawl" count harbour 2>&1)" "$harbours"
}
harbours=$("$trawl" count harbour)

# bytes COUNT SEED: the same junk for the same seed
bytes() {
    awk -v count="$1" -v seed="$2" 'BEGIN {
        state = seed
        for (i = 0; i < count; i++) {
            state = (state * 16807) % 2147483647
            printf "\\%03o", int(state / 8192) % 256
            if (i % 512 == 511)
                print ""
        }
        print ""
    }' | while read -r line; do printf "$line"; done
}

# repeat COUNT TEXT: the text so many times, on one line
repeat() {
    awk -v count="$1" -v text="$2" 'BEGIN { for (i = 0; i < count; i++) printf "%s", text }'
}

# sanitized: the program keeps a sanitizer's shadow memory, which limits would deny it
sanitized() {
    LC_ALL=C grep -q -e __asan_init -e __tsan_init "$trawl"
}

# $as_nobody COMMAND...: without the rights of root, which may read everything
as_nobody=
[ "$(id -u)" -ne 0 ] || as_nobody='setpriv --reuid 65534 --regid 65534 --clear-groups'
chmod 755 "$folder"
has_nobody() {
    $as_nobody "$trawl" --version > /dev/null 2>&1
}

# ./limited LIMIT COMMAND...: under a limit of ulimit
cat > limited << 'END'
#!/bin/sh
ulimit $1 && shift && exec "$@"
END
chmod +x limited
