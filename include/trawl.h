/* libtrawl: full-text search in one library. Build an index from documents,
 * search it with ranked, phrase and boolean queries, get snippets.
 *
 *     trawl_snapshot *snapshot;   trawl_searcher *searcher;   trawl_results *results;
 *     struct trawl_error error = {0};
 *     trawl_snapshot_open(&snapshot, "my-index", &error);
 *     trawl_searcher_new(&searcher, snapshot, &error);
 *     trawl_search(&results, searcher, "harbour nets", 12, NULL, &error);
 *
 * Conventions
 *   Handles are opaque. Out-parameters come first, the error last.
 *   Functions return 0 or a negative enum trawl_status; iterators return 1 at
 *   their end. `error` may be NULL; each call that takes one sets its code.
 *   Texts are UTF-8 with a length, never NUL-terminated unless said.
 *   Option structs start with `size`, set by the TRAWL_..._INIT macros, so that
 *   a newer library reads an older program's smaller struct: absent members
 *   take their defaults. NULL means all defaults; values out of their range
 *   are TRAWL_ERROR_ARGUMENT. Structs that are filled in
 *   (stats, reports) start with `size` too.
 *   What is given to a call is read during the call and not kept, but
 *   callbacks and their context.
 *   Nothing is printed, and no signal handler, locale or environment variable
 *   is touched or read, but TRAWL_CPU (a processor level for tests).
 *
 * Lifetimes. Each open or new, trawl_search and trawl_get gives what the call of the
 * same family that ends in close, free or release takes back; those take NULL.
 * A pointer that a call hands out belongs to the object it was asked of and
 * holds until that is freed, unless said otherwise; what a callback is given
 * holds during the callback. Searchers and walks over terms keep a reference
 * to their snapshot, results and stored documents memory of their own too: they may
 * be freed in any order.
 *
 * Threads. A snapshot may be used by any number of threads at once, its
 * functions, trawl_get and trawl_analyze included. A searcher, results, a walk
 * over terms, a stored document and a writer are for one thread at a time: give
 * each thread a searcher of its own. Different objects do not disturb each
 * other, nor do trawl_verify and the reading of an index that is being written.
 * With `threads` in its options a search shares its matching with threads of its own: inside the call, as far as a
 * caller can see.
 *
 * Costs are said where a call does more than look something up. */
#ifndef TRAWL_H
#define TRAWL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#if defined(__GNUC__)
#pragma GCC visibility push(default) /* the library is built with everything else hidden */
#endif

#define TRAWL_VERSION "0.1.0"
#define TRAWL_FORMAT_VERSION 1 /* of the index: what is written, and read */

enum trawl_status {
    TRAWL_OK = 0,
    TRAWL_END = 1,                /* an iterator's end; not an error */
    TRAWL_ERROR_MEMORY = -1,      /* memory ended */
    TRAWL_ERROR_IO = -2,          /* a system call failed: message and file say which */
    TRAWL_ERROR_CORRUPT = -3,     /* damaged index: file and offset say where */
    TRAWL_ERROR_ARGUMENT = -4,    /* the caller's mistake */
    TRAWL_ERROR_QUERY = -5,       /* a broken query under `strict` */
    TRAWL_ERROR_LIMIT = -6,       /* a query over a limit: words, depth, length */
    TRAWL_ERROR_NOT_FOUND = -7,   /* no such index, file, document */
    TRAWL_ERROR_LOCKED = -8,      /* another writer holds the index */
    TRAWL_ERROR_CANCELLED = -9,   /* a callback said stop */
    TRAWL_ERROR_TIMEOUT = -10,    /* the search took longer than allowed */
    TRAWL_ERROR_SETTINGS = -11,   /* settings differ from those of the index */
    TRAWL_ERROR_UNSUPPORTED = -12, /* a newer format or a required section unknown here */
    TRAWL_ERROR_DOCUMENT = -13    /* a document cannot be taken; the rest can */
};

struct trawl_error {
    int code;           /* enum trawl_status; 0: no error */
    uint64_t offset;    /* byte in `file`, or line of it for documents; 0 when it says nothing */
    char file[512];     /* "" when no file is meant */
    char message[512];  /* one sentence without a full stop, NUL-terminated */
};

/* TRAWL_VERSION of the library that runs. A constant. */
const char *trawl_version(void);

/* ---------------------------------------------------------------- writing */

typedef struct trawl_writer trawl_writer;

enum trawl_store { TRAWL_STORE_TEXT = 0, TRAWL_STORE_NONE = 1 };

/* Called on the thread that called the library, ten times a second or so.
 * Return non-zero to stop: the call then fails with TRAWL_ERROR_CANCELLED and
 * the index stays as it was. */
struct trawl_progress {
    uint64_t documents, skipped;
    uint64_t bytes_read, bytes_total; /* of input; total 0 when unknown */
    int phase;                        /* 0 reading and inverting, 1 merging, 2 committing */
};
typedef int trawl_progress_callback(void *context, const struct trawl_progress *progress);

/* Called for every document that was skipped or repaired: `error` names file,
 * line and reason; level 0 note, 1 skipped. In input order. Before a commit
 * there may be one note of no file: that fields cannot be searched by name,
 * for an index has at most 253 besides the body (TRAWL_ERROR_LIMIT). */
typedef void trawl_document_callback(void *context, int level, const struct trawl_error *error);

struct trawl_writer_options {
    size_t size;
    int create;                  /* 1: make the index when there is none (default 1) */
    int fresh;                   /* 1: start empty; the old content stays until commit replaces it */
    int wait;                    /* 1: wait for another writer; 0: TRAWL_ERROR_LOCKED */
    int strict;                  /* 1: a bad document fails the call that read it */
    const char *language;        /* Snowball name or "none"; NULL: the index's, "english" for a new one */
    int store;                   /* enum trawl_store; -1: the index's, TEXT for a new one */
    int positions;               /* 1, 0; -1: the index's, 1 for a new one */
    int pairs;                   /* of common words; as positions, without which there are none */
    unsigned threads;            /* 0: one per processor; at most four and one for each 8 MB of memory work */
    uint64_t memory;             /* bytes for buffers, 0: 512 MiB */
    uint64_t max_document_size;  /* bytes, 0: 64 MiB */
    trawl_progress_callback *progress;
    trawl_document_callback *on_document;
    void *context;               /* for the callbacks */
    int no_reorder;              /* 1: large segments keep their documents in the order in which they came */
};
#define TRAWL_WRITER_OPTIONS_INIT \
    { sizeof(struct trawl_writer_options), 1, 0, 0, 0, NULL, -1, -1, -1, 0, 0, 0, NULL, NULL, NULL, 0 }

/* Opens the index folder `path` for writing and takes its lock, which ends with
 * the writer or the process. Settings other than the index's are
 * TRAWL_ERROR_SETTINGS. Reads the manifest and opens the segments' files; of
 * the index's size only the number of segments matters.
 *
 * A writer gathers; nothing that it did shows before trawl_writer_commit. When a call
 * failed in the middle (memory, the disk, a callback that stopped) all later
 * ones fail too: close the writer. TRAWL_ERROR_ARGUMENT and TRAWL_ERROR_DOCUMENT leave it usable,
 * the latter but for `strict`. */
int trawl_writer_open(trawl_writer **writer, const char *path, const struct trawl_writer_options *options,
                      struct trawl_error *error);

/* Without a commit everything since the last one is undone; its temporary files go. */
void trawl_writer_close(trawl_writer *writer);

enum trawl_format {
    TRAWL_FORMAT_AUTO = 0, /* by extension, else by content */
    TRAWL_FORMAT_TEXT, TRAWL_FORMAT_MARKDOWN, TRAWL_FORMAT_HTML,
    TRAWL_FORMAT_JSONL, TRAWL_FORMAT_TSV, TRAWL_FORMAT_TREC
};

struct trawl_source_options {
    size_t size;
    int format;    /* enum trawl_format */
    int no_ignore; /* 1: do not read .gitignore and .ignore */
    int hidden;    /* 1: take hidden files too */
};
#define TRAWL_SOURCE_OPTIONS_INIT { sizeof(struct trawl_source_options), 0, 0, 0 }

/* Adds all documents of files, folders and "-" (standard input), in order, on
 * the writer's threads. A document whose id the index has replaces it; of those
 * with one id the last counts. Cost: that of reading and inverting the text; past `memory` it goes to disk. */
int trawl_writer_add_paths(trawl_writer *writer, const char *const *paths, size_t count,
                           const struct trawl_source_options *options, struct trawl_error *error);

/* A document given field by field. Names "title" and "body" have their usual
 * meaning; other text fields are indexed under their own name too. A name may
 * come several times (several values). */
struct trawl_field {
    const char *name;
    size_t name_length;
    const char *value;
    size_t value_length;
    int stored_only; /* 1: `value` is one value of JSON, kept but not indexed */
};
struct trawl_document {
    const char *id;
    size_t id_length;
    const struct trawl_field *fields;
    size_t field_count;
};
/* Adds one, on the calling thread. An id has 1 to 1,024 bytes without control
 * characters; text that is not UTF-8, a bad id or a document over the
 * limit is TRAWL_ERROR_DOCUMENT, and nothing was added. */
int trawl_writer_add(trawl_writer *writer, const struct trawl_document *document, struct trawl_error *error);

/* Deletes take effect at commit, and act on documents committed or added
 * before the call. *deleted (may be NULL) counts those that were there. What was
 * added since the last delete, merge or commit is made a segment first: delete many in a row
 * rather than between additions. A query is read as trawl_search reads it without
 * options, repairs included: `trawl_count` with `strict` says beforehand whether it is sound. */
int trawl_writer_delete(trawl_writer *writer, const char *id, size_t id_length, uint64_t *deleted, struct trawl_error *error);
int trawl_writer_delete_query(trawl_writer *writer, const char *query, size_t length, uint64_t *deleted,
                              struct trawl_error *error);

/* Rewrites all segments into one at the next commit, documents in the best
 * order; deletes are purged. Reads and writes the whole index, and needs disk
 * space for a second one until the commit. */
int trawl_writer_merge(trawl_writer *writer, struct trawl_error *error);

struct trawl_commit_report {
    size_t size;
    uint64_t documents, skipped, replaced, damaged_bytes; /* of this writer */
    uint64_t live_documents, terms;                       /* of the index now */
    uint64_t text_bytes, index_bytes;                     /* input read; size of the index folder */
    uint64_t milliseconds;                                /* since open */
    uint64_t index_text_bytes;                            /* text that the whole index was made of */
};
#define TRAWL_COMMIT_REPORT_INIT { sizeof(struct trawl_commit_report), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/* Makes everything durable and visible at once; writes what is still in memory,
 * syncs, and may merge small segments. The writer can go on. `report` may be NULL. */
int trawl_writer_commit(trawl_writer *writer, struct trawl_commit_report *report, struct trawl_error *error);

/* ---------------------------------------------------------------- reading */

typedef struct trawl_snapshot trawl_snapshot;

/* One committed state of the index, unchanged by later commits. Reference
 * counted; open gives one reference. Files are mapped, not read: opening costs well
 * under a millisecond for a few segments. */
int trawl_snapshot_open(trawl_snapshot **snapshot, const char *path, struct trawl_error *error);
void trawl_snapshot_retain(trawl_snapshot *snapshot);
void trawl_snapshot_release(trawl_snapshot *snapshot);

/* A newer commit's snapshot in *newer, a reference to be released like that of an open, or NULL there when this is the
 * newest: then it cost a look at one file's inode, or the reading of one small file. */
int trawl_snapshot_refresh(trawl_snapshot **newer, trawl_snapshot *snapshot, struct trawl_error *error);

struct trawl_stats {
    size_t size;
    uint64_t documents, deleted, segments, generation, bytes;
    uint64_t terms; /* summed over segments */
    uint64_t tokens;
    double average_length; /* tokens per document in the default field */
    int has_positions, has_pairs, store;
    char language[32];
    char analysis[256]; /* the description of the analysis, NUL-terminated */
    uint64_t reordered; /* segments that keep documents in another order than that of insertion */
    uint64_t text_bytes; /* of the fields that were indexed, summed over segments */
};
#define TRAWL_STATS_INIT { sizeof(struct trawl_stats), 0, 0, 0, 0, 0, 0, 0, 0.0, 0, 0, 0, "", "", 0, 0 }
/* The first call on a snapshot reads a byte per document. */
int trawl_snapshot_stats(struct trawl_stats *stats, trawl_snapshot *snapshot, struct trawl_error *error);

/* Bytes of the index by part ("terms", "documents", "positions", ...). Calls
 * `each` with a NUL-terminated name. */
typedef void trawl_size_callback(void *context, const char *part, uint64_t bytes);
int trawl_snapshot_sizes(trawl_snapshot *snapshot, trawl_size_callback *each, void *context, struct trawl_error *error);

/* The name of field `number`, NUL-terminated, which holds as long as the snapshot;
 * NULL past the last. Number 0 is the default field, named "". */
const char *trawl_snapshot_field(trawl_snapshot *snapshot, size_t number);

/* Terms of a field (NULL: the default field) that start with a prefix, in byte
 * order, with live document and collection frequency. A term is NUL-terminated
 * and holds until the next call on `terms`. Each step decodes one dictionary entry;
 * where documents are deleted, and in the body, it reads the term's postings the first time. A field that the index has
 * not is TRAWL_ERROR_ARGUMENT. */
typedef struct trawl_terms trawl_terms;
int trawl_terms_open(trawl_terms **terms, trawl_snapshot *snapshot, const char *field, const char *prefix, size_t length,
                     struct trawl_error *error);
int trawl_terms_next(trawl_terms *terms, const char **term, size_t *length, uint64_t *documents, uint64_t *occurrences,
                     struct trawl_error *error); /* TRAWL_END at the end */
void trawl_terms_close(trawl_terms *terms);

/* A stored document. Fields come in the order they were given, and hold as long as `stored`. Unpacks one
 * block of some 32 KiB. */
typedef struct trawl_stored trawl_stored;
int trawl_get(trawl_stored **stored, trawl_snapshot *snapshot, const char *id, size_t length,
              struct trawl_error *error); /* TRAWL_ERROR_NOT_FOUND; TRAWL_ERROR_UNSUPPORTED: nothing is stored */
int trawl_stored_field(struct trawl_field *field, const trawl_stored *stored, size_t number); /* TRAWL_END past the last */
/* One line, NUL-terminated, which holds until the next call or until `stored` is freed; NULL: no memory. */
const char *trawl_stored_json(trawl_stored *stored, size_t *length);
void trawl_stored_free(trawl_stored *stored);

/* The tokens that a text gives. With NULL for `snapshot`, those of `language` (NULL: english). A term is not
 * NUL-terminated. When `each` stops: TRAWL_ERROR_CANCELLED. */
struct trawl_token {
    const char *term;
    size_t term_length;
    uint32_t position;
    size_t start, end; /* bytes of the text */
};
typedef int trawl_token_callback(void *context, const struct trawl_token *token); /* non-zero stops */
int trawl_analyze(trawl_snapshot *snapshot, const char *language, const char *text, size_t length,
                  trawl_token_callback *each, void *context, struct trawl_error *error);

/* ---------------------------------------------------------------- searching */

typedef struct trawl_searcher trawl_searcher;
typedef struct trawl_results trawl_results;

/* What searches share and reuse: a stemmer, working memory, threads. Costs microseconds, but
 * keep it: memory grows to what the largest query needed and stays. */
int trawl_searcher_new(trawl_searcher **searcher, trawl_snapshot *snapshot, struct trawl_error *error);
void trawl_searcher_free(trawl_searcher *searcher);

enum trawl_stopwords { TRAWL_STOPWORDS_DEFAULT = 0, TRAWL_STOPWORDS_NONE, TRAWL_STOPWORDS_ENGLISH };

struct trawl_search_options {
    size_t size;
    size_t limit, offset;     /* 10, 0; limit 0 only counts */
    int no_count;             /* 1: the total may be a lower bound */
    int literal;              /* 1: operators are text (-F) */
    int all;                  /* 1: every item must match */
    int strict;               /* 1: a broken query is TRAWL_ERROR_QUERY */
    float k1, b;              /* 0.9, 0.4 */
    int stopwords;            /* enum trawl_stopwords */
    size_t max_expansions;    /* of a prefix: 1024; those in the most documents, and the total is then a lower bound */
    size_t snippets;          /* per hit: 1; 0 for none */
    size_t snippet_length;    /* in characters: 160 */
    uint64_t timeout_us;      /* 0: none */
    int exhaustive;           /* 1: no pruning; the results are the same (for tests) */
    int no_titles;            /* 1: hits come without titles, so that stored documents are not touched */
    unsigned threads;         /* that match together: 1; 0: one per processor. The results are the same */
};
#define TRAWL_SEARCH_OPTIONS_INIT \
    { sizeof(struct trawl_search_options), 10, 0, 0, 0, 0, 0, 0.9f, 0.4f, TRAWL_STOPWORDS_DEFAULT, 1024, 1, 160, 0, 0, 0, 1 }

/* Runs a query. Costs the matching, then for each hit the reading of its id and,
 * for titles and snippets, of its stored document. With `threads` over 1 a query that would match for more than
 * some hundred microseconds is shared out, which costs a few dozen more in all; cheaper ones, those of one word and those for more than
 * 20,000 hits are not, and the expanding of prefixes never is. The searcher starts the threads when it first needs them, each with some
 * 100 KB and what its share of a query takes, and keeps them until it is freed. With no_count the
 * total of a shared query says no more than how many hits were wanted. A query
 * that cannot be parsed is repaired unless `strict`; see the diagnostics. On
 * TRAWL_ERROR_QUERY and TRAWL_ERROR_LIMIT *results is set too, without hits,
 * for its diagnostics; otherwise an error leaves it NULL. */
int trawl_search(trawl_results **results, trawl_searcher *searcher, const char *query, size_t length,
                 const struct trawl_search_options *options, struct trawl_error *error);
void trawl_results_free(trawl_results *results);

/* The exact number of matching documents; cheaper than a search. *results as
 * above, without hits; may be NULL. A prefix over max_expansions is
 * TRAWL_ERROR_LIMIT here, as it is under `strict` and with limit 0. */
int trawl_count(uint64_t *count, trawl_results **results, trawl_searcher *searcher, const char *query, size_t length,
                const struct trawl_search_options *options, struct trawl_error *error);

size_t trawl_results_size(const trawl_results *results); /* hits held */
uint64_t trawl_results_total(const trawl_results *results, int *is_exact);
const char *trawl_results_parsed(const trawl_results *results); /* canonical form, NUL-terminated */
uint64_t trawl_results_search_ns(const trawl_results *results); /* from the query's text to the hits, without snippets */

struct trawl_hit {
    const char *id, *title; /* title: "" when there is none or nothing is stored */
    size_t id_length, title_length;
    float score;
    uint64_t insertion; /* the document's insertion number */
};
/* Both hold as long as the results. */
int trawl_results_hit(struct trawl_hit *hit, const trawl_results *results, size_t number); /* TRAWL_END past the last */

struct trawl_snippet {
    const char *field; /* NUL-terminated */
    const char *text;
    size_t text_length;
    const size_t (*spans)[2]; /* [start, end) bytes of `text`, ascending, apart */
    size_t span_count;
    int starts_inside, ends_inside; /* 1: the field's text goes on before / behind */
};
/* TRAWL_END past the last. */
int trawl_results_snippet(struct trawl_snippet *snippet, const trawl_results *results, size_t hit, size_t number);

/* A stored field of a hit: all values of `name` (NUL-terminated), as `number` counts up; TRAWL_END past the
 * last, and when nothing is stored. Reads the stored document unless it was read for a title or snippet. */
int trawl_results_field(struct trawl_field *field, trawl_results *results, size_t hit, const char *name, size_t number,
                        struct trawl_error *error);

enum trawl_level { TRAWL_NOTE, TRAWL_WARNING, TRAWL_FAILURE };
struct trawl_diagnostic {
    int level;
    const char *code;      /* "unclosed-quote"; NUL-terminated */
    size_t offset, length; /* bytes of the query */
    const char *message;   /* NUL-terminated */
    const char *pointer;   /* what the caret line says; NUL-terminated, may be "" */
};
/* TRAWL_END past the last. */
int trawl_results_diagnostic(struct trawl_diagnostic *diagnostic, const trawl_results *results, size_t number);

/* The results as one line of JSON without its line end (docs/CLI.md shows the shape), with
 * the stored fields named in `fields`; to be freed with trawl_text_free. */
int trawl_results_json(char **text, size_t *length, trawl_results *results, const char *const *fields, size_t field_count,
                       struct trawl_error *error);

/* How a document's score came about: a text of several lines, or JSON, to be
 * freed with trawl_text_free. TRAWL_ERROR_NOT_FOUND: no such document;
 * a document that does not match says so in the text. Costs the planning of the query, not a search. */
int trawl_explain(char **text, size_t *length, trawl_searcher *searcher, const char *query, size_t query_length,
                  const char *id, size_t id_length, int json, const struct trawl_search_options *options,
                  struct trawl_error *error);
void trawl_text_free(char *text); /* of what trawl_results_json and trawl_explain made; NULL is fine */

/* ---------------------------------------------------------------- checking */

/* Reads every byte of the index and checks every rule of the format. Calls
 * `damage` (may be NULL) for each finding. 0 sound, TRAWL_ERROR_CORRUPT
 * damaged, other: could not look. Nothing is locked or changed. */
typedef void trawl_damage_callback(void *context, const struct trawl_error *error);
int trawl_verify(const char *path, trawl_damage_callback *damage, void *context, struct trawl_error *error);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif
#endif
