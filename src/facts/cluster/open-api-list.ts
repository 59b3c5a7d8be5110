import { apiPath } from '../../api-path.ts';
import { anything, map, object } from '../../decode.ts';
import type { ApiService, Ask, Observed, OpenAPIList } from '../../model.ts';
import { remoteApiServices } from '../apiservice/apiservice.ts';
import { fact } from '../engine/declare.ts';
import { parsed } from '../shared/kubernetes.ts';

/** null: nobody asked, because there are no remote APIServices, or the recording is older than the question. */
export const openAPIList = fact({
  name: 'openAPIList',
  needs: { remote: remoteApiServices },
  read: ({ remote }, ask) => readOpenAPIList(ask, remote),
});

export const openAPIPath = apiPath`/openapi/v3`;

/** Asks for the list, once for all APIServices. The right for it is optional, and an older snapshot does not hold it. */
export async function readOpenAPIList(ask: Ask, services: readonly ApiService[]): Promise<Observed<OpenAPIList | null>> {
  if (services.length === 0) return { ok: true, value: null };
  const answer = await ask({ kind: 'api', method: 'GET', path: openAPIPath });
  const late = lateness(answer);
  if (late) return { ok: true, value: { late } };
  const list = parsed(openAPIPath, answer, object({ paths: map(anything) }));
  if (list.ok) return { ok: true, value: list.value && { paths: Object.keys(list.value.paths ?? {}) } };
  return list.why === 'excluded' ? { ok: true, value: null } : { ...list, why: 'excluded', message: `OpenAPI documents: ${list.message}` };
}

/** Who gives a request less time than this proves nothing. */
const patience = 5;
/** `no answer within 10 s`, where there was a connection; null: it was answered, or is not known. */
export function lateness(answer: Observed<unknown>): string | null {
  if (answer.ok || answer.cause !== 'no-answer') return null;
  const { afterSeconds = 0 } = answer;
  return afterSeconds >= patience ? `no answer within ${afterSeconds} s` : null;
}
