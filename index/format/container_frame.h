/* The fixed bytes of a container that its writer and its reader share:
 * FORMAT.md section 1. */
#ifndef INDEX_FORMAT_CONTAINER_FRAME_H
#define INDEX_FORMAT_CONTAINER_FRAME_H

enum {
    FRAME_ALIGNMENT = 64, /* of sections */
    FRAME_PADDING = 64,   /* zero bytes behind a section, at least */

    HEADER_BYTES = 16,
    HEADER_KIND = 0, HEADER_KIND_BYTES = 8, HEADER_VERSION = 8, HEADER_CHECKSUM = 12,

    TOC_ENTRY_BYTES = 32,
    TOC_ID = 0, TOC_FLAGS = 4, TOC_OFFSET = 8, TOC_LENGTH = 16, TOC_CHECKSUM = 24, TOC_ZERO = 28,

    FOOTER_BYTES = 32,
    FOOTER_TOC = 0, FOOTER_ENTRIES = 8, FOOTER_CHECKSUM = 12, FOOTER_LENGTH = 16, FOOTER_END = 24
};

static const char *const frame_kinds[] = {"TRAWLSEG", "TRAWLDEL", "TRAWLMAN"}; /* by enum container_kind */
static const char frame_end[] = "TRAWLEND";

#endif
