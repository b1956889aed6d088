#include "src/cli/cli_signals.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

/* A handler can leave its word nowhere else. It may run in any thread. */
static atomic_int caught;

static void note_signal(int number)
{
    caught = number;
}

static void watch(int number)
{
    struct sigaction old, action = {.sa_handler = note_signal, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    /* What the caller had us ignore (nohup) stays ignored. */
    if (sigaction(number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
        sigaction(number, &action, NULL);
}

void cli_signals_watch(void)
{
    watch(SIGINT);
    watch(SIGTERM);
    watch(SIGHUP);
    signal(SIGPIPE, SIG_IGN);
#ifdef SIGXFSZ
    signal(SIGXFSZ, SIG_IGN); /* a file over the user's limit is then an error of the write */
#endif
}

int cli_signals_caught(void)
{
    return caught;
}
