/** Questions by waves: those of one wave go out together, and none goes out twice. */
import type { Ask } from '../model.ts';
import type { InWave } from './readers/reader.ts';

/** Counts in `waves` how many questions each wave asks. Whoever asks what was asked before, in whatever wave, gets that answer. */
export function inWaves(source: Ask, waves: number[]): InWave {
  const known = new Map<string, Promise<unknown>>();
  return (wave) => (question) => {
    const key = JSON.stringify(question);
    const answer = (known.get(key) as ReturnType<typeof source<typeof question.kind>> | undefined) ?? source(question);
    if (!known.has(key)) waves[wave] = (waves[wave] ?? 0) + 1;
    known.set(key, answer);
    return answer;
  };
}
