#!/bin/sh
# fuzz.sh SOURCES BUILD: runs each target of tests/fuzz under libFuzzer, from its
# corpus and its own seeds, for $FUZZ_SECONDS (60) each, with clang, in the
# folder BUILD. What breaks a target stays in BUILD/found.

set -eu
sources=$(cd "$1" && pwd)
mkdir -p "$2/found"
cd "$2"
common='-g -O1 -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION -fsanitize=address,undefined,fuzzer'
jobs=$(getconf _NPROCESSORS_ONLN 2> /dev/null || echo 1)
failed=0

# The library with what tells the engine where a run went.
{
    [ -f Makefile ] || "$sources/configure" CC=clang CFLAGS="$common-no-link" --disable-shared
    make -j"$jobs" libtrawl_core.la libindex_fixture.la libtap.la
} > log 2>&1 || {
    tail -n 30 log
    echo 'FAIL: fuzzing: the library does not build'
    exit 1
}

build() {
    clang $common -D_GNU_SOURCE -I. -I"$sources" -c "$sources/tests/fuzz/$1.c" -o "$1.o" &&
        ./libtool --silent --tag=CC --mode=link clang $common -o "$1" "$1.o" \
            libindex_fixture.la libtap.la libtrawl_core.la
}

# The replaying test writes what seeds the target makes itself.
seeds() {
    mkdir -p "seeds/$1" "work/$1"
    make -s "tests/fuzz/fuzz_$1" > log 2>&1 && "tests/fuzz/fuzz_$1" --seeds "seeds/$1" >> log 2>&1
}

fuzz() {
    corpus=$sources/tests/fuzz/corpus/$1
    [ -d "$corpus" ] || corpus=
    "./fuzz_$1" -max_total_time="${FUZZ_SECONDS:-60}" -timeout=30 -rss_limit_mb=4096 -max_len=65536 \
        -artifact_prefix="found/$1-" "work/$1" "seeds/$1" $corpus > log 2>&1
}

for file in "$sources"/tests/fuzz/fuzz_*.c; do
    name=$(basename "$file" .c)
    name=${name#fuzz_}
    if build "fuzz_$name" > log 2>&1 && seeds "$name" && fuzz "$name"; then
        echo "PASS: fuzzing $name: $(sed -n 's/^Done \([0-9]*\) runs.*/\1 runs/p' log)"
    else
        failed=$((failed + 1))
        echo "FAIL: fuzzing $name"
        tail -n 30 log
    fi
done
[ "$failed" -eq 0 ]
