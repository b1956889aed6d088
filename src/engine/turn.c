#include "src/engine/turn.h"

#include "include/trawl.h"

void turn_init(struct turn *turn)
{
    pthread_mutex_init(&turn->mutex, NULL);
    pthread_cond_init(&turn->changed, NULL);
    turn->next = 0;
    turn->is_held = turn->is_broken = 0;
}

void turn_release(struct turn *turn)
{
    pthread_cond_destroy(&turn->changed);
    pthread_mutex_destroy(&turn->mutex);
}

int turn_take(struct turn *turn, uint64_t number)
{
    pthread_mutex_lock(&turn->mutex);
    while (!turn->is_broken && (turn->is_held || (number != TURN_ANY && turn->next != number)))
        pthread_cond_wait(&turn->changed, &turn->mutex);
    const int status = turn->is_broken ? TRAWL_ERROR_CANCELLED : 0;
    if (status == 0)
        turn->is_held = 1;
    pthread_mutex_unlock(&turn->mutex);
    return status;
}

void turn_pass(struct turn *turn)
{
    pthread_mutex_lock(&turn->mutex);
    turn->is_held = 0;
    turn->next++;
    pthread_cond_broadcast(&turn->changed);
    pthread_mutex_unlock(&turn->mutex);
}

void turn_break(struct turn *turn)
{
    pthread_mutex_lock(&turn->mutex);
    turn->is_broken = 1;
    pthread_cond_broadcast(&turn->changed);
    pthread_mutex_unlock(&turn->mutex);
}

int turn_is_broken(struct turn *turn)
{
    pthread_mutex_lock(&turn->mutex);
    const int is_broken = turn->is_broken;
    pthread_mutex_unlock(&turn->mutex);
    return is_broken;
}
