/** What a person at the terminal does while a command runs: answers, waits, interrupts. */

/** Whether somebody is there to be asked. */
export const isAttended = (): boolean => Boolean(process.stdin.isTTY) && Boolean(process.stderr.isTTY);

/** Reads one line: anything but `y` or `yes` is a no, the end of the input and an interruption, too. */
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

/** Ends early with the interruption. Milliseconds. */
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
