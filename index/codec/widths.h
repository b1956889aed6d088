/* For kernels that have a function of its own for each width, named unpackW and
 * documentsW, with its steps written out: shifts are then known when compiling. */
#ifndef INDEX_CODEC_WIDTHS_H
#define INDEX_CODEC_WIDTHS_H

#define ALWAYS_INLINE static inline __attribute__((always_inline))

#define EIGHT(DO, first)                                                                                                    \
    DO(first) DO(first + 1) DO(first + 2) DO(first + 3) DO(first + 4) DO(first + 5) DO(first + 6) DO(first + 7)

/* clang-format off */
#define ALL_WIDTHS(DO)                                                    \
    DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10)    \
    DO(11) DO(12) DO(13) DO(14) DO(15) DO(16) DO(17) DO(18) DO(19) DO(20) \
    DO(21) DO(22) DO(23) DO(24) DO(25) DO(26) DO(27) DO(28) DO(29) DO(30) \
    DO(31) DO(32)
/* clang-format on */

/* The functions that choose among them. */
#define UNPACK_ENTRY(w) unpack##w,
#define DOCUMENTS_ENTRY(w) documents##w,
#define BY_WIDTH(storage, unpack, unpack_documents)                                                                      \
    storage void unpack(uint32_t *numbers, const uint8_t *packed, unsigned width, uint32_t plus)                        \
    {                                                                                                           \
        static void (*const by_width[])(uint32_t *restrict, const uint8_t *restrict, uint32_t) = {              \
            ALL_WIDTHS(UNPACK_ENTRY)};                                                                          \
        by_width[width](numbers, packed, plus);                                                                 \
    }                                                                                                           \
    storage void unpack_documents(uint32_t *documents, const uint8_t *packed, unsigned width, uint32_t previous)        \
    {                                                                                                           \
        static void (*const by_width[])(uint32_t *restrict, const uint8_t *restrict, uint32_t) = {              \
            ALL_WIDTHS(DOCUMENTS_ENTRY)};                                                                       \
        by_width[width](documents, packed, previous);                                                           \
    }

#endif
