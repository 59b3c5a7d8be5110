/** Format name → renderer. What a format needs is loaded when it is asked for. */
import type { Event } from '../model.ts';
import { renderExplanation } from './explain.ts';
import { dataOf, type Result, renderJson, renderJsonLine } from './json.ts';
import type { Style } from './style.ts';
import { renderText } from './text.ts';
import { sanitize, toAscii } from './visible.ts';

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
