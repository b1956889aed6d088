/* peak_memory FILE COMMAND ARGUMENT...
 *
 * Runs a command and writes to FILE the most memory that it had resident at
 * once, in kilobytes: what it asked for itself, and everything, with the files
 * that it mapped. The first number is looked up every few milliseconds, for
 * the system keeps the peak of the second only. Ends with the command's status. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { EVERY_MS = 5 };

/* A line such as "RssAnon:     1234 kB" of the process's status; -1: not there. */
static long status_of(pid_t process, const char *name)
{
    char path[64], line[256];
    long kilobytes = -1;
    snprintf(path, sizeof path, "/proc/%ld/status", (long)process);
    FILE *file = fopen(path, "r");
    while (file && kilobytes < 0 && fgets(line, sizeof line, file))
        if (strncmp(line, name, strlen(name)) == 0)
            kilobytes = strtol(line + strlen(name), NULL, 10);
    if (file)
        fclose(file);
    return kilobytes;
}

static long watch(pid_t process, int *result)
{
    const struct timespec pause = {.tv_nsec = EVERY_MS * 1000 * 1000};
    long peak = -1;
    while (waitpid(process, result, WNOHANG) == 0) {
        const long now = status_of(process, "RssAnon:");
        peak = now > peak ? now : peak;
        nanosleep(&pause, NULL);
    }
    return peak;
}

int main(int argument_count, char **arguments)
{
    if (argument_count < 3)
        return 125;
    const pid_t process = fork();
    if (process < 0)
        return 125;
    if (process == 0) {
        execvp(arguments[2], arguments + 2);
        _exit(127);
    }
    int result = 0;
    struct rusage usage;
    const long peak = watch(process, &result);
    FILE *file = fopen(arguments[1], "w");
    if (!file || getrusage(RUSAGE_CHILDREN, &usage))
        return 125;
    fprintf(file, "%ld %ld\n", peak < 0 ? usage.ru_maxrss : peak, usage.ru_maxrss);
    if (fclose(file))
        return 125;
    return WIFEXITED(result) ? WEXITSTATUS(result) : 128 + WTERMSIG(result);
}
