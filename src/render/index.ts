/** Results, events and steps → text in a format. */
import type { Event, StepEvent } from '../model.ts';
import { type Format, formatOf } from './formats.ts';
import { type Result, renderJsonLine } from './json.ts';
import { bounded, sanitize, toAscii } from './sanitize.ts';
import type { Style } from './style.ts';

export type { Format } from './formats.ts';
export type { Result } from './json.ts';
export type { Style } from './style.ts';

/** The whole output of a command: '' or ending in a line feed. Only text uses the style. */
export const render = (result: Result, format: Format, style: Style): Promise<string> =>
  formatOf(format).render('objects' in result ? result : bounded(result), style);

/** An event as one line: JSON on stdout where each event is one, else text for stderr. */
export function renderEvent(event: Event, format: Format, ascii: boolean): string {
  if (formatOf(format).lines) return renderJsonLine(bounded(event));
  const message = bounded(event.message);
  const text = ascii ? toAscii(message) : sanitize(message);
  return event.kind === 'hint' || event.kind === 'warning' ? `${event.kind}: ${text}\n` : `${text}\n`;
}

/** A step as it happens, for stdout: every note in text, one line at its end in `jsonl`; other formats print one document at the end. */
export async function renderStep(whole: StepEvent, format: Format, style: Style): Promise<string> {
  const event = bounded(whole);
  const { lines, text } = formatOf(format);
  if (lines) return event.kind === 'ended' ? renderJsonLine({ ...event, kind: 'Step' }) : '';
  return text ? (await import('./sample.ts')).renderStepEvent(event, style) : '';
}
