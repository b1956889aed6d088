/* What a load tells its caller: totals for the progress callback and remarks
 * on documents, gathered by any thread, delivered on the caller's own. */
#ifndef SRC_ENGINE_REPORT_H
#define SRC_ENGINE_REPORT_H

#include <pthread.h>
#include <stdint.h>

#include "src/engine/parsed_batch.h"
#include "src/util/hash.h"

struct load_totals {
    uint64_t documents, skipped, replaced, damaged, bytes_read, bytes_total, text_bytes;
};

struct report {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct load_totals *totals; /* the caller's */
    struct parsed_remark *remarks;
    size_t remark_count, remark_capacity;
    int is_threaded; /* somebody else delivers: wait for room */
    int is_closed;   /* nobody delivers any more */
    trawl_progress_callback *progress;
    trawl_document_callback *on_document;
    void *context;
    struct interner refused; /* names of fields that got no number, the first of them */
    uint64_t next_progress_ns;
    int phase;
};

void report_init(struct report *report, struct load_totals *totals);
void report_release(struct report *report);

/* Adds a finished batch's figures and remarks. Waits while very many remarks are undelivered. -> 0 or TRAWL_ERROR_MEMORY */
int report_batch(struct report *report, const struct parsed_batch *batch, uint64_t bytes_read, uint64_t bytes_total);

/* Notes the fields of a numbered batch that the list of fields has no room for. -> 0 or TRAWL_ERROR_MEMORY */
int report_refused_fields(struct report *report, const struct parsed_batch *batch);

/* Tells the caller of these, once: for a commit. */
void report_tell_refused(struct report *report);

/* Hands all remarks to the caller and calls its progress callback when a tenth
 * of a second has passed since the last time. -> 0 or TRAWL_ERROR_CANCELLED */
int report_deliver(struct report *report);

/* Waits until there is something to deliver, at most a tenth of a second. */
void report_wait(struct report *report);

/* For the writers' progress: context is the report. -> non-zero to stop */
int report_step(void *report);

#endif
