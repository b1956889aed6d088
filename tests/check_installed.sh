#!/bin/sh
# What `make install` put in place works: the program, the header, both
# libraries, pkg-config. Called by `make installcheck` with the four folders.

set -eu
programs=$1 libraries=$2 headers=$3 modules=$4

work=$(mktemp -d "${TMPDIR:-/tmp}/trawl-installed-XXXXXX")
trap 'rm -rf "$work"' EXIT

fail() {
    echo "installcheck: $*" >&2
    exit 1
}

# A static library alone is fine: --disable-shared.
[ -f "$libraries/libtrawl.a" ] || fail "no $libraries/libtrawl.a"
[ -f "$headers/trawl.h" ] || fail "no $headers/trawl.h"
[ -f "$modules/trawl.pc" ] || fail "no $modules/trawl.pc"

version=$(sed -n 's/^#define TRAWL_VERSION "\(.*\)"$/\1/p' "$headers/trawl.h")
PKG_CONFIG_PATH=$modules${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
LD_LIBRARY_PATH=$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export PKG_CONFIG_PATH LD_LIBRARY_PATH
[ "$(pkg-config --modversion trawl)" = "$version" ] || fail 'trawl.pc has another version than trawl.h'

cat > "$work/program.c" << 'END'
#include <string.h>
#include <trawl.h>
int main(void)
{
    return strcmp(trawl_version(), TRAWL_VERSION) != 0;
}
END

# runs WHAT PKG-CONFIG-FLAGS LINKER-FLAGS
runs() {
    # The folders are given too, for a staged installation (DESTDIR).
    $CC -I"$headers" "$work/program.c" -o "$work/program" -L"$libraries" $3 $(pkg-config $2 --cflags --libs trawl) ||
        fail "a program does not link with the $1 library"
    "$work/program" || fail "a program with the $1 library does not run"
}
if [ -f "$libraries/libtrawl.so" ]; then
    runs shared '' ''
    rm "$work/program"
fi
runs static --static '-Wl,-Bstatic -ltrawl -Wl,-Bdynamic'

[ "$("$programs/trawl" --version | head -n 1)" = "trawl $version" ] || fail "$programs/trawl --version does not say $version"
echo "installcheck: trawl $version is in place"
