#!/bin/sh
# The programs of docs/examples work as they stand.

. "${top_srcdir:-.}/tests/cli/fixture.sh"
small_index
examples=$top_srcdir/docs/examples
shared=$top_builddir/.libs/libtrawl.so

if [ ! -f "$shared" ]; then
    skip 'search.c' 'no shared library here'
elif ! command -v pkg-config > /dev/null; then
    skip 'search.c' 'no pkg-config here'
else
    # What would be installed, where it is now.
    sed -e "s,^libdir=.*,libdir=$top_builddir/.libs," -e "s,^includedir=.*,includedir=$top_srcdir/include," \
        "$top_builddir/trawl.pc" > "$folder/trawl.pc"
    flags=$(PKG_CONFIG_PATH=$folder pkg-config --cflags --libs trawl)
    check 'search.c compiles' ${CC:-cc} -Wall -Wextra -Werror ${SANITIZE_FLAGS:-} "$examples/search.c" $flags -o "$folder/search"
    exits 'search.c finds' 0 env LD_LIBRARY_PATH="$top_builddir/.libs" "$folder/search" "$TRAWL_INDEX" nets
    check 'search.c prints hits' grep -q '^nets [0-9.]* Mending nets$' "$folder/out"
    check 'search.c marks what matched' grep -qF 'The [nets] hang' "$folder/out"
    exits 'search.c finds nothing' 1 env LD_LIBRARY_PATH="$top_builddir/.libs" "$folder/search" "$TRAWL_INDEX" zeppelin
    exits 'search.c fails' 2 env LD_LIBRARY_PATH="$top_builddir/.libs" "$folder/search" "$folder/nowhere" zeppelin
fi

if ! command -v python3 > /dev/null; then
    skip 'ctypes_search.py and batch.py' 'no python3 here'
else
    if [ -n "${SANITIZE_FLAGS:-}" ]; then
        skip 'ctypes_search.py' 'a sanitized library wants a sanitized program, and python3 is none'
    elif [ -f "$shared" ]; then
        exits 'ctypes_search.py finds' 0 env LIBTRAWL="$shared" python3 "$examples/ctypes_search.py" "$TRAWL_INDEX" nets
        check 'ctypes_search.py prints hits' grep -q '^nets [0-9.]* Mending nets$' "$folder/out"
        exits 'ctypes_search.py finds nothing' 1 env LIBTRAWL="$shared" python3 "$examples/ctypes_search.py" "$TRAWL_INDEX" zeppelin
    else
        skip 'ctypes_search.py' 'no shared library here'
    fi
    exits 'batch.py' 0 env TRAWL="$trawl" python3 "$examples/batch.py" "$TRAWL_INDEX" harbour zeppelin '"north sea'
    is 'batch.py prints totals' "$(grep -v '^ ' "$folder/out" | tr '\n' '|')" 'harbour: 4|zeppelin: 0|"north sea: 2|'
fi

if command -v jq > /dev/null; then
    exits 'search.sh' 0 env TRAWL="$trawl" sh "$examples/search.sh" -n 1 nets
    is 'search.sh prints id, score and passage' "$(cut -f 1,3 "$folder/out" | cut -c 1-18)" "$(printf 'nets\tThe nets hang')"
else
    skip 'search.sh' 'no jq here'
fi

done_testing
