/** Results, events and steps → text in a format. */
import type { Event, StepEvent } from '../model.ts';
import { type Format, formatOf } from './formats.ts';
import { type Result, renderJsonLine } from './json.ts';
import { sanitize, toAscii } from './sanitize.ts';
import type { Style } from './style.ts';

export type { Format } from './formats.ts';
export type { Result } from './json.ts';
export type { Style } from './style.ts';

/** The result of a command as the whole text of its output: '' or ending in a line feed. Only text heeds the style. */
export const render = (result: Result, format: Format, style: Style): Promise<string> => formatOf(format).render(result, style);

/** What happens on the way, as one line: JSON where each event is one (it belongs to stdout), else text for stderr. */
export function renderEvent(event: Event, format: Format, ascii: boolean): string {
  if (formatOf(format).lines) return renderJsonLine(event);
  const text = ascii ? toAscii(event.message) : sanitize(event.message);
  return event.kind === 'hint' || event.kind === 'warning' ? `${event.kind}: ${text}\n` : `${text}\n`;
}

/** A step as it happens, for stdout: in text all that it tells, as lines one once it has ended; the other formats have one document. */
export async function renderStep(event: StepEvent, format: Format, style: Style): Promise<string> {
  const { lines, text } = formatOf(format);
  if (lines) return event.kind === 'ended' ? renderJsonLine({ ...event, kind: 'Step' }) : '';
  return text ? (await import('./sample.ts')).renderStepEvent(event, style) : '';
}
