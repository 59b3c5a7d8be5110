/** Each kind of result as text for people. */

import type { ShownAnswer } from '../model.ts';
import { renderExplanation, renderMeaning } from './explain.ts';
import type { Result } from './json.ts';
import { sanitize, toAscii } from './sanitize.ts';
import type { Style } from './style.ts';
import { renderText } from './text.ts';

export async function renderAsText(result: Result, style: Style): Promise<string> {
  if ('objects' in result) return (await import('./yaml.ts')).renderManifests(result);
  if ('clusters' in result) return (await import('./clusters.ts')).renderClusters(result, style);
  if ('notRun' in result) return (await import('./sample.ts')).renderSampleRun(result, style);
  if ('rows' in result) return (await import('./table.ts')).renderTable(result, style);
  if ('answer' in result) return renderAnswer(result, style);
  if ('meaning' in result) return renderMeaning(result, style);
  if ('looksAt' in result) return renderExplanation(result, style);
  return renderText(result, style);
}

/** The question, the members of its answer, and below them its text. */
function renderAnswer({ text, answer, json, lines }: ShownAnswer, { ascii }: Style): string {
  const members = Object.entries(answer).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const body = json === undefined ? (lines ?? []) : JSON.stringify(json, null, 2).split('\n');
  const all = [text, ...members, ...(body.length > 0 ? ['', ...body] : [])];
  return all.map((line) => `${ascii ? toAscii(line) : sanitize(line)}\n`).join('');
}

/** The names of a list, a line each; what is no list is shown as it is. */
export const renderNames = async (result: Result, style: Style): Promise<string> =>
  'rows' in result ? (result.names ?? []).map((name) => `${sanitize(name)}\n`).join('') : renderAsText(result, style);
