#!/bin/sh
# The long tests, which `make check` leaves out: each compiler with warnings as
# errors and every random test eight times as long, each sanitizer, the scalar
# kernels, a release's archive, large inputs, fuzzing. Called by `make check-full` and
# `./bootstrap full` with the folder of a configured build; works in
# build-full there. Ends like `./bootstrap check` with the sum of all runs.

set -eu
cd "${1:-.}"
build=$(pwd)/build-full
mkdir -p "$build"
log=$build/log
: > "$log"
jobs=$(getconf _NPROCESSORS_ONLN 2> /dev/null || echo 1)
tests=$(sed -n 's/^abs_top_srcdir = //p' Makefile)/tests
source=$build/source
. "$tests/suite.sh"

one_more_skipped() {
    echo "SKIP: $*"
    skipped=$((skipped + 1))
}

# variant NAME EFFORT COMPILER CONFIGURE-ARGUMENT...: a build of its own, tested
variant() {
    name=$1 effort=$2 compiler=$3
    shift 3
    if ! command -v "$compiler" > /dev/null; then
        one_more_skipped "$name: no $compiler here"
        return
    fi
    say "building: $name"
    if logged build_variant "$build/$name" CC="$compiler" "$@"; then
        export TRAWL_TEST_EFFORT="$effort"
        run_suite "$name" "$build/$name"
    else
        one_more_failed "$name: does not build"
    fi
}

# A clone has the files that git knows; a release must have them all, but what
# concerns the repository alone.
release_is_whole() {
    (cd "$tests/.." && git ls-files 2> /dev/null) | grep -v -e '^\.gitignore$' -e '^\.ci/' | while read -r file; do
        [ -f "$source/$file" ] || echo "not in a release: $file"
    done > "$build/missing"
    [ ! -s "$build/missing" ] || cat "$build/missing" >> "$log"
    [ ! -s "$build/missing" ]
}

say 'collecting the files of a release'
logged make distdir distdir=build-full/source || {
    one_more_failed 'make distdir'
    finish
    exit
}
if logged release_is_whole; then
    passed=$((passed + 1))
else
    one_more_failed 'files of the repository that a release lacks'
fi

strict='-g -O2 -Werror'
variant gcc full gcc CFLAGS="$strict"
variant clang full clang CFLAGS="$strict"
variant gcc-address-undefined normal gcc --enable-sanitizers=address,undefined --disable-shared CFLAGS='-g -O1'
variant clang-address-undefined normal clang --enable-sanitizers=address,undefined --disable-shared CFLAGS='-g -O1'
variant gcc-thread normal gcc --enable-sanitizers=thread --disable-shared CFLAGS='-g -O1'
variant clang-thread quick clang --enable-sanitizers=thread --disable-shared CFLAGS='-g -O1'

if [ -f "$build/gcc/Makefile" ]; then
    export TRAWL_CPU TRAWL_TEST_EFFORT=normal
    for TRAWL_CPU in scalar sse4.1; do
        run_suite "gcc, $TRAWL_CPU kernels" "$build/gcc"
    done
    unset TRAWL_CPU
fi

# The lines of a long script that tell a result, counted.
run_long() {
    say "$1"
    shift
    "$@" > "$build/results" 2>> "$log" < /dev/null || echo "not ok $* ended with status $?" >> "$build/results"
    cat "$build/results" >> "$log"
    grep -v -e '^ok' -e '^PASS' -e '^#' -e '^1\.\.' "$build/results" || true
    failed=$((failed + $(grep -c -e '^not ok' -e '^FAIL' "$build/results" || true)))
    skipped=$((skipped + $(grep -c '^ok.*# SKIP' "$build/results" || true)))
    passed=$((passed + $(grep '^ok\|^PASS' "$build/results" | grep -cv '# SKIP' || true)))
}

if logged ${CC:-cc} -O1 "$tests/long/peak_memory.c" -o "$build/peak_memory"; then
    run_long 'large inputs, a full disk' env top_srcdir="$tests/.." TRAWL="$(pwd)/trawl" \
        peak_memory="$build/peak_memory" sh "$tests/long/large.sh"
else
    one_more_failed 'peak_memory does not build'
fi
if command -v clang > /dev/null; then
    run_long 'fuzzing' sh "$tests/long/fuzz.sh" "$source" "$build/fuzz"
else
    one_more_skipped 'fuzzing: no clang here'
fi
say 'the memory budget'
if logged sh "$tests/long/memory_budget.sh" .; then
    passed=$((passed + 1))
else
    one_more_failed 'the memory budget'
fi

say 'make distcheck: a release, from read-only sources, sanitized'
export TRAWL_TEST_EFFORT=quick
if logged make distcheck; then
    passed=$((passed + 1))
else
    one_more_failed 'make distcheck'
fi

finish
