/* Which version of Unicode the analysis follows: that of the library's tables. */
#ifndef TRAWL_TEXT_UNICODEVERSION_H
#define TRAWL_TEXT_UNICODEVERSION_H

/* Such as "15.0"; a static string. */
const char *unicode_version(void);

#endif
