/** Input from the person at the terminal while a command runs: answers and interruptions. */

/** Whether a person can answer a question. */
export const isAttended = (): boolean => Boolean(process.stdin.isTTY) && Boolean(process.stderr.isTTY);

/** Reads one line. Anything but `y` or `yes` means no, including end of input and an interruption. */
export const answeredYes = (input: NodeJS.ReadStream, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const answered = (line: unknown) => {
      input.off('data', answered).off('end', answered).pause();
      signal.removeEventListener('abort', answered);
      resolve(/^y(es)?$/i.test(String(line).trim()));
    };
    input.once('data', answered).once('end', answered);
    signal.addEventListener('abort', answered);
  });

/** Sleeps for `ms` milliseconds, or until the signal. */
export const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });

/** What ends a command early, and the exit status that shells give it. */
const statuses = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
/**
 * Tells of each of these signals, once: a second one of its kind ends the process immediately. After the first, it ends in any case when as many
 * milliseconds have passed as `tell` gives.
 */
export function onInterruption(tell: (status: (typeof statuses)[keyof typeof statuses]) => number): void {
  for (const signal of Object.keys(statuses) as (keyof typeof statuses)[]) {
    process.once(signal, () => {
      const patience = tell(statuses[signal]);
      setTimeout(() => process.exit(statuses[signal]), patience).unref();
    });
  }
}
