/* Queries of any bytes under any options: the first byte chooses the flags,
 * the rest is the query. */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/query_laws.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct query_fixture fixture;
    if (length == 0)
        return 0;
    if (fixture_init(&fixture, bytes[0] & 0x80 ? "none" : "english"))
        abort();
    const char *broken = query_laws(&fixture, bytes + 1, length - 1, bytes[0] % LAW_FLAGS);
    if (broken) {
        fprintf(stderr, "%s\n", broken);
        abort();
    }
    fixture_release(&fixture);
    return 0;
}
