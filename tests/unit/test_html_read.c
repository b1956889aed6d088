#include "src/source/html_read.h"

#include <string.h>

#include "include/trawl.h"
#include "src/util/memory.h"
#include "tests/unit/tap.h"

struct page {
    struct buffer body, title;
    struct flow flow;
    struct html_text text;
    const char *fault;
};

static int read_page(struct page *page, const void *html, size_t length)
{
    memset(page, 0, sizeof *page);
    buffer_init(&page->body);
    buffer_init(&page->title);
    flow_init(&page->flow, &page->body);
    page->text.body = &page->flow;
    page->text.title = &page->title;
    return html_read(&page->text, html, length, &page->fault);
}

static void release_page(struct page *page)
{
    buffer_release(&page->body);
    buffer_release(&page->title);
}

static void check_page(const void *html, size_t length, const char *title, const char *body)
{
    struct page page;
    CHECK_INT(read_page(&page, html, length), 0);
    CHECK_STRING(buffer_string(&page.title), title);
    CHECK_STRING(buffer_string(&page.body), body);
    release_page(&page);
}

static void check_body(const char *html, const char *body)
{
    check_page(html, strlen(html), "", body);
}

static void repeat(struct buffer *out, const char *text, size_t times)
{
    const size_t length = strlen(text);
    uint8_t *to = buffer_reserve(out, length * times);
    REQUIRE(to != NULL);
    for (size_t i = 0; i < times; i++)
        memcpy(to + i * length, text, length);
    out->length += length * times;
}

/* -------------------------------------------------------------- meanings */

static void inline_elements_part_no_words(void)
{
    check_body("wo<b>rd</b> <i>a</i><em>b</em>c<span>d</span>", "word abcd");
    check_body("a<br>b<hr>c<p>d<div>e</div>f<li>g<td>h", "a\nb\nc\nd\ne\nf\ng\nh");
    check_body("a<img>b<x-y>c</x-y>d<input>e", "a b c d e");
}

static void scripts_are_dropped(void)
{
    check_body("a<script>b</script>c<style>d</style>e<template>f<p>g</template>h", "a\nc\ne\nh");
    check_body("a<script>if (x < y && '<p>') { '</p>' }</script>b<script>unclosed <p>text", "a\nb");
    check_body("a<!-- b -- > c --><p>d<!-- e", "a\nd");
}

static void titles_are_apart(void)
{
    check_page("<title>A <b>t</b> </title>text", 30, "A t", "text");
    check_page("<title></title><title>B</title>x", 32, "B", "x");
    check_page("<title>A</title><title>B</title>x", 33, "A", "B\nx");
    check_page("<svg><title>A</title></svg>x", 28, "", "A\nx");
    check_page("<title>A<body>x", 15, "A", "x");
}

static void the_first_heading_is_marked(void)
{
    static const char html[] = "x<h2> </h2><h3>a <b>b</b></h3>y<h1>c</h1>";
    struct page page;
    CHECK_INT(read_page(&page, html, sizeof html - 1), 0);
    CHECK_STRING(buffer_string(&page.body), "x\na b\ny\nc");
    CHECK_BYTES(page.body.bytes + page.text.heading_start, page.text.heading_end - page.text.heading_start, "\na b", 4);
    release_page(&page);
}

static void entities_are_decoded(void)
{
    check_body("&lt;b&gt; &amp;amp; &eacute;t&#233;&#xe9; &rcaron;&SHCHcy;; &#151;", "<b> &amp; \xC3\xA9t\xC3\xA9\xC3\xA9 "
               "\xC5\x99\xD0\xA9; \xE2\x80\x94");
    check_body("AT&T &copy 1 &nosuch; & &; 1 &lt 2", "AT&T \xC2\xA9 1 &nosuch; & &; 1 < 2");
}

static void alternative_texts_stand_for_images(void)
{
    check_body("a<img src=x alt='b &amp; c'>d<img alt=''>e", "a b & c d e");
}

static void code_keeps_its_lines(void)
{
    check_body("<pre>a\n  b <b>c</b></pre> d  e", "a\n  b c\nd e");
}

static void damage_is_survived(void)
{
    check_page("a\0b<p\0>c<script>\0</script>\0d", 28, "", "a b\nc\nd");
    check_body("<p>one<div>two<table>three<tr><td>four<li>five<a href=\"x>six", "one\ntwo\nthree\nfour\nfive");
    check_body("</p></div></html>text</body>more<", "textmore<");
    check_body("</div>text</html></html></body>more", "textmore");
    check_body("", "");
    check_body("<", "<");
    check_body("<<<a", "<<");
    check_body("&", "&");
}

/* The text is fed in pieces, which must not show. */
static void the_place_of_cuts_does_not_matter(void)
{
#define LINE "\nw\xC3\xB6rd \xC3\xA9 \xC5\x99 bold"
    static const char part[] = "<p class=\"x\">w\xC3\xB6rd &eacute; &rcaron; <b>b</b>old<script>a<b</script></p>";
    struct buffer html;
    buffer_init(&html);
    for (size_t shift = 0; shift < 90; shift++) {
        struct page page;
        buffer_reset(&html);
        repeat(&html, "x", 1 + 4000 + shift);
        repeat(&html, part, 3);
        CHECK_INT(read_page(&page, html.bytes, html.length), 0);
        CHECK_STRING(buffer_string(&page.body) + 4001 + shift, LINE LINE LINE);
        release_page(&page);
    }
    buffer_reset(&html);
    repeat(&html, "\xF0\x9F\x98\x80", 5000);
    struct page page;
    CHECK_INT(read_page(&page, html.bytes, html.length), 0);
    CHECK_BYTES(page.body.bytes, page.body.length, html.bytes, html.length);
    release_page(&page);
    buffer_release(&html);
}

/* --------------------------------------------------------------- hostility */

static void check_hostile(const char *first, size_t first_times, const char *second, size_t second_times, const char *body)
{
    struct buffer html;
    buffer_init(&html);
    repeat(&html, first, first_times);
    repeat(&html, second, second_times);
    check_page(html.bytes, html.length, "", body);
    buffer_release(&html);
}

static void nesting_without_end(void)
{
    check_hostile("<div>", 1000000, "deep", 1, "deep");
    check_hostile("<b>", 300000, "</p>", 300000, "");
    check_hostile("<template>", 100000, "dropped", 1, "");
    check_hostile("<table><tr><td>", 100000, "cell", 1, "cell");
    check_hostile("<ul><li>", 100000, "item</ul>", 1, "item");
}

static void constructs_without_end(void)
{
    check_hostile("before<!--", 1, "x ", 1000000, "before");
    check_hostile("before<a href=\"", 1, "x ", 1000000, "before");
    check_hostile("before<script>", 1, "a<", 1000000, "before");
    check_hostile("before", 1, "<!--", 200000, "before");
    check_hostile("before</", 1, "x", 1000000, "before");
}

static void long_tags_pass(void)
{
    struct buffer html;
    buffer_init(&html);
    repeat(&html, "a<img src=\"data:", 1);
    repeat(&html, "AAAA BBBB ", 800000); /* blanks in quotes are no attributes */
    repeat(&html, "\" alt=picture>b", 1);
    check_page(html.bytes, html.length, "", "a picture b");
    buffer_release(&html);
}

static void tags_with_too_many_attributes_are_refused(void)
{
    struct buffer html;
    struct page page;
    buffer_init(&html);
    repeat(&html, "<a ", 1);
    for (unsigned i = 0; i < 200000; i++)
        buffer_printf(&html, "x%u=1 ", i);
    repeat(&html, ">text", 1);
    CHECK_INT(read_page(&page, html.bytes, html.length), TRAWL_ERROR_DOCUMENT);
    CHECK_STRING(page.fault, "HTML with a tag of more than 4,096 attributes");
    release_page(&page);
    buffer_release(&html);
}

static void flattened_pages_keep_their_words(void)
{
    struct buffer html, expected;
    struct page page;
    buffer_init(&html);
    buffer_init(&expected);
    for (unsigned i = 0; i < 20000; i++) {
        buffer_printf(&html, "<div class=\"c%u\">w%u</i> ", i, i);
        buffer_printf(&expected, i ? "\nw%u" : "w%u", i);
    }
    CHECK_INT(read_page(&page, html.bytes, html.length), 0);
    CHECK_STRING(buffer_string(&page.body), buffer_string(&expected));
    release_page(&page);
    buffer_release(&html);
    buffer_release(&expected);
}

static void memory_may_end_anywhere(void)
{
    static const char html[] = "<title>A title</title><p>Some text &rcaron; and <img alt=more>";
    int status = TRAWL_ERROR_MEMORY;
    for (long i = 0; status && i < 100; i++) {
        struct page page;
        memory_fail_after(i);
        status = read_page(&page, html, sizeof html - 1);
        memory_fail_after(-1);
        CHECK(status == 0 || status == TRAWL_ERROR_MEMORY);
        release_page(&page);
    }
    CHECK_INT(status, 0);
}

TAP_MAIN("html read", TAP_CASE(inline_elements_part_no_words), TAP_CASE(scripts_are_dropped), TAP_CASE(titles_are_apart),
         TAP_CASE(the_first_heading_is_marked), TAP_CASE(entities_are_decoded), TAP_CASE(alternative_texts_stand_for_images),
         TAP_CASE(code_keeps_its_lines), TAP_CASE(damage_is_survived), TAP_CASE(the_place_of_cuts_does_not_matter),
         TAP_CASE(nesting_without_end), TAP_CASE(constructs_without_end), TAP_CASE(long_tags_pass),
         TAP_CASE(tags_with_too_many_attributes_are_refused), TAP_CASE(flattened_pages_keep_their_words),
         TAP_CASE(memory_may_end_anywhere))
