/** The tour of the sample as text: each step as it happens, and finally what is proven and what remains. */

import { duration, list, plural } from '../format.ts';
import type { SampleObject, SampleRun, StepEvent } from '../model.ts';
import { type Page, pageOf, prose, spread } from './layout.ts';
import { visible } from './sanitize.ts';
import type { Style } from './style.ts';
import { findings, next } from './text/findings.ts';

/** `quiet` shows only failures. */
export function renderStepEvent(event: StepEvent, style: Style): string {
  const page = pageOf(style);
  const shown = visible(event, style.ascii);
  const quiet = style.verbosity === 'quiet';
  switch (shown.kind) {
    case 'step':
      return quiet ? '' : lined(prose(page.paint.strong(`${shown.number}/${shown.of} ${shown.title}`), page, 0, 4));
    case 'note':
      return quiet ? '' : lined(prose(shown.message, page, 4, 2));
    case 'ended':
      return ended(shown, page, quiet);
  }
}

function ended(step: Extract<StepEvent, { kind: 'ended' }>, page: Page, quiet: boolean): string {
  const { paint, symbols } = page;
  if (step.status === 'done') {
    if (quiet) return '';
    return `${lined(prose(`${paint.ok(symbols.ok)} Proven: ${step.proves}. (${took(step.ms)})`, page, 2, 2))}\n`;
  }
  const why = [...findings(step, page), next(step, page)].filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  const failure = lined(
    prose(`${paint.error(symbols.error)} ${(step.message ?? '').replace(/\.$/, '')}. (${step.id}, ${took(step.ms)})`, page, 2, 2),
  );
  return `${failure}\n${why.map((text) => `${text}\n\n`).join('')}`;
}

export function renderSampleRun(run: SampleRun, style: Style): string {
  const page = pageOf(style);
  const { paint, symbols } = page;
  const { steps, notRun, left, removeWith, action, summary, ms } = visible(run, style.ascii);
  const proven = steps.filter(({ status, id }) => status === 'done' && id !== 'removal').map(({ hop }) => hop);
  const sections = [
    action !== 'delete' && proven.length > 0 ? prose(`Proven, hop by hop: ${proven.join(` ${symbols.dot} `)}.`, page, 0, 2) : [],
    notRun.length > 0 ? prose(`Skipped after the failure: ${list(notRun)}.`, page, 0, 2) : [],
    left ? leftover(left, removeWith, page) : [],
  ];
  const counts = [
    `${plural(summary.done, 'step')} done`,
    ...(summary.failed > 0 ? [paint.error(`${summary.failed} failed`)] : []),
    duration(ms),
  ];
  const last = spread(counts, ` ${symbols.dot} `, `exit ${summary.exitStatus}`, page);
  return style.verbosity === 'quiet' ? '' : lined([...sections.flat(), ...last]);
}

function leftover(left: readonly SampleObject[], removeWith: string, page: Page): string[] {
  if (left.length === 0) return prose('The sample is completely removed from the cluster.', page, 0, 2);
  const names = left.map(({ kind, namespace, name }) => `${kind} ${namespace ? `${namespace}/` : ''}${name}`);
  const within = left.some(({ kind }) => kind === 'Namespace') ? ', with everything in the namespace' : '';
  return [...prose(`Left in the cluster: ${list(names)}${within}.`, page, 0, 2), `Remove it with: ${page.paint.strong(removeWith)}`];
}

const lined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
/** Tenths of a second below ten seconds. */
const took = (ms: number): string => (ms < 10_000 ? `${(ms / 1000).toFixed(1)}s` : duration(ms));
