/* A searcher: what one thread needs to run queries over a snapshot. */
#ifndef SRC_ENGINE_SEARCHER_H
#define SRC_ENGINE_SEARCHER_H

#include "src/engine/reader.h"
#include "src/match/crew.h"
#include "src/match/room.h"
#include "src/query/query.h"

struct trawl_searcher {
    struct trawl_snapshot *snapshot;
    struct snapshot_share *share; /* a reference to it */
    struct analysis *analysis;
    struct arena arena; /* of the search at hand */
    struct match_room room;
    struct match_crew crew;
};

/* Parses a query as the options say. */
int searcher_parse(struct query *query, struct trawl_searcher *searcher, const uint8_t *text, size_t length,
                   const struct trawl_search_options *options, struct arena *arena, struct trawl_error *error);

#endif
