libtrawl_hot_la_SOURCES += \
	index/read/positions_reader.c index/read/positions_reader.h \
	index/read/postings_cursor.c index/read/postings_cursor.h
libtrawl_core_la_SOURCES += \
	index/read/check.c index/read/check.h \
	index/read/check_columns.c \
	index/read/check_findings.h \
	index/read/check_ids.c \
	index/read/check_postings.c \
	index/read/check_stored.c \
	index/read/check_terms.c \
	index/read/segment.c index/read/segment.h \
	index/read/snapshot.c index/read/snapshot.h \
	index/read/snapshot_caches.h \
	index/read/snapshot_lengths.c \
	index/read/snapshot_statistics.c
