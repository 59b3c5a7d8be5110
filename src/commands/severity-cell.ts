/** A severity in a table. */
import { severities } from '../exit-code.ts';
import type { Cell } from '../model.ts';

/** In its color, sorted with the gravest first. What is no severity is shown as it is. */
export function severityCell(text: string): Cell {
  const tone = severities.find((one) => one === text);
  return tone ? { text, tone, order: severities.indexOf(tone) } : text;
}
