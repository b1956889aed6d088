/* TRAWL_PRINTF(format, first): lets the compiler check a printf-like function's
 * arguments; `format` and `first` count its parameters from 1. */
#ifndef TRAWL_UTIL_PRINTF_LIKE_H
#define TRAWL_UTIL_PRINTF_LIKE_H

#if defined(__GNUC__)
#define TRAWL_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#else
#define TRAWL_PRINTF(format_at, first_at)
#endif

#endif
