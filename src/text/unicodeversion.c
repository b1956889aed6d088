#include "src/text/unicodeversion.h"

#include <stddef.h>
#include <stdint.h>
#include <unictype.h>

/* The library does not say which version its tables have. But each version
 * gives characters to numbers that had none, so the newest one whose witness
 * the library knows is its version. A new version of Unicode wants a new line
 * at the front. */
static const struct {
    uint32_t witness;
    const char *version;
} versions[] = {
    {0x10940, "17.0"}, /* Sidetic */
    {0x105C0, "16.0"}, /* Todhri */
    {0x2EBF0, "15.1"}, /* ideographs, extension I */
    {0x1E030, "15.0"}, /* Cyrillic modifier letters */
    {0x00870, "14.0"}, /* Arabic letters for Quran marks */
    {0x10E80, "13.0"}, /* Yezidi */
};

const char *unicode_version(void)
{
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
        if (!uc_is_general_category(versions[i].witness, UC_UNASSIGNED))
            return versions[i].version;
    return "before 13.0";
}
