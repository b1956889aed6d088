/* A TREC document of any bytes. */
#include "tests/fuzz/document_laws.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    record_laws(TRAWL_FORMAT_TREC, bytes, length);
    return 0;
}
