/** Each kind of result as text for people. */
import { renderExplanation } from './explain.ts';
import type { Result } from './json.ts';
import { sanitize } from './sanitize.ts';
import type { Style } from './style.ts';
import { renderText } from './text.ts';

export async function renderAsText(result: Result, style: Style): Promise<string> {
  if ('objects' in result) return (await import('./yaml.ts')).renderManifests(result);
  if ('notRun' in result) return (await import('./sample.ts')).renderSampleRun(result, style);
  if ('rows' in result) return (await import('./table.ts')).renderTable(result, style);
  if ('looksAt' in result) return renderExplanation(result, style);
  return renderText(result, style);
}

/** The names of a list, a line each; what is no list is shown as it is. */
export const renderNames = async (result: Result, style: Style): Promise<string> =>
  'rows' in result ? (result.names ?? []).map((name) => `${sanitize(name)}\n`).join('') : renderAsText(result, style);
