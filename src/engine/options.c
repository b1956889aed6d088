#include "src/engine/options.h"

#include <math.h>
#include <string.h>

#include "src/util/cpu.h"

enum { THREADS_MAX = 1024 };

/* A thread takes 8 MB whatever its share of the memory is; a few find room beside that. */
enum { FEW_THREADS = 4, THREAD_MEMORY = 8 << 20 };

#define DEFAULT_MEMORY (UINT64_C(512) << 20)
#define LEAST_MEMORY (UINT64_C(16) << 20)
#define DEFAULT_DOCUMENT_SIZE (UINT64_C(64) << 20)
#define LARGEST_DOCUMENT_SIZE (UINT64_C(1) << 30)

/* Every struct starts with its size. */
static int overlay(void *out, size_t size, const void *given, struct trawl_error *error)
{
    size_t given_size;
    if (!given)
        return 0;
    memcpy(&given_size, given, sizeof given_size);
    if (given_size < sizeof given_size)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "options without their size");
    memcpy(out, given, given_size < size ? given_size : size);
    return 0;
}

int options_read_writer(struct trawl_writer_options *out, const struct trawl_writer_options *given, struct trawl_error *error)
{
    *out = (struct trawl_writer_options)TRAWL_WRITER_OPTIONS_INIT;
    const int status = overlay(out, sizeof *out, given, error);
    if (status)
        return status;
    if (out->threads == 0)
        out->threads = (unsigned)cpu_count();
    if (out->memory == 0)
        out->memory = DEFAULT_MEMORY;
    if (out->max_document_size == 0)
        out->max_document_size = DEFAULT_DOCUMENT_SIZE;
    if (out->threads > THREADS_MAX)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "more than %d threads", THREADS_MAX);
    if (out->memory < LEAST_MEMORY)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "a memory budget below 16M");
    const uint64_t most = FEW_THREADS + out->memory / THREAD_MEMORY;
    out->threads = out->threads < most ? out->threads : (unsigned)most;
    if (out->max_document_size > LARGEST_DOCUMENT_SIZE)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "a document size limit above 1G");
    if (out->store < -1 || out->store > TRAWL_STORE_NONE)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "an unknown way to store");
    if (out->positions < -1 || out->positions > 1 || out->pairs < -1 || out->pairs > 1)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "positions and pairs must be -1, 0 or 1");
    return 0;
}

int options_read_source(struct trawl_source_options *out, const struct trawl_source_options *given, struct trawl_error *error)
{
    *out = (struct trawl_source_options)TRAWL_SOURCE_OPTIONS_INIT;
    const int status = overlay(out, sizeof *out, given, error);
    if (status == 0 && (out->format < TRAWL_FORMAT_AUTO || out->format > TRAWL_FORMAT_TREC))
        return error_set(error, TRAWL_ERROR_ARGUMENT, "an unknown format");
    return status;
}

int options_read_search(struct trawl_search_options *out, const struct trawl_search_options *given, struct trawl_error *error)
{
    *out = (struct trawl_search_options)TRAWL_SEARCH_OPTIONS_INIT;
    const int status = overlay(out, sizeof *out, given, error);
    if (status)
        return status;
    if (!(out->k1 >= 0.0f) || !isfinite(out->k1))
        return error_set(error, TRAWL_ERROR_ARGUMENT, "k1 must be a number from 0 on");
    if (!(out->b >= 0.0f && out->b <= 1.0f))
        return error_set(error, TRAWL_ERROR_ARGUMENT, "b must be from 0 to 1");
    if (out->stopwords < TRAWL_STOPWORDS_DEFAULT || out->stopwords > TRAWL_STOPWORDS_ENGLISH)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "an unknown list of stopwords");
    if (out->max_expansions == 0)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "max_expansions must be 1 or more");
    if (out->threads == 0)
        out->threads = (unsigned)cpu_count();
    if (out->threads > THREADS_MAX)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "more than %d threads", THREADS_MAX);
    if (out->limit > SIZE_MAX - out->offset)
        return error_set(error, TRAWL_ERROR_ARGUMENT, "limit and offset together are too large");
    return 0;
}
