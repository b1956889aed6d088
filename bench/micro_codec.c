/* Integers from bytes: runs by width, bitsets, vbyte, checksums. */
#include <stdio.h>
#include <string.h>

#include "bench/micro.h"
#include "index/codec/crc32c.h"
#include "index/codec/run.h"
#include "index/codec/vbyte.h"
#include "src/util/bitset.h"

enum { RUNS = 64, NUMBERS = RUNS * RUN_LENGTH, WORDS = 2048, BYTES = NUMBERS * 10 };

struct stream {
    uint8_t bytes[RUNS * (RUN_MAX_BYTES + 1) + RUN_PADDING];
    const uint8_t *end;
    uint64_t bits[WORDS];
};

static uint64_t decode(void *context)
{
    struct stream *stream = context;
    _Alignas(64) uint32_t numbers[RUN_LENGTH];
    uint64_t sum = 0;
    size_t got = 1; /* 0: damaged, which ours are not */
    for (const uint8_t *at = stream->bytes; at < stream->end && got; at += got) {
        got = run_decode(numbers, at, stream->end, RUN_LENGTH, 0);
        sum += numbers[RUN_LENGTH - 1];
    }
    return sum;
}

static uint64_t decode_documents(void *context)
{
    struct stream *stream = context;
    _Alignas(64) uint32_t numbers[RUN_LENGTH] = {0};
    size_t got = 1;
    for (const uint8_t *at = stream->bytes; at < stream->end && got; at += got)
        got = run_decode_documents(numbers, at, stream->end, RUN_LENGTH, 0);
    return numbers[RUN_LENGTH - 1];
}

static uint64_t decode_vbyte(void *context)
{
    struct stream *stream = context;
    uint64_t number = 0, sum = 0;
    for (const uint8_t *at = stream->bytes; at < stream->end && vbyte_get(&number, &at, stream->end) == 0;)
        sum += number;
    return sum;
}

static uint64_t count_bits(void *context)
{
    return bitset_count(((struct stream *)context)->bits, WORDS);
}

static uint64_t checksum(void *context)
{
    return crc32c(0, ((struct stream *)context)->bytes, BYTES / 10);
}

/* Runs whose largest numbers have `width` bits; nothing is split. */
static void fill_runs(struct stream *stream, unsigned width)
{
    uint8_t *at = stream->bytes;
    uint32_t numbers[RUN_LENGTH];
    for (int run = 0; run < RUNS; run++) {
        for (size_t i = 0; i < RUN_LENGTH; i++)
            numbers[i] = micro_random(0) >> (32 - width);
        numbers[0] = UINT32_C(1) << (width - 1);
        at += run_encode(at, numbers, RUN_LENGTH, RUN_MAX_BYTES);
    }
    stream->end = at;
}

/* Runs of gaps as between documents that chance picked: each `mean` times on the average; split. */
static void fill_split(struct stream *stream, uint32_t mean)
{
    uint8_t *at = stream->bytes;
    uint32_t numbers[RUN_LENGTH];
    for (int run = 0; run < RUNS; run++) {
        for (size_t i = 0; i < RUN_LENGTH; i++)
            for (numbers[i] = 0; micro_random(mean + 1) > 0;)
                numbers[i]++;
        at += run_encode(at, numbers, RUN_LENGTH, 0);
    }
    stream->end = at;
}

static void measure_split(struct stream *stream)
{
    static const uint32_t means[] = {1, 4, 30};
    char name[64];
    for (size_t i = 0; i < sizeof means / sizeof *means; i++) {
        fill_split(stream, means[i]);
        snprintf(name, sizeof name, "run/decode, split, mean %u", (unsigned)means[i]);
        micro_run(name, "integers", NUMBERS, decode, stream);
        snprintf(name, sizeof name, "run/decode documents, split, mean %u", (unsigned)means[i]);
        micro_run(name, "integers", NUMBERS, decode_documents, stream);
    }
}

void micro_codec(void)
{
    static const unsigned widths[] = {1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32};
    static struct stream stream;
    char name[64];
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        fill_runs(&stream, widths[i]);
        snprintf(name, sizeof name, "run/decode, width %u", widths[i]);
        micro_run(name, "integers", NUMBERS, decode, &stream);
        snprintf(name, sizeof name, "run/decode documents, width %u", widths[i]);
        if (widths[i] <= 20)
            micro_run(name, "integers", NUMBERS, decode_documents, &stream);
    }
    measure_split(&stream);
    uint8_t *at = stream.bytes;
    for (int i = 0; i < NUMBERS; i++)
        at += vbyte_put(at, micro_random(1000));
    stream.end = at;
    micro_run("vbyte/get", "integers", NUMBERS, decode_vbyte, &stream);
    for (int i = 0; i < WORDS; i++)
        stream.bits[i] = (uint64_t)micro_random(0) << 32 | micro_random(0);
    micro_run("bitset/count", "bits", WORDS * 64, count_bits, &stream);
    micro_run("crc32c", "bytes", BYTES / 10, checksum, &stream);
}
