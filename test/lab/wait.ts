/** Waiting for what a control plane does in its own time. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is not undefined. Fails after `milliseconds`, saying what was waited for. */
export async function until<T>(what: string, milliseconds: number, ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`waited ${milliseconds / 1000} s in vain for ${what}`);
    await sleep(100);
  }
}
