#include "src/source/entities.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "src/text/utf8.h"

/* The 253 names of HTML 4 come from libxml2. These are the names that HTML 5
 * added and that make or part words: letters beyond Latin-1, Cyrillic, ASCII
 * punctuation, ligatures; not the 1,800 of mathematics. The five commonest
 * stand here too, since libxml2 searches its list from the front. In byte
 * order. */
static const struct {
    char name[18];
    uint16_t character;
} names[] = {
    {"AMP", 0x26}, {"Abreve", 0x102}, {"Acy", 0x410}, {"Amacr", 0x100}, {"Aogon", 0x104}, {"Bcy", 0x411},
    {"CHcy", 0x427}, {"COPY", 0xA9}, {"Cacute", 0x106}, {"Ccaron", 0x10C}, {"Ccirc", 0x108}, {"Cdot", 0x10A},
    {"Cedilla", 0xB8}, {"CenterDot", 0xB7}, {"DJcy", 0x402}, {"DScy", 0x405}, {"DZcy", 0x40F}, {"Dcaron", 0x10E},
    {"Dcy", 0x414}, {"DiacriticalAcute", 0xB4}, {"DiacriticalGrave", 0x60}, {"Dot", 0xA8}, {"DoubleDot", 0xA8},
    {"Dstrok", 0x110}, {"ENG", 0x14A}, {"Ecaron", 0x11A}, {"Ecy", 0x42D}, {"Edot", 0x116}, {"Emacr", 0x112},
    {"Eogon", 0x118}, {"Fcy", 0x424}, {"GJcy", 0x403}, {"GT", 0x3E}, {"Gbreve", 0x11E}, {"Gcedil", 0x122},
    {"Gcirc", 0x11C}, {"Gcy", 0x413}, {"Gdot", 0x120}, {"HARDcy", 0x42A}, {"Hat", 0x5E}, {"Hcirc", 0x124},
    {"Hstrok", 0x126}, {"IEcy", 0x415}, {"IJlig", 0x132}, {"IOcy", 0x401}, {"Icy", 0x418}, {"Idot", 0x130},
    {"Imacr", 0x12A}, {"Iogon", 0x12E}, {"Itilde", 0x128}, {"Iukcy", 0x406}, {"Jcirc", 0x134}, {"Jcy", 0x419},
    {"Jsercy", 0x408}, {"Jukcy", 0x404}, {"KHcy", 0x425}, {"KJcy", 0x40C}, {"Kcedil", 0x136}, {"Kcy", 0x41A},
    {"LJcy", 0x409}, {"LT", 0x3C}, {"Lacute", 0x139}, {"Lcaron", 0x13D}, {"Lcedil", 0x13B}, {"Lcy", 0x41B},
    {"Lmidot", 0x13F}, {"Lstrok", 0x141}, {"Mcy", 0x41C}, {"NJcy", 0x40A}, {"Nacute", 0x143}, {"Ncaron", 0x147},
    {"Ncedil", 0x145}, {"Ncy", 0x41D}, {"NewLine", 0xA}, {"NonBreakingSpace", 0xA0}, {"Ocy", 0x41E},
    {"Odblac", 0x150}, {"Omacr", 0x14C}, {"Pcy", 0x41F}, {"PlusMinus", 0xB1}, {"QUOT", 0x22}, {"REG", 0xAE},
    {"Racute", 0x154}, {"Rcaron", 0x158}, {"Rcedil", 0x156}, {"Rcy", 0x420}, {"SHCHcy", 0x429}, {"SHcy", 0x428},
    {"SOFTcy", 0x42C}, {"Sacute", 0x15A}, {"Scedil", 0x15E}, {"Scirc", 0x15C}, {"Scy", 0x421}, {"TSHcy", 0x40B},
    {"TScy", 0x426}, {"Tab", 0x9}, {"Tcaron", 0x164}, {"Tcedil", 0x162}, {"Tcy", 0x422}, {"ThinSpace", 0x2009},
    {"Tstrok", 0x166}, {"Ubrcy", 0x40E}, {"Ubreve", 0x16C}, {"Ucy", 0x423}, {"Udblac", 0x170}, {"Umacr", 0x16A},
    {"UnderBar", 0x5F}, {"Uogon", 0x172}, {"Uring", 0x16E}, {"Utilde", 0x168}, {"Vcy", 0x412}, {"VerticalLine", 0x7C},
    {"Wcirc", 0x174}, {"YAcy", 0x42F}, {"YIcy", 0x407}, {"YUcy", 0x42E}, {"Ycirc", 0x176}, {"Ycy", 0x42B},
    {"ZHcy", 0x416}, {"Zacute", 0x179}, {"Zcaron", 0x17D}, {"Zcy", 0x417}, {"Zdot", 0x17B}, {"abreve", 0x103},
    {"acy", 0x430}, {"amacr", 0x101}, {"amp", 0x26}, {"angst", 0xC5}, {"aogon", 0x105}, {"apos", 0x27}, {"ast", 0x2A},
    {"bcy", 0x431}, {"bsol", 0x5C}, {"bullet", 0x2022}, {"cacute", 0x107}, {"ccaron", 0x10D}, {"ccirc", 0x109},
    {"cdot", 0x10B}, {"centerdot", 0xB7}, {"chcy", 0x447}, {"check", 0x2713}, {"checkmark", 0x2713},
    {"circledR", 0xAE}, {"colon", 0x3A}, {"comma", 0x2C}, {"commat", 0x40}, {"copysr", 0x2117}, {"cross", 0x2717},
    {"dash", 0x2010}, {"dcaron", 0x10F}, {"dcy", 0x434}, {"ddagger", 0x2021}, {"die", 0xA8}, {"djcy", 0x452},
    {"dollar", 0x24}, {"dscy", 0x455}, {"dstrok", 0x111}, {"dzcy", 0x45F}, {"ecaron", 0x11B}, {"ecy", 0x44D},
    {"edot", 0x117}, {"emacr", 0x113}, {"eng", 0x14B}, {"eogon", 0x119}, {"equals", 0x3D}, {"excl", 0x21},
    {"fcy", 0x444}, {"female", 0x2640}, {"ffilig", 0xFB03}, {"fflig", 0xFB00}, {"ffllig", 0xFB04}, {"filig", 0xFB01},
    {"flat", 0x266D}, {"fllig", 0xFB02}, {"gacute", 0x1F5}, {"gbreve", 0x11F}, {"gcirc", 0x11D}, {"gcy", 0x433},
    {"gdot", 0x121}, {"gjcy", 0x453}, {"grave", 0x60}, {"gt", 0x3E}, {"half", 0xBD}, {"hardcy", 0x44A},
    {"hcirc", 0x125}, {"horbar", 0x2015}, {"hstrok", 0x127}, {"hyphen", 0x2010}, {"icy", 0x438}, {"iecy", 0x435},
    {"ijlig", 0x133}, {"imacr", 0x12B}, {"imath", 0x131}, {"incare", 0x2105}, {"inodot", 0x131}, {"iocy", 0x451},
    {"iogon", 0x12F}, {"itilde", 0x129}, {"iukcy", 0x456}, {"jcirc", 0x135}, {"jcy", 0x439}, {"jmath", 0x237},
    {"jsercy", 0x458}, {"jukcy", 0x454}, {"kcedil", 0x137}, {"kcy", 0x43A}, {"khcy", 0x445}, {"kjcy", 0x45C},
    {"lacute", 0x13A}, {"lbrace", 0x7B}, {"lbrack", 0x5B}, {"lcaron", 0x13E}, {"lcedil", 0x13C}, {"lcub", 0x7B},
    {"lcy", 0x43B}, {"ldquor", 0x201E}, {"ljcy", 0x459}, {"lmidot", 0x140}, {"lowbar", 0x5F}, {"lpar", 0x28},
    {"lsqb", 0x5B}, {"lsquor", 0x201A}, {"lstrok", 0x142}, {"lt", 0x3C}, {"male", 0x2642}, {"mcy", 0x43C},
    {"midast", 0x2A}, {"mldr", 0x2026}, {"nacute", 0x144}, {"napos", 0x149}, {"natural", 0x266E}, {"nbsp", 0xA0},
    {"ncaron", 0x148}, {"ncedil", 0x146}, {"ncy", 0x43D}, {"njcy", 0x45A}, {"num", 0x23}, {"numero", 0x2116},
    {"numsp", 0x2007}, {"ocy", 0x43E}, {"odblac", 0x151}, {"omacr", 0x14D}, {"pcy", 0x43F}, {"percnt", 0x25},
    {"period", 0x2E}, {"phone", 0x260E}, {"plus", 0x2B}, {"pm", 0xB1}, {"quest", 0x3F}, {"quot", 0x22},
    {"racute", 0x155}, {"rbrace", 0x7D}, {"rbrack", 0x5D}, {"rcaron", 0x159}, {"rcedil", 0x157}, {"rcub", 0x7D},
    {"rcy", 0x440}, {"rdquor", 0x201D}, {"rpar", 0x29}, {"rsqb", 0x5D}, {"rsquor", 0x2019}, {"sacute", 0x15B},
    {"scedil", 0x15F}, {"scirc", 0x15D}, {"scy", 0x441}, {"semi", 0x3B}, {"sharp", 0x266F}, {"shchcy", 0x449},
    {"shcy", 0x448}, {"softcy", 0x44C}, {"sol", 0x2F}, {"star", 0x2606}, {"starf", 0x2605}, {"strns", 0xAF},
    {"sung", 0x266A}, {"tcaron", 0x165}, {"tcedil", 0x163}, {"tcy", 0x442}, {"tscy", 0x446}, {"tshcy", 0x45B},
    {"tstrok", 0x167}, {"ubrcy", 0x45E}, {"ubreve", 0x16D}, {"ucy", 0x443}, {"udblac", 0x171}, {"umacr", 0x16B},
    {"uogon", 0x173}, {"uring", 0x16F}, {"utilde", 0x169}, {"vcy", 0x432}, {"verbar", 0x7C}, {"vert", 0x7C},
    {"wcirc", 0x175}, {"yacy", 0x44F}, {"ycirc", 0x177}, {"ycy", 0x44B}, {"yicy", 0x457}, {"yucy", 0x44E},
    {"zacute", 0x17A}, {"zcaron", 0x17E}, {"zcy", 0x437}, {"zdot", 0x17C}, {"zhcy", 0x436},
};

static uint32_t in_own_names(const char *name)
{
    size_t low = 0, high = sizeof names / sizeof *names;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = strcmp(name, names[middle].name);
        if (order == 0)
            return names[middle].character;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}

static int copy_name(char copy[ENTITY_MAX_LENGTH], const char *name, size_t length)
{
    const int letter = length ? name[0] | 0x20 : 0;
    if (letter < 'a' || letter > 'z' || length >= ENTITY_MAX_LENGTH || memchr(name, '\0', length))
        return 0;
    memcpy(copy, name, length);
    copy[length] = '\0';
    return 1;
}

uint32_t entity_added(const char *name, size_t length)
{
    char copy[ENTITY_MAX_LENGTH];
    return copy_name(copy, name, length) ? in_own_names(copy) : 0;
}

uint32_t entity_named(const char *name, size_t length)
{
    char copy[ENTITY_MAX_LENGTH];
    if (!copy_name(copy, name, length))
        return 0;
    const uint32_t character = in_own_names(copy);
    if (character)
        return character;
    const htmlEntityDesc *found = htmlEntityLookup((const xmlChar *)copy);
    return found ? found->value : 0;
}

uint32_t entity_numbered(uint32_t number)
{
    static const uint16_t windows[32] = {
        0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
    };
    if (number >= 0x80 && number < 0xA0)
        return windows[number - 0x80];
    const int is_surrogate = number >= 0xD800 && number < 0xE000;
    return number == 0 || is_surrogate || number > 0x10FFFF ? UTF8_REPLACEMENT : number;
}

static int digit_value(uint8_t digit, uint32_t base)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    const int letter = digit | 0x20;
    return base == 16 && letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/* The digits behind &# or &#x. -> 0 when they are none */
static int read_number(uint32_t *number, const uint8_t *digits, size_t length, uint32_t base)
{
    *number = 0;
    for (size_t i = 0; i < length; i++) {
        const int value = digit_value(digits[i], base);
        if (value < 0)
            return 0;
        if (*number <= 0x10FFFF) /* else it stays too large */
            *number = *number * base + (uint32_t)value;
    }
    return length > 0;
}

size_t entity_decode(uint32_t *character, const uint8_t *text, size_t length)
{
    const size_t limit = length < ENTITY_MAX_LENGTH ? length : ENTITY_MAX_LENGTH;
    const uint8_t *semicolon = memchr(text, ';', limit);
    if (!semicolon || semicolon - text < 2)
        return 0;
    const size_t end = (size_t)(semicolon - text);
    uint32_t number;
    if (text[1] != '#') {
        *character = entity_named((const char *)text + 1, end - 1);
        return *character ? end + 1 : 0;
    }
    const int is_hex = end > 2 && (text[2] | 0x20) == 'x';
    const size_t from = is_hex ? 3 : 2;
    if (!read_number(&number, text + from, end - from, is_hex ? 16 : 10))
        return 0;
    *character = entity_numbered(number);
    return end + 1;
}
