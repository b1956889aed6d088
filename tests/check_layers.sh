#!/bin/sh
# The rules of the house that a compiler does not check: who may include whom,
# one name for one file, headers that stand alone, memory from one place, and
# a library that neither prints nor exits.

. "${top_srcdir:-.}/tests/tap.sh"
cd "$top_srcdir" || exit 99

# A layer is a folder, and may include what stands behind it; dependencies
# point only downward. include/trawl.h is everybody's: it holds struct trawl_error.
# The source folder uses the text folder for UTF-8 alone.
layers='
src/util       src/util
index/codec    index/codec src/util
index/format   index/format index/codec src/util
index/read     index/read index/format index/codec src/util
index/write    index/write index/read index/format index/codec src/util
src/text       src/text src/util
src/source     src/source src/text/utf8.h src/util
src/query      src/query src/text src/util
src/match      src/match src/query src/text index/read index/format index/codec src/util
src/snippet    src/snippet src/match src/query src/text index/read index/format index/codec src/util
src/engine     src/engine src/snippet src/match src/query src/source src/text index/write index/read index/format index/codec src/util
src/cli        src/cli
'

# --------------------------------------------------------------- dependencies

# Prints "FILE:LINE: INCLUDED" for every project file that FOLDER includes.
includes_of() {
    find "$1" -maxdepth 1 -name '*.[ch]' -exec \
        awk '/^[ \t]*#[ \t]*include[ \t]*"/ { split($0, part, "\""); print FILENAME ":" FNR ": " part[2] }' {} +
}

# Lets pass what begins with an allowed folder or is an allowed file.
drop_allowed() {
    awk -v allowed="$1 include/trawl.h" '
        BEGIN { count = split(allowed, folder, " ") }
        {
            for (i = 1; i <= count; i++)
                if ($2 == folder[i] || index($2, folder[i] "/") == 1)
                    next
            print
        }'
}

printf '%s' "$layers" | grep . > "$folder/layers"
while read -r layer allowed; do
    is "$layer includes only what lies below it" "$(includes_of "$layer" | drop_allowed "$allowed")" ''
done < "$folder/layers"

found=$(find src index -name '*.[ch]' | sed 's,/[^/]*$,,' | sort -u)
known=$(cut -d' ' -f1 "$folder/layers" | sort)
is 'every folder of code is a layer' "$(printf '%s\n' "$found" | grep -vxF "$known")" ''

own_header_first() {
    for source in $(find src index -name '*.c'); do
        header=${source%.c}.h
        [ -f "$header" ] || continue
        first=$(sed -n 's/^#include *["<]\([^">]*\)[">].*/\1/p' "$source" | head -n 1)
        [ "$first" = "$header" ] || echo "$source: first includes $first"
    done
}
is 'a source includes its own header first' "$(own_header_first)" ''

is 'base names are unique' \
    "$(find include src index tests bench -name '*.[ch]' |
        awk -F/ '$NF in first { print first[$NF], $0 } { first[$NF] = $0 }')" ''

# -------------------------------------------------------------------- headers

headers_that_need_others() {
    for header in $(find include src index -name '*.h'); do
        echo "#include \"$header\"" > "$folder/alone.c"
        $compiler -c "$folder/alone.c" -o "$folder/alone.o" > "$folder/alone.err" 2>&1 || {
            echo "$header:"
            grep -m 3 error: "$folder/alone.err"
        }
    done
}
compiler="${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -I."
if [ "${TRAWL_TEST_EFFORT:-}" = quick ]; then
    skip 'each header compiles alone' 'a sanitized run shows nothing more'
else
    is 'each header compiles alone' "$(headers_that_need_others)" ''
fi

# ---------------------------------------------------------------------- calls

# The code of the library without comments and strings, as "FILE:LINE: CODE".
code_of_library() {
    find src index -path src/cli -prune -o -name '*.[ch]' -exec awk '
        FNR == 1 { inside = 0 }
        {
            line = $0
            code = ""
            while (line != "") {
                if (inside) {
                    end = index(line, "*/")
                    line = end ? substr(line, end + 2) : ""
                    inside = !end
                } else if (match(line, /^"(\\.|[^"\\])*"/) || match(line, /^\047(\\.|[^\047\\])*\047/)) {
                    code = code "0"
                    line = substr(line, RLENGTH + 1)
                } else if (index(line, "//") == 1) {
                    line = ""
                } else if (index(line, "/*") == 1) {
                    inside = 1
                    line = substr(line, 3)
                } else {
                    match(line, /^.[^"\047\/]*/)
                    code = code substr(line, 1, RLENGTH)
                    line = substr(line, RLENGTH + 1)
                }
            }
            print FILENAME ":" FNR ": " code
        }' {} +
}
code_of_library > "$folder/code"

# calls NAMES: where one of the functions is called (or a name used), but not
# a member of that name.
calls() {
    grep -E "(^|[^A-Za-z0-9_.>])($1)[ ]*\(" "$folder/code"
}

is 'memory is asked for in one file' \
    "$(calls 'malloc|calloc|realloc|reallocarray|aligned_alloc|posix_memalign|free|strdup|strndup|asprintf|vasprintf|getline|getdelim|realpath|scandir' \
        | grep -v '^src/util/memory\.c:')" ''
is 'the library prints nothing' \
    "$(calls 'printf|fprintf|vprintf|vfprintf|dprintf|puts|fputs|putchar|putc|fputc|perror|psignal'
       grep -E '[^A-Za-z0-9_](stdout|stderr|stdin|FILE)[^A-Za-z0-9_]' "$folder/code")" ''
is 'the library never ends the program' "$(calls 'exit|_exit|_Exit|quick_exit|abort|raise|kill|err|errx')" ''
is 'the library reads no environment but $TRAWL_CPU' \
    "$(calls 'getenv|secure_getenv|setenv|putenv|setlocale|signal|sigaction' | grep -v '^src/util/cpu\.c:')" ''

done_testing
