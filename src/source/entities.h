/* Character references of HTML: &eacute; &#233; &#xE9; */
#ifndef SRC_SOURCE_ENTITIES_H
#define SRC_SOURCE_ENTITIES_H

#include <stddef.h>
#include <stdint.h>

enum { ENTITY_MAX_LENGTH = 32 }; /* longest reference looked at, from & to ; */

/* The character of a name such as "eacute"; 0: unknown. */
uint32_t entity_named(const char *name, size_t length);

/* The same, of the names that libxml2 does not know. */
uint32_t entity_added(const char *name, size_t length);

/* The character that a number means to a browser: 128 to 159 are those of
 * Windows-1252, what is no character becomes U+FFFD. */
uint32_t entity_numbered(uint32_t number);

/* Decodes the reference that `text` begins with, from & to ; inclusive. -> its
 * length, or 0 when it is none; the & is then text. */
size_t entity_decode(uint32_t *character, const uint8_t *text, size_t length);

#endif
