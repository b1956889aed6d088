/* cost FILE COMMAND...
 *
 * Runs the command and adds a line to FILE: seconds by the clock, seconds of the
 * processors, megabytes of memory at the most. Ends as the command does. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argument_count, char **arguments)
{
    int status = 0;
    if (argument_count < 3)
        return 2;
    const double start = now();
    const pid_t child = fork();
    if (child == 0) {
        execvp(arguments[2], arguments + 2);
        fprintf(stderr, "cost: %s: %s\n", arguments[2], strerror(errno));
        _exit(127);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    struct rusage usage;
    FILE *file = fopen(arguments[1], "a");
    if (child < 0 || !file || getrusage(RUSAGE_CHILDREN, &usage))
        return 2;
    fprintf(file, "%.3f\t%.3f\t%.1f\n", now() - start, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
            (double)usage.ru_maxrss * 1024 / 1e6);
    if (fclose(file))
        return 2;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}
