# The program is a real file, not libtool's wrapper: -static takes libtrawl.a,
# while the libraries of the system stay shared.
#
# bin_PROGRAMS += trawl
# trawl_SOURCES = src/cli/main.c ...
# trawl_LDADD = libtrawl.la
# trawl_LDFLAGS = $(AM_LDFLAGS) -static
