/** OpenAPI v3: which documents kube-apiserver lists, and what a user gets of one. */
import type { ApiService, Ask, Observed, OpenAPIDocument, OpenAPIList } from '../model.ts';
import { messageOf, parsed } from './shared/kubernetes.ts';

const root = '/openapi/v3';
/** The name that kube-apiserver gives the document of a group version. */
const keyOf = ({ group, version }: ApiService) => `apis/${group}/${version}`;

/** Asks for the list, once for all APIServices. The right for it is optional, and an older snapshot does not hold it. */
export async function readOpenAPIList(ask: Ask, services: readonly ApiService[]): Promise<Observed<OpenAPIList | null>> {
  if (services.length === 0) return { ok: true, value: null };
  const answer = await ask({ kind: 'api', method: 'GET', path: root });
  const late = lateness(answer);
  if (late) return { ok: true, value: { late } };
  const list = parsed<{ readonly paths?: Readonly<Record<string, unknown>> }>(root, answer);
  if (list.ok) return { ok: true, value: list.value && { paths: Object.keys(list.value.paths ?? {}) } };
  return list.why === 'excluded' ? { ok: true, value: null } : { ...list, why: 'excluded', message: `OpenAPI documents: ${list.message}` };
}

/** Asks for the document of a group version as a user does: kube-apiserver passes the request on to the extension server. */
export async function readOpenAPIDocument(
  ask: Ask,
  service: ApiService,
  list: Observed<OpenAPIList | null>,
): Promise<Observed<OpenAPIDocument | null>> {
  if (!list.ok || !list.value) return { ok: true, value: null };
  if ('late' in list.value) return { ok: true, value: { path: root, is: 'list late', text: list.value.late } };
  const path = `${root}/${keyOf(service)}`;
  if (!list.value.paths.includes(keyOf(service))) return { ok: true, value: { path, is: 'not listed' } };
  const answer = await ask({ kind: 'api', method: 'GET', path });
  const late = lateness(answer);
  if (late) return { ok: true, value: { path, is: 'late', text: late } };
  if (!answer.ok) return { ok: true, value: null };
  const { status, text, ms } = answer.value;
  const ok = status === 200 && text.trimStart().startsWith('{');
  return { ok: true, value: { path, is: ok ? 'served' : 'refused', status, text: ok ? '' : messageOf(text), ms } };
}

/** Who gives a request less time than this proves nothing. */
const patience = 5;
/** `no answer within 10 s`, where there was a connection; null: it was answered, or is not known. */
function lateness(answer: Observed<unknown>): string | null {
  if (answer.ok || answer.cause !== 'no-answer') return null;
  const { afterSeconds = 0 } = answer;
  return afterSeconds >= patience ? `no answer within ${afterSeconds} s` : null;
}
