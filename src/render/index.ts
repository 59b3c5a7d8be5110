/** Format name → renderer. What a format needs is loaded when it is asked for. */
import type { Event, StepEvent } from '../model.ts';
import { renderExplanation } from './explain.ts';
import { dataOf, type Result, renderJson, renderJsonLine } from './json.ts';
import { sanitize, toAscii } from './sanitize.ts';
import type { Style } from './style.ts';
import { renderText } from './text.ts';

export type { Result } from './json.ts';
export type { Style } from './style.ts';

/** `name`: of a list the names alone, as kubectl prints them. */
export const formats = ['text', 'json', 'yaml', 'jsonl', 'name'] as const;
export type Format = (typeof formats)[number];

/** The result of a command as the whole text of its output: '' or ending in a line feed. Only `text` heeds the style. */
export async function render(result: Result, format: Format, style: Style): Promise<string> {
  if (format === 'json') return renderJson(result);
  if (format === 'jsonl') return renderJsonLine(dataOf(result));
  if (format === 'yaml') return (await import('./yaml.ts')).renderYaml(result);
  if ('objects' in result) return (await import('./yaml.ts')).renderManifests(result);
  if ('notRun' in result) return (await import('./sample.ts')).renderSampleRun(result, style);
  if (format === 'name' && 'rows' in result) return (result.names ?? []).map((name) => `${sanitize(name)}\n`).join('');
  if ('rows' in result) return (await import('./table.ts')).renderTable(result, style);
  if ('looksAt' in result) return renderExplanation(result, style);
  return renderText(result, style);
}

/** What happens on the way, as one line: JSON for `jsonl` (it belongs to stdout), else text for stderr. */
export function renderEvent(event: Event, format: Format, ascii: boolean): string {
  if (format === 'jsonl') return renderJsonLine(event);
  const text = ascii ? toAscii(event.message) : sanitize(event.message);
  return event.kind === 'hint' || event.kind === 'warning' ? `${event.kind}: ${text}\n` : `${text}\n`;
}

/** A step as it happens, for stdout: in text all that it tells, in `jsonl` a line once it has ended; the other formats have one document. */
export async function renderStep(event: StepEvent, format: Format, style: Style): Promise<string> {
  if (format === 'jsonl') return event.kind === 'ended' ? renderJsonLine({ ...event, kind: 'Step' }) : '';
  return format === 'text' ? (await import('./sample.ts')).renderStepEvent(event, style) : '';
}
