import { apiPath } from '../../api-path.ts';
import type { ApiService, Ask, Observed, OpenAPIDocument, OpenAPIList } from '../../model.ts';
import { lateness, openAPIList, openAPIPath } from '../cluster/open-api-list.ts';
import { fact, maybe } from '../engine/declare.ts';
import { messageOf } from '../shared/kubernetes.ts';
import { apiservice } from './apiservice.ts';
import { discovery } from './discovery.ts';
import { firstFailure, named } from './first-failure.ts';

/** null: nobody asked for it by name, it does not serve, or nothing is known of the list. */
export const openAPIDocument = fact({
  name: 'openAPIDocument',
  of: apiservice,
  needs: { named, firstFailure, discovery: maybe(discovery), openAPIList: maybe(openAPIList) },
  read: (
    { named, firstFailure, discovery, openAPIList },
    ask,
    one,
  ): Observed<OpenAPIDocument | null> | Promise<Observed<OpenAPIDocument | null>> =>
    named && firstFailure === null && discovery.ok ? readOpenAPIDocument(ask, one, openAPIList) : { ok: true, value: null },
});

/** The name that kube-apiserver gives the document of a group version. */
const keyOf = ({ group, version }: ApiService) => `apis/${group}/${version}`;

/** Asks for the document of a group version as a user does: kube-apiserver passes the request on to the extension server. */
export async function readOpenAPIDocument(
  ask: Ask,
  service: ApiService,
  list: Observed<OpenAPIList | null>,
): Promise<Observed<OpenAPIDocument | null>> {
  if (!list.ok || !list.value) return { ok: true, value: null };
  if ('late' in list.value) return { ok: true, value: { path: openAPIPath, is: 'list late', text: list.value.late } };
  const path = apiPath`${{ path: openAPIPath }}/apis/${service.group}/${service.version}`;
  if (!list.value.paths.includes(keyOf(service))) return { ok: true, value: { path, is: 'not listed' } };
  const answer = await ask({ kind: 'api', method: 'GET', path });
  const late = lateness(answer);
  if (late) return { ok: true, value: { path, is: 'late', text: late } };
  if (!answer.ok) return { ok: true, value: null };
  const { status, text, ms } = answer.value;
  const ok = status === 200 && text.trimStart().startsWith('{');
  return { ok: true, value: { path, is: ok ? 'served' : 'refused', status, text: ok ? '' : messageOf(text), ms } };
}
