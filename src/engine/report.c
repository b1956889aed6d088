#include "src/engine/report.h"

#include <string.h>
#include <time.h>

#include "index/format/meta.h"
#include "src/util/error.h"
#include "src/util/memory.h"

enum { REMARKS_WAITING_MAX = 16384, REFUSED_MAX = 10000, INTERVAL_NS = 100 * 1000 * 1000, SECOND_NS = 1000 * 1000 * 1000 };

void report_init(struct report *report, struct load_totals *totals)
{
    memset(report, 0, sizeof *report);
    pthread_mutex_init(&report->mutex, NULL);
    pthread_cond_init(&report->changed, NULL);
    interner_init(&report->refused);
    report->totals = totals;
}

void report_release(struct report *report)
{
    pthread_cond_destroy(&report->changed);
    pthread_mutex_destroy(&report->mutex);
    interner_release(&report->refused);
    memory_free(report->remarks);
}

int report_refused_fields(struct report *report, const struct parsed_batch *batch)
{
    int64_t added = 0;
    pthread_mutex_lock(&report->mutex);
    for (size_t i = 0; i < batch->name_count && added >= 0 && report->refused.count < REFUSED_MAX; i++) {
        const struct parsed_name *name = &batch->names[i];
        const uint8_t *bytes = (const uint8_t *)name->bytes;
        if (name->field == FIELD_DEFAULT)
            added = interner_add(&report->refused, bytes, name->length, hash_bytes(bytes, name->length), NULL);
    }
    pthread_mutex_unlock(&report->mutex);
    return added < 0 ? TRAWL_ERROR_MEMORY : 0;
}

void report_tell_refused(struct report *report)
{
    const size_t count = report->refused.count;
    struct trawl_error note = {0};
    if (count == 0 || !report->on_document)
        return;
    const struct interner_key *first = &report->refused.keys[0];
    error_set(&note, TRAWL_ERROR_LIMIT,
              "%s%zu field%s, first \"%.*s\", cannot be searched by name, for an index has at most %d besides the body",
              count == REFUSED_MAX ? "at least " : "", count, count == 1 ? "" : "s", (int)first->length,
              (const char *)first->bytes, FIELD_PAIRS - FIELD_BODY - 1);
    report->on_document(report->context, 0, &note);
    interner_reset(&report->refused);
}

static int take_remarks(struct report *report, const struct parsed_batch *batch)
{
    if (batch->remark_count == 0 || !report->on_document)
        return 0;
    while (report->is_threaded && !report->is_closed && report->remark_count > REMARKS_WAITING_MAX)
        pthread_cond_wait(&report->changed, &report->mutex);
    if (memory_grow(&report->remarks, &report->remark_capacity, report->remark_count + batch->remark_count,
                    sizeof *report->remarks))
        return TRAWL_ERROR_MEMORY;
    memcpy(report->remarks + report->remark_count, batch->remarks, batch->remark_count * sizeof *batch->remarks);
    report->remark_count += batch->remark_count;
    pthread_cond_broadcast(&report->changed);
    return 0;
}

int report_batch(struct report *report, const struct parsed_batch *batch, uint64_t bytes_read, uint64_t bytes_total)
{
    pthread_mutex_lock(&report->mutex);
    report->totals->documents += batch->document_count;
    report->totals->skipped += batch->skipped;
    report->totals->damaged += batch->damaged;
    report->totals->text_bytes += batch->text_bytes;
    report->totals->bytes_read += bytes_read;
    if (bytes_total > report->totals->bytes_total)
        report->totals->bytes_total = bytes_total;
    const int status = take_remarks(report, batch);
    pthread_mutex_unlock(&report->mutex);
    return status;
}

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * SECOND_NS + (uint64_t)now.tv_nsec;
}

/* Remarks are moved out under the lock and delivered outside it: a slow
 * callback holds up nobody until very many wait. */
static void deliver_remarks(struct report *report)
{
    pthread_mutex_lock(&report->mutex);
    struct parsed_remark *remarks = report->remarks;
    const size_t count = report->remark_count;
    report->remarks = NULL;
    report->remark_count = report->remark_capacity = 0;
    pthread_cond_broadcast(&report->changed);
    pthread_mutex_unlock(&report->mutex);
    for (size_t i = 0; i < count; i++)
        report->on_document(report->context, remarks[i].level, &remarks[i].error);
    memory_free(remarks);
}

int report_step(void *context)
{
    struct report *report = context;
    const uint64_t now = now_ns();
    if (!report->progress || now < report->next_progress_ns)
        return 0;
    report->next_progress_ns = now + INTERVAL_NS;
    pthread_mutex_lock(&report->mutex);
    const struct trawl_progress progress = {
        .documents = report->totals->documents,
        .skipped = report->totals->skipped,
        .bytes_read = report->totals->bytes_read,
        .bytes_total = report->totals->bytes_total,
        .phase = report->phase,
    };
    pthread_mutex_unlock(&report->mutex);
    return report->progress(report->context, &progress);
}

int report_deliver(struct report *report)
{
    deliver_remarks(report);
    return report_step(report) ? TRAWL_ERROR_CANCELLED : 0;
}

void report_wait(struct report *report)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += INTERVAL_NS;
    until.tv_sec += until.tv_nsec / SECOND_NS;
    until.tv_nsec %= SECOND_NS;
    pthread_mutex_lock(&report->mutex);
    if (report->remark_count == 0 && !report->is_closed)
        pthread_cond_timedwait(&report->changed, &report->mutex, &until);
    pthread_mutex_unlock(&report->mutex);
}
