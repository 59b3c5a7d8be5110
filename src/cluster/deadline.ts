/** Time-outs. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** True after the time-out, false after an interruption. */
  readonly passed: () => boolean;
  /** Call at the end: from then on the signal follows only the outer one. */
  readonly clear: () => void;
}

/** `timeout` in milliseconds, 0 for none; `outer` interrupts as well. */
export const deadline = (timeout: number, outer?: AbortSignal): Deadline => {
  const inner = new AbortController();
  const timer = timeout > 0 ? setTimeout(() => inner.abort(), timeout) : undefined;
  return {
    signal: outer ? AbortSignal.any([outer, inner.signal]) : inner.signal,
    passed: () => inner.signal.aborted && !outer?.aborted,
    clear: () => clearTimeout(timer),
  };
};
