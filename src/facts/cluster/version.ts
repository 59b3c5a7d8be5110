import { apiPath } from '../../api-path.ts';
import { date, httpDate, object, string } from '../../decode.ts';
import type { Ask, Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { isStatus, parsed } from '../shared/kubernetes.ts';
import { connection } from './connection.ts';

/** Of the kube-apiserver that answers. */
export const version = fact({ name: 'version', needs: { connection }, read: async (_, ask) => (await readVersion(ask)).version });
/** Its minor version; null: not known. */
export const minor = fact({
  name: 'minor',
  internal: true,
  needs: { version: maybe(version) },
  from: ({ version }) => (version.ok ? version.value.minor : null),
});

/** Of k8s.io/apimachinery, pkg/version/types.go. */
export const versionInfo = object({ gitVersion: string });
interface Version {
  readonly text: string;
  readonly minor: number;
  /** How long the answer took, milliseconds. */
  readonly ms?: number;
}

/** The server's version, and its clock minus ours in milliseconds from the same answer's Date header. */
export async function readVersion(ask: Ask): Promise<{ version: Observed<Version>; clockSkew: Observed<number> }> {
  const [answer, clock] = await Promise.all([ask({ kind: 'api', method: 'GET', path: apiPath`/version` }), ask({ kind: 'clock' })]);
  // A snapshot may hold other answers.
  if (!answer.ok) return { version: answer.why === 'excluded' ? { ...answer, alone: true } : answer, clockSkew: answer };
  const read = parsed('/version', answer, versionInfo);
  const theirs = httpDate(answer.value.headers.date);
  const ours = clock.ok ? date(clock.value.time) : undefined;
  const clockSkew: Observed<number> = theirs && ours ? { ok: true, value: theirs.getTime() - ours.getTime() } : timeless;
  // Whoever is refused by authorization may be allowed something else.
  if (!read.ok) return { version: answer.value.status === 403 && isStatus(answer.value.text) ? { ...read, alone: true } : read, clockSkew };
  const text = read.value?.gitVersion;
  if (!text)
    return {
      version: { ok: false, why: 'malformed', message: 'GET /version returned no version: check that this is a kube-apiserver' },
      clockSkew,
    };
  return { version: { ok: true, value: { text, minor: Number.parseInt(text.split('.')[1] ?? '', 10), ms: answer.value.ms } }, clockSkew };
}

const timeless = { ok: false, why: 'excluded', message: "kube-apiserver's clock: its answer has no date" } as const;
