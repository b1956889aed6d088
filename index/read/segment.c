#include "index/read/segment.h"

#include "index/format/deletes.h"
#include "index/read/segment_places.h"
#include "index/read/segment_ways.h"
#include "src/util/bitset.h"
#include "src/util/memory.h"

#define POSTINGS_ID SECTION_ID('P', 'O', 'S', 'T')
#define POSITIONS_ID SECTION_ID('P', 'O', 'S', 'N')

static const uint32_t known_sections[] = {
    SECTION_ID('M', 'E', 'T', 'A'), SECTION_ID('T', 'I', 'D', 'X'), SECTION_ID('T', 'E', 'R', 'M'),
    POSTINGS_ID,                    POSITIONS_ID,                   LENGTHS_SECTION,                ENDS_SECTION,
    SECTION_ID('F', 'L', 'D', 'S'), SECTION_ID('D', 'I', 'D', 'S'), SECTION_ID('S', 'I', 'D', 'X'),
    SECTION_ID('S', 'T', 'O', 'R'), SECTION_ID('O', 'R', 'D', 'R'), SECTION_ID('I', 'N', 'S', 'R'),
    SECTION_ID('P', 'A', 'I', 'R'), SECTION_ID('T', 'H', 'S', 'H'),
};

/* -------------------------------------------------------------------- opening */

/* The file is the one that the manifest means. */
static int check_identity(const struct segment *segment, const struct manifest *manifest,
                          const struct manifest_segment *entry, struct trawl_error *error)
{
    const struct container *container = &segment->container;
    if (container->toc_checksum != entry->toc_checksum || container->map.length != entry->length)
        return error_corrupt(error, container->path, "footer", 0, "this is not the file that the manifest names");
    if (segment->meta.documents != entry->documents)
        return error_corrupt(error, container->path, "META", 0, "it has not as many documents as the manifest says");
    if (segment->has_positions != manifest->has_positions)
        return error_corrupt(error, container->path, "table of contents", 0, "the manifest says otherwise of positions");
    if (segment->pairs.is_there != manifest->has_pairs)
        return error_corrupt(error, container->path, "table of contents", 0, "the manifest says otherwise of word pairs");
    return 0;
}

static int open_sections(struct segment *segment, struct trawl_error *error)
{
    const struct container *container = &segment->container;
    int status = meta_open(&segment->meta, container, error);
    const uint32_t documents = segment->meta.documents;
    if (!status)
        status = terms_open(&segment->terms, container, &segment->meta, error);
    if (!status)
        status = lengths_open(&segment->lengths, container, LENGTHS_SECTION, documents, error);
    if (!status)
        status = lengths_open(&segment->ends, container, ENDS_SECTION, documents, error);
    if (!status)
        status = parts_open(&segment->parts, container, documents, error);
    if (!status)
        status = ids_open(&segment->ids, container, documents, error);
    if (!status)
        status = stored_open(&segment->stored, container, documents, error);
    if (!status)
        status = order_open(&segment->order, container, documents, segment->meta.base, error);
    if (!status)
        status = pairs_open(&segment->pairs, container, error);
    segment->postings = container_section(container, POSTINGS_ID);
    segment->positions = container_section(container, POSITIONS_ID);
    segment->has_positions = segment->positions.bytes != NULL;
    segment->documents = documents;
    if (!status && segment->order.ordinals && segment_ways_new(&segment->ways))
        status = error_memory(error);
    if (!status && segment->has_positions && segment_places_new(&segment->places))
        status = error_memory(error);
    return status;
}

static int open_deletes(struct segment *segment, const char *folder, const struct manifest_segment *entry,
                        struct trawl_error *error)
{
    char path[MANIFEST_PATH_BYTES];
    segment->live = entry->documents - entry->deleted;
    if (!entry->deleted)
        return 0;
    int status = manifest_deletes_path(path, folder, entry->number, entry->deletes_generation, error);
    if (status)
        return status;
    segment->deleted = memory_alloc_array(bitset_words(entry->documents), sizeof *segment->deleted);
    if (!segment->deleted)
        return error_memory(error);
    return deletes_read(segment->deleted, path, entry->documents, entry->deleted, error);
}

static int open_all(struct segment *segment, const char *folder, const struct manifest *manifest,
                    const struct manifest_segment *entry, struct trawl_error *error)
{
    char path[MANIFEST_PATH_BYTES];
    segment->number = entry->number;
    int status = manifest_segment_path(path, folder, entry->number, error);
    if (!status)
        status = container_open(&segment->container, path, CONTAINER_SEGMENT, known_sections,
                                sizeof known_sections / sizeof *known_sections, error);
    if (!status)
        status = open_sections(segment, error);
    if (!status)
        status = check_identity(segment, manifest, entry, error);
    return status ? status : open_deletes(segment, folder, entry, error);
}

int segment_open(struct segment **segment, const char *folder, const struct manifest *manifest,
                 const struct manifest_segment *entry, struct trawl_error *error)
{
    struct segment *new = memory_alloc_zero(1, sizeof *new);
    *segment = NULL;
    if (!new)
        return error_memory(error);
    int status = open_all(new, folder, manifest, entry, error);
    if (status)
        segment_close(new);
    else
        *segment = new;
    return status;
}

void segment_close(struct segment *segment)
{
    if (!segment)
        return;
    container_close(&segment->container);
    segment_places_free(segment->places);
    segment_ways_free(segment->ways);
    memory_free(segment->deleted);
    memory_free(segment);
}
