#include "tests/unit/unicode_data.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/text/unicodeversion.h"
#include "tests/unit/tap.h"

/* As it is, or packed with bzip2 as Debian packs the larger ones. */
static int open_in(struct unicode_data *data, const char *folder, const char *name)
{
    char path[4096], command[4200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    data->file = fopen(path, "r");
    if (data->file)
        return 1;
    strncat(path, ".bz2", sizeof path - strlen(path) - 1);
    if (access(path, R_OK) != 0)
        return 0;
    snprintf(command, sizeof command, "bzip2 -dc '%s' 2> /dev/null", path);
    data->is_packed = 1;
    data->file = popen(command, "r");
    return data->file != NULL;
}

int unicode_data_open(struct unicode_data *data, const char *name)
{
    const char *folder = getenv("TRAWL_UNICODE_DATA");
    *data = (struct unicode_data){.is_packed = 0};
    if (open_in(data, folder ? folder : "/usr/share/unicode", name))
        return 1;
    REQUIRE_THAT(!folder, "$TRAWL_UNICODE_DATA is %s: there is no %s", folder, name);
    tap_skip("no Unicode Character Database here (Debian: unicode-data)");
    return 0;
}

int unicode_data_next(struct unicode_data *data)
{
    while (fgets(data->line, sizeof data->line, data->file)) {
        data->number++;
        data->line[strcspn(data->line, "#\r\n")] = '\0';
        data->text = data->line + strspn(data->line, " ");
        if (*data->text == '\0' || *data->text == '@')
            continue;
        data->lines++;
        return 1;
    }
    return 0;
}

int unicode_data_close(struct unicode_data *data)
{
    const int status = data->is_packed ? pclose(data->file) : fclose(data->file);
    if (status && data->lines == 0) {
        tap_skip("no bzip2 here to unpack the Unicode Character Database");
        return 0;
    }
    CHECK_INT(status, 0);
    return 1;
}

static void pass_semicolon(struct unicode_data *data)
{
    data->text += strspn(data->text, " ");
    data->text += *data->text == ';';
    data->text += strspn(data->text, " ");
}

static uint32_t read_character(struct unicode_data *data)
{
    char *end;
    const unsigned long character = strtoul(data->text, &end, 16);
    REQUIRE_THAT(end != data->text && character < UNICODE_CHARACTERS, "line %zu: no character: %s", data->number, data->line);
    data->text = end;
    return (uint32_t)character;
}

void unicode_data_range(uint32_t *first, uint32_t *last, struct unicode_data *data)
{
    *first = *last = read_character(data);
    if (strncmp(data->text, "..", 2) == 0) {
        data->text += 2;
        *last = read_character(data);
    }
    pass_semicolon(data);
}

size_t unicode_data_characters(uint32_t characters[UNICODE_FIELD_MOST], struct unicode_data *data)
{
    size_t count = 0;
    for (; *data->text && *data->text != ';'; data->text += strspn(data->text, " ")) {
        REQUIRE_THAT(count < UNICODE_FIELD_MOST, "line %zu: a long field", data->number);
        characters[count++] = read_character(data);
    }
    pass_semicolon(data);
    return count;
}

void unicode_data_word(char *word, size_t size, struct unicode_data *data)
{
    const size_t length = strcspn(data->text, " ;");
    REQUIRE_THAT(length < size, "line %zu: a long word", data->number);
    memcpy(word, data->text, length);
    word[length] = '\0';
    data->text += length;
    pass_semicolon(data);
}

/* "15.1" as a number that orders as versions do. */
static unsigned long version_number(const char *version)
{
    char *end;
    const unsigned long major = strtoul(version, &end, 10);
    return major * 100 + (*end == '.' ? strtoul(end + 1, NULL, 10) : 0);
}

int unicode_data_known(uint8_t *known)
{
    struct unicode_data data;
    const unsigned long newest = version_number(unicode_version());
    if (!unicode_data_open(&data, "DerivedAge.txt"))
        return 0;
    REQUIRE_THAT(newest > 0, "the library's version is \"%s\"", unicode_version());
    memset(known, 0, UNICODE_CHARACTERS);
    while (unicode_data_next(&data)) {
        uint32_t first, last;
        char age[8];
        unicode_data_range(&first, &last, &data);
        unicode_data_word(age, sizeof age, &data);
        memset(known + first, version_number(age) <= newest, last - first + 1);
    }
    return unicode_data_close(&data);
}
