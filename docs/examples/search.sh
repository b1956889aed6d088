#!/bin/sh
# Searches from a shell: a table of id, score and passage, made by jq from one
# line of JSON.
#
#     search.sh [OPTION...] QUERY...
#
# $TRAWL names the program, when it is not on the path.

"${TRAWL:-trawl}" search --json "$@" |
    jq -r '.hits[] | [.id, (.score * 1000 | round / 1000), (.snippets[0].text // "")] | @tsv'
