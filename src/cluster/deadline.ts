/** Time-outs. The only ones: an `AbortSignal.timeout` behind `AbortSignal.any` is lost after a garbage collection on Node 20. */
import { setMaxListeners } from 'node:events';

export interface Deadline {
  readonly signal: AbortSignal;
  /** True after the time-out, false after an interruption. */
  readonly passed: () => boolean;
  /** Call at the end: from then on nothing ends the signal. */
  readonly clear: () => void;
}

/** The most that a timer takes, milliseconds (24.8 days); with more it would run at once. */
const longest = 2 ** 31 - 1;

/** `timeout` in milliseconds, 0 for none; `outer` interrupts as well. */
export function deadline(timeout: number, outer?: AbortSignal): Deadline {
  const inner = new AbortController();
  let late = false;
  const interrupt = () => inner.abort();
  const expire = () => {
    late = true;
    inner.abort();
  };
  const timer = timeout > 0 ? setTimeout(expire, Math.min(timeout, longest)) : undefined;
  // Everything that is in flight waits for the same interruption.
  if (outer) setMaxListeners(0, outer);
  if (outer?.aborted) interrupt();
  else outer?.addEventListener('abort', interrupt, { once: true });
  return {
    signal: inner.signal,
    passed: () => late,
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', interrupt);
    },
  };
}
