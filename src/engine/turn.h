/* A place that threads pass one at a time, in order of numbers. */
#ifndef SRC_ENGINE_TURN_H
#define SRC_ENGINE_TURN_H

#include <pthread.h>
#include <stdint.h>

#define TURN_ANY UINT64_MAX /* whoever comes first */

struct turn {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    uint64_t next; /* whose turn it is; read it only while holding the turn, or when no other thread runs */
    int is_held, is_broken;
};

void turn_init(struct turn *turn);
void turn_release(struct turn *turn);

/* Waits for turn `number`. -> 0: it is held; TRAWL_ERROR_CANCELLED: broken off */
int turn_take(struct turn *turn, uint64_t number);
void turn_pass(struct turn *turn);

/* Sends everybody home: for errors. */
void turn_break(struct turn *turn);
int turn_is_broken(struct turn *turn);

#endif
