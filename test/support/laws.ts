/** What holds for every check. Each law gives a sentence for each breach, which says what is to be done. */
import type { Gathered } from '../../src/check.ts';
import type { AnyCheck, Problem, Verdict } from '../../src/model.ts';
import { inTermsOf } from '../../src/owners/words.ts';
import { judge } from '../../src/run/judge.ts';
import type { Rows } from '../checks/row.ts';
import failureCatalogue from '../failure-catalogue.json' with { type: 'json' };
import { withoutMode } from '../failure-modes.ts';
import { changed } from './facts.ts';

export interface Registry {
  /** `src/checks/index.ts`, in its order. */
  readonly checks: readonly AnyCheck[];
  /** What each file beside it exports, by the file's name without `.ts`. */
  readonly files: Readonly<Record<string, AnyCheck>>;
  readonly rows: Rows;
  /** Why no scenario fails a check, by its id. */
  readonly unrecorded: Readonly<Record<string, string>>;
  readonly scenarios: readonly { readonly name: string; readonly gathered: Gathered }[];
}
/** Breaches of one check, in the file of this name. */
export type Law = (check: AnyCheck, file: string, registry: Registry) => readonly string[];

const when = (breach: unknown, sentence: string): readonly string[] => (breach ? [sentence] : []);
const failing =
  /(^|-)(absent|anonymous|cannot|crashes|differs?|down|empty|excludes?|exits|expire[ds]|expires-soon|fails?|flaps|granted|half|in-transition|insecure|is-kube-apiserver|mismatch|missing|no|not|overloaded|rejects?|shadowed|slow|stale|stuck|unavailable|unknown|unschedulable|unusable|weak|without|would|wrong|zero)(-|$)/;

const naming: Law = (check, file, { checks }) => {
  return [
    ...when((check.scope === 'apiservice') !== (check.hop !== undefined), 'a check of an APIService names its hop, and no other does'),
    ...when(check.id !== file, `its id is '${check.id}': make it '${file}', the name of its file`),
    ...when(!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(file), "its name is not in kebab-case, as in 'proxy-client-pair-missing'"),
    ...when(!failing.test(file), "its name does not say what is wrong, as in 'proxy-client-pair-missing'"),
    ...when(
      !checks.includes(check),
      `it is in no index.ts of src/checks/: add \`export { default as stepNNN } from './${file}.ts';\` to that of its folder, where a request meets it`,
    ),
    ...when(checks.filter(({ id }) => id === check.id).length > 1, 'its id stands twice in the indexes of src/checks/'),
  ];
};

const texts: Law = ({ title, explain }) => [
  ...when(title === '', 'its title is empty: say what health is, in the present tense'),
  ...when(/\.$/.test(title), 'its title ends in a full stop'),
  // Kubernetes' own names keep their capitals.
  ...when(/^[A-Z](?!\w*[A-Z])/.test(title), 'its title begins with a capital'),
  ...when(/\b(must|should|will|shall)\b/.test(title), 'its title is no statement of health in the present tense'),
  ...Object.entries(explain).flatMap(([name, text]) => when(text.trim() === '', `explain.${name} is empty: \`aggctl explain\` shows it`)),
  ...when(explain.mirrors !== '' && !/\d\.\d+/.test(explain.mirrors), 'explain.mirrors names no version of the upstream source'),
  ...forbidden(explain.repair).map((what) => `explain.repair advises ${what}`),
];

const edges: Law = (check, _, { checks }) => {
  const place = (id: string) => checks.findIndex((one) => one.id === id);
  const own = checks.includes(check) ? checks.indexOf(check) : checks.length;
  const { signatures = [], symptoms = [] } = check.causes ?? {};
  const shown = new Set(checks.flatMap(({ shows = [] }) => shows));
  const named = new Set(checks.flatMap(({ id, aspects = [] }) => [id, ...aspects.map((aspect) => `${id}/${aspect}`)]));
  return [
    ...(check.after ?? []).flatMap((id) => [
      ...when(place(id) < 0, `its after names '${id}', which does not exist`),
      ...when(place(id) >= own, `its after names '${id}', which stands behind it: a blocker comes first`),
      ...when((checks[place(id)]?.severity ?? 'error') !== 'error', `its after names '${id}', which is no error and blocks nothing`),
    ]),
    ...signatures.flatMap((kind) => when(!shown.has(kind), `it causes '${kind}', which no check shows`)),
    ...symptoms.flatMap((symptom) => when(!named.has(symptom), `it causes '${symptom}', which is no check, nor an aspect of one`)),
    ...symptoms.flatMap((symptom) => when(symptom.split('/')[0] === check.id, 'it causes itself')),
  ];
};

const modes: Law = ({ id, modes }) => [
  ...when(
    modes.length === 0 && !withoutMode.includes(id),
    'it finds no failure mode: name those of test/failure-catalogue.json, or add it to `withoutMode` in test/failure-modes.ts',
  ),
  ...when(modes.length > 0 && withoutMode.includes(id), 'it finds a failure mode, and is in `withoutMode` of test/failure-modes.ts'),
  ...modes.flatMap((mode) => when(!(mode in failureCatalogue), `its mode ${mode} is not in test/failure-catalogue.json`)),
];

const coverage: Law = (check, file, { rows, unrecorded, scenarios }) => {
  const verdicts = scenarios.map(({ name, gathered }) => ({ name, is: trial(check, gathered).is }));
  const expected = (rows[file] ?? []).map(([, , verdict]) => verdict);
  const recorded = verdicts.some(({ is }) => is === 'failed');
  return [
    ...when(!expected.includes('passed'), `no row passes it: add one to ${file}.rows.ts`),
    ...when(!expected.some((verdict) => typeof verdict !== 'string'), `no row fails it: add one to ${file}.rows.ts`),
    ...when(
      !recorded && !unrecorded[file],
      `no scenario fails it: add a fault to test/lab/faults/, and record it with UPDATE=1 npm run test:lab; where the lab cannot, export the reason as \`unrecorded\` from ${file}.rows.ts`,
    ),
    ...when(recorded && unrecorded[file] !== undefined, `a scenario fails it: delete \`unrecorded\` in ${file}.rows.ts`),
    ...verdicts.flatMap(({ name, is }) => when(name.startsWith('healthy') && is === 'failed', 'a healthy cluster fails it')),
  ];
};

const facts: Law = (check, file, registry) => {
  const declared = [...check.needs, ...(check.wants ?? [])];
  const seen = new Set<string>();
  for (const one of cases(file, registry)) trial(check, one, (name) => seen.add(name));
  return [
    ...declared.flatMap((name) => when(!seen.has(name), `it declares the fact '${name}' and never reads it`)),
    ...[...seen].flatMap((name) => when(!(declared as string[]).includes(name), `it reads the fact '${name}' and does not declare it`)),
  ];
};

const purity: Law = (check, file, registry) =>
  distinct(
    cases(file, registry).flatMap((one) => {
      const verdict = trial(check, one);
      const problems = verdict.is === 'failed' ? verdict.problems.length : verdict.is;
      const without = (want: string) => trial({ ...check, wants: (check.wants ?? []).filter((name) => name !== want) }, one);
      const lacking = (check.wants ?? []).filter((want) => {
        const other = without(want);
        return (other.is === 'failed' ? other.problems.length : other.is) !== problems;
      });
      return [
        ...when(verdict.is === 'crashed', `it crashes: ${verdict.is === 'crashed' ? verdict.error.split('\n')[0] : ''}`),
        ...when(JSON.stringify(found(trial(check, one))) !== JSON.stringify(found(verdict)), 'it says something else when it is run again'),
        ...lacking.map((want) => `without the wanted fact '${want}' it finds other problems: it needs that fact`),
      ];
    }),
  );

const problems: Law = (check, file, registry) =>
  distinct(cases(file, registry).flatMap((one) => found(trial(check, one)).flatMap((problem) => problemLaws(problem, check))));

function problemLaws({ message, evidence = [], fix: given, effects = [], shows = [], aspect, severity, latent }: Problem, check: AnyCheck) {
  const fix = inTermsOf(null, given);
  const all = [message, ...evidence, fix.text, ...fix.commands, ...effects];
  return [
    ...when(!/\S\.$/.test(message), `a message is no sentence: ${message}`),
    ...when(fix.text.trim() === '', 'a problem has no fix: say what to do'),
    ...when(fix.commands.length === 0 && fix.text.endsWith(':'), `a fix ends in a colon, and no command follows: ${fix.text}`),
    ...all.flatMap((text) => when(text.includes('\n'), `a text has a line break: ${JSON.stringify(text)}`)),
    ...all.flatMap((text) =>
      when(/(?<!\/dev\/)\b(undefined|null|NaN|Invalid Date)\b|\[object /.test(text), `a text shows a value of JavaScript: ${text}`),
    ),
    ...[...evidence, ...effects].flatMap((text) => when(text.trim() === '', 'an evidence or effect is empty')),
    ...[fix.text, ...fix.commands].flatMap((text) => forbidden(text).map((what) => `a fix advises ${what}: ${text}`)),
    ...shows.flatMap((kind) => when(!check.shows?.includes(kind), `a problem shows '${kind}', and the check does not`)),
    ...when(
      aspect !== undefined && !check.aspects?.includes(aspect),
      `a problem is of the aspect '${aspect}', which the check does not declare`,
    ),
    ...when(latent && (severity ?? check.severity) === 'error', 'a problem of which nothing shows is an error'),
  ];
}

const never: readonly (readonly [RegExp, string])[] = [
  [/insecure-?skip-?tls-?verify"?[:= ]+"?true|--insecure-skip-tls-verify(?!=false)/i, 'to trust every certificate'],
  [/(?<!\b(?:get|delete|edit) (?:cluster)?)role-?binding.*front-proxy|--user[= ]\S*front-proxy/i, "rights for the front proxy's name"],
  [/finalizers"?[:= ]+(\[ ?\]|null)|\/finalize\b|--force\b|--grace-period[= ]0/i, 'to force what waits for a finalizer'],
];
const forbidden = (text: string) => never.flatMap(([pattern, what]) => (pattern.test(text) ? [what] : []));

/** Every law by its name. */
export const laws = { naming, texts, edges, modes, coverage, facts, purity, problems } satisfies Record<string, Law>;

/** All that a registry breaks, each sentence behind the name of its file. */
export const breaches = (law: Law, registry: Registry): readonly string[] =>
  Object.entries(registry.files).flatMap(([file, check]) => law(check, file, registry).map((sentence) => `${file}: ${sentence}`));

/** The scenarios, and the check's own rows. */
const cases = (file: string, { rows, scenarios }: Registry): readonly Gathered[] => [
  ...scenarios.map(({ gathered }) => gathered),
  ...(rows[file] ?? []).map(([, change]) => changed(change)),
];
const found = (verdict: Verdict): readonly Problem[] => (verdict.is === 'failed' ? verdict.problems : []);
const distinct = (sentences: readonly string[]) => [...new Set(sentences)];

/** The verdict on the first subject that the check fails, else on the first; the facts are frozen. */
function trial(check: AnyCheck, gathered: Gathered, onRead: (fact: string) => void = () => {}): Verdict {
  const watch = (handed: object) =>
    new Proxy(handed, {
      get(target, name, receiver) {
        onRead(String(name));
        return Reflect.get(target, name, receiver);
      },
    });
  const run = (handed: never) => check.run(watch(frozen(handed)) as never);
  const verdicts = judge([{ ...check, after: [], run }], gathered).map(({ verdict }) => verdict);
  return verdicts.find(({ is }) => is === 'failed' || is === 'crashed') ?? verdicts[0] ?? { is: 'inapplicable' };
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
