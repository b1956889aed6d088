#include "src/snippet/startfilter.h"

/* Held against the vocabularies of the Snowball project. Dutch doubles vowels
 * that it may find at the very front (aken, aak), Turkish has an i of its own,
 * German joins ae to ä. */
static const struct {
    const char *language;
    int letters;
} kept[] = {
    {"none", 2},    {"english", 2}, {"porter", 2},     {"finnish", 1}, {"french", 1},  {"german", 1},
    {"hungarian", 1}, {"italian", 1}, {"portuguese", 1}, {"spanish", 1}, {"swedish", 1},
};

void start_filter_init(struct start_filter *filter, const char *language)
{
    *filter = (struct start_filter){0};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (strcmp(language, kept[i].language) == 0)
            filter->letters = kept[i].letters;
}

void start_filter_add(struct start_filter *filter, const uint8_t *term, size_t length)
{
    if (length == 0 || term[0] >= 0x80)
        return;
    uint64_t *seconds = filter->seconds[term[0]];
    if (length == 1 || filter->letters < 2 || term[1] >= 0x80) {
        seconds[0] = seconds[1] = UINT64_MAX;
        return;
    }
    seconds[term[1] >> 6] |= UINT64_C(1) << (term[1] & 63);
    if (term[1] == 'i') /* English: die from dying */
        seconds['y' >> 6] |= UINT64_C(1) << ('y' & 63);
}
