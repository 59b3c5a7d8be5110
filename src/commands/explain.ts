/** `aggctl explain WHAT`: a check, the reason of a condition, an alert, or a text that somebody pasted. */
import { checks } from '../checks/index.ts';
import type { AnyCheck, Explanation, FailureKind, Meaning } from '../model.ts';
import { harmless } from '../signatures/harmless.ts';
import { innerText, recognise } from '../signatures/index.ts';
import { klogValue } from '../signatures/log-lines.ts';
import { names, toTheCause } from '../signatures/names.ts';
import { rejections } from '../signatures/rejections.ts';
import { UsageError } from '../usage-error.ts';
import { explainCheck, findable } from './checks.ts';
import { similar } from './similar.ts';

/** Throws a UsageError, with what is similar, for what is none of these. */
export function explain(words: readonly string[]): Explanation | Meaning {
  const asked = words.join(' ').trim();
  const found = explainCheck(asked) ?? ofName(asked) ?? ofText(asked);
  if (found) return found;
  const ids = findable.map(({ id }) => id);
  const beginning = ids.filter((id) => id.startsWith(asked));
  const near = beginning.length > 0 ? beginning : similar(asked, [...ids, ...names.map(({ name }) => name)]);
  const hint = near.length > 0 ? ` (did you mean ${near.slice(0, 4).join(', ')}?)` : '';
  throw new UsageError((self) =>
    /\s/.test(asked)
      ? `this text is not known to aggctl: a live cluster tells more, with ${self} doctor`
      : `'${asked}' is not a check, a reason of a condition or an alert${hint}; see: ${self} checks`,
  );
}

const meaning = (asked: string, text: string, more: Partial<Meaning> = {}): Meaning => ({
  schemaVersion: 1,
  kind: 'Meaning',
  asked,
  meaning: text,
  harmless: false,
  next: 'run aggctl doctor: it names the cause, with evidence',
  checks: [],
  ...more,
});

function ofName(asked: string): Meaning | null {
  const found = names.find(({ name }) => name.toLowerCase() === asked.toLowerCase());
  return found ? meaning(found.name, found.meaning, { next: found.next ?? toTheCause }) : null;
}

function ofText(asked: string): Meaning | null {
  const line = harmless.find(({ matches }) => matches.test(asked));
  if (line) return meaning(asked, line.meaning, { harmless: true, next: 'aggctl check-apiservice shows whether the APIs serve' });
  if (rejections.some(({ kind, matches }) => kind === 'name-not-allowed' && matches.test(asked)))
    return meaning(
      asked,
      "the extension API server does not accept the name in kube-apiserver's front-proxy certificate: it is not in `requestheader-allowed-names`",
      { checks: told(checks.filter(({ id }) => aboutNames.includes(id))) },
    );
  // A line of klog has the text as the value of `err`.
  const texts = [asked, klogValue(asked, 'err') ?? ''].map((text) => innerText(text.replace(/^['"`]|['"`]$/g, '')));
  const failure = texts.map((text) => recognise('', text)).find(Boolean);
  return failure ? meaning(asked, failure.meaning, { next: failure.next, checks: causesOf(failure.kind) }) : null;
}

/** Of the causes of a 401 those that this text leaves. */
const aboutNames: readonly string[] = ['allowed-names-exclude-cn', 'configmap-names-exclude-cn'];
/** The checks that can be the cause of such a failure. */
const causesOf = (kind: FailureKind): Meaning['checks'] => told(checks.filter(({ causes }) => causes?.signatures?.includes(kind)));
const told = (some: readonly AnyCheck[]): Meaning['checks'] => some.map(({ id, title }) => ({ id, title }));
