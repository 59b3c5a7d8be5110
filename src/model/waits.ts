/** What aggctl waits for while it runs, for whoever watches it at a terminal. */
export interface Waits {
  /** Call the result when the wait has ended. `what` is named as in "waiting for …"; `limit` in milliseconds, 0 for none. */
  readonly begin: (what: string, limit: number) => () => void;
  /** Until the result is called a person types at the terminal, where nothing else may be drawn. */
  readonly typing: () => () => void;
}
