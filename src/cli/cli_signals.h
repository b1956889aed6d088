/* Ctrl-C and its like while an index is written: the first one is noted, so
 * that the run can be undone; the second ends the program at once. */
#ifndef SRC_CLI_CLI_SIGNALS_H
#define SRC_CLI_CLI_SIGNALS_H

/* From here on SIGINT, SIGTERM and SIGHUP are noted, and a closed pipe (of
 * messages) no longer ends the program. */
void cli_signals_watch(void);

int cli_signals_caught(void); /* the signal's number, or 0 */

#endif
