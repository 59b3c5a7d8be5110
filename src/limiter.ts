/** Lets at most `limit` tasks run at once; the others wait in the order they came. */
export const limiter = (limit: number): (<T>(task: () => Promise<T>) => Promise<T>) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      // Hand the slot to the next waiting task, so that a new task cannot take it.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};
