/** Format name → renderer. Renderers are loaded on demand. */
import type { Event, StepEvent } from '../model.ts';
import { renderExplanation } from './explain.ts';
import { dataOf, type Result, renderJson, renderJsonLine } from './json.ts';
import { sanitize, toAscii } from './sanitize.ts';
import type { Style } from './style.ts';
import { renderText } from './text.ts';

export type { Result } from './json.ts';
export type { Style } from './style.ts';

/** `name`: only the names of a list, as kubectl prints them. */
export const formats = ['text', 'json', 'yaml', 'jsonl', 'name'] as const;
export type Format = (typeof formats)[number];

/** The whole output of a command: '' or ending in a line feed. Only `text` uses the style. */
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

/** An event as one line: JSON on stdout for `jsonl`, else text for stderr. */
export function renderEvent(event: Event, format: Format, ascii: boolean): string {
  if (format === 'jsonl') return renderJsonLine(event);
  const text = ascii ? toAscii(event.message) : sanitize(event.message);
  return event.kind === 'hint' || event.kind === 'warning' ? `${event.kind}: ${text}\n` : `${text}\n`;
}

/** A step as it happens, for stdout: every note in text, one line at its end in `jsonl`; other formats print one document at the end. */
export async function renderStep(event: StepEvent, format: Format, style: Style): Promise<string> {
  if (format === 'jsonl') return event.kind === 'ended' ? renderJsonLine({ ...event, kind: 'Step' }) : '';
  return format === 'text' ? (await import('./sample.ts')).renderStepEvent(event, style) : '';
}
