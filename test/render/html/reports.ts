/** Reports with their drawings, of recorded clusters, and what is hostile in one. */
import type { Report } from '../../../src/model.ts';
import { diagnosed, type ScenarioOptions } from '../../support/diagnosed.ts';
import { scenarioOf } from '../../support/scenarios.ts';

export const recorded = (name: string, options: ScenarioOptions = {}): Promise<Report> =>
  diagnosed(scenarioOf(name).snapshots, { output: 'html', ...options });

/** What a page must show and never obey: the ends of elements and attributes, script, style, controls, marks of direction. */
export const evil =
  '</script></style></title></svg><script>fetch("https://evil.example")</script><img src=x onerror=alert(1)>"\'` onclick=alert(1) &amp;&#60; \u0000\u001b[31m\u202e\u200f\u2066\r\n javascript:alert(1) שלום 監視';

/** What the words of a report hang on, and a text does not. */
const kept = ['schemaVersion', 'kind', 'severity', 'scope', 'hop', 'state', 'why', 'fact', 'to', 'newestKnown'];
const isDate = (value: string) => /^\d{4}-\d\d-\d\dT/.test(value);
/** The same with a hostile text before every other. */
export function poisoned<T>(value: T, key = ''): T {
  if (typeof value === 'string') return (kept.includes(key) || isDate(value) ? value : `${evil}${value}`) as T;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisoned(one, name)])) as T;
}
