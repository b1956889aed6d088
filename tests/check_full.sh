#!/bin/sh
# The long tests, which `make check` leaves out: each compiler with warnings as
# errors and every random test eight times as long, each sanitizer, the other
# kernels, large inputs, the memory budget, fuzzing, a release's archive. Called by
# `make check-full` and `./bootstrap full` with the folder of a configured and
# built tree; works in build-full there.
#
# Ends with a table of its parts, which stays in build-full/summary: it is
# written part by part, so that a run that is broken off leaves what it has.

set -eu
cd "${1:-.}"
build=$(pwd)/build-full
mkdir -p "$build"
log=$build/log
summary=$build/summary
: > "$log"
jobs=$(getconf _NPROCESSORS_ONLN 2> /dev/null || echo 1)
tests=$(sed -n 's/^abs_top_srcdir = //p' Makefile)/tests
source=$build/source
. "$tests/suite.sh"

# -------------------------------------------------------------------- summary

first_line() {
    command -v "$1" > /dev/null && "$@" 2> /dev/null | head -n 1 || echo "no $1"
}

clock() {
    printf '%d:%02d:%02d' $(($1 / 3600)) $(($1 / 60 % 60)) $(($1 % 60))
}

# row WHAT PASSED FAILED SKIPPED TIME
row() {
    printf '%-48s %8s %8s %8s %9s\n' "$@" >> "$summary"
}

head_summary() {
    {
        echo "Trawl $(sed -n 's/^PACKAGE_VERSION = //p' Makefile), $(cd "$tests" && git log -1 --format='commit %h of %cs' 2> /dev/null ||
            echo 'no commit known'), tested $(date -u '+%Y-%m-%d %H:%M UTC')"
        echo "$(uname -srm), $jobs processors; $(first_line gcc --version); $(first_line clang --version)"
        echo
    } > "$summary"
    row part passed failed skipped time
    began=$(date +%s)
}

# part WHAT COMMAND...: a command that counts, and its row
part() {
    what=$1 part_passed=$passed part_failed=$failed part_skipped=$skipped part_began=$(date +%s)
    shift
    "$@"
    row "$what" $((passed - part_passed)) $((failed - part_failed)) $((skipped - part_skipped)) \
        "$(clock $(($(date +%s) - part_began)))"
}

end_summary() {
    row all "$passed" "$failed" "$skipped" "$(clock $(($(date +%s) - began)))"
    echo
    cat "$summary"
    echo
    finish
}

# ---------------------------------------------------------------------- parts

one_more_passed() {
    passed=$((passed + 1))
}

one_more_skipped() {
    echo "SKIP: $*"
    skipped=$((skipped + 1))
}

# one WHAT COMMAND...: a command that is one test
one() {
    what_one=$1
    shift
    say "$what_one"
    if logged "$@"; then
        one_more_passed
    else
        one_more_failed "$what_one"
    fi
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

# level LEVEL: the suite of the build with gcc, on a lesser processor
level() {
    if [ ! -f "$build/gcc/Makefile" ]; then
        one_more_skipped "kernels, $1: no build with gcc"
    elif [ "$1" != scalar ] && [ "$(uname -m)" != x86_64 ]; then
        one_more_skipped "kernels, $1: not on this processor"
    else
        export TRAWL_CPU="$1" TRAWL_TEST_EFFORT=normal
        run_suite "gcc, kernels: $1" "$build/gcc"
        unset TRAWL_CPU
    fi
}

# counted_lines COMMAND...: a long script that prints a line for each result; shows all but what passed
counted_lines() {
    say "$what"
    status=0
    "$@" > "$build/results" 2>> "$log" < /dev/null || status=$?
    cat "$build/results" >> "$log"
    grep -v -e '^ok' -e '^PASS' -e '^#' -e '^1\.\.' "$build/results" || true
    bad=$(grep -c -e '^not ok' -e '^FAIL' "$build/results" || true)
    failed=$((failed + bad))
    skipped=$((skipped + $(grep -c '^ok.*# SKIP' "$build/results" || true)))
    passed=$((passed + $(grep '^ok\|^PASS' "$build/results" | grep -cv '# SKIP' || true)))
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        one_more_failed "$what ended with status $status"
    fi
}

# A clone has the files that git knows; a release must have them all, but what
# concerns the repository alone.
release_is_whole() {
    while read -r file; do
        case $file in
            .gitignore | .ci/*) ;;
            *) [ -f "$source/$file" ] || echo "not in a release: $file" ;;
        esac
    done < "$build/known" > "$build/missing"
    cat "$build/missing"
    [ ! -s "$build/missing" ]
}

whole() {
    if (cd "$tests/.." && git ls-files) > "$build/known" 2>> "$log" && [ -s "$build/known" ]; then
        one "a release has the repository's files" release_is_whole
    else
        one_more_skipped "a release has the repository's files: git knows none here"
    fi
}

large() {
    if logged ${CC:-cc} -O1 "$tests/long/peak_memory.c" -o "$build/peak_memory"; then
        counted_lines env top_srcdir="$tests/.." TRAWL="$(pwd)/trawl" peak_memory="$build/peak_memory" \
            sh "$tests/long/large.sh"
    else
        one_more_failed 'peak_memory does not build'
    fi
}

fuzzing() {
    if command -v clang > /dev/null; then
        counted_lines sh "$tests/long/fuzz.sh" "$source" "$build/fuzz"
    else
        one_more_skipped 'fuzzing: no clang here'
    fi
}

distcheck() {
    export TRAWL_TEST_EFFORT=quick
    one 'make distcheck: a release, from read-only sources, sanitized' make distcheck
}

head_summary
say 'collecting the files of a release'
if ! logged make distdir distdir=build-full/source; then
    one_more_failed 'make distdir'
    end_summary
    exit
fi
strict='-g -O2 -Werror'
part 'files of a release' whole
part 'gcc, warnings as errors, full' variant gcc full gcc CFLAGS="$strict"
part 'clang, warnings as errors, full' variant clang full clang CFLAGS="$strict"
for compiler in gcc clang; do
    part "$compiler, address and undefined behaviour" variant $compiler-address-undefined normal $compiler \
        --enable-sanitizers=address,undefined --disable-shared CFLAGS='-g -O1'
done
part 'gcc, threads' variant gcc-thread normal gcc --enable-sanitizers=thread --disable-shared CFLAGS='-g -O1'
part 'clang, threads, quick' variant clang-thread quick clang --enable-sanitizers=thread --disable-shared CFLAGS='-g -O1'
part 'gcc, scalar kernels' level scalar
part 'gcc, SSE4.1 kernels' level sse4.1
part 'gcc, AVX2 kernels' level avx2
part 'large inputs, a full disk' large
part 'the memory budget' counted_lines sh "$tests/long/memory_budget.sh" .
part "fuzzing, ${FUZZ_SECONDS:-60} s a target" fuzzing
part 'make distcheck' distcheck
end_summary
