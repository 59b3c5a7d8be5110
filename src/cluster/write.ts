/**
 * The only file that changes a cluster; nothing but `deploy-sample` and `--nodes` may import it. It sends over the same requests as everything else, so
 * credentials, proxy, impersonation, time-outs and error messages are the same (client-node drops groups and uid of an impersonated
 * user, has no time-out, and would be a second client for the same server).
 */
import { map, object, parseJson, string } from '../decode.ts';
import type { Observed, Writer, Written } from '../model.ts';
import type { ApiResponse } from './answer.ts';
import type { Connection } from './connect.ts';
import { type ApiRequest, client, type Send } from './request.ts';

/** How aggctl recognizes its own objects: the field manager of server-side apply, and a label. */
export interface Owner {
  readonly manager: string;
  readonly label: string;
  readonly value: string;
}

/** A writer that never changes an object without the owner's label. `signal` aborts open requests. */
export const writer = (connection: Connection, owner: Owner, signal?: AbortSignal): Writer => {
  const send = client(connection, signal);
  const own = async (path: string): Promise<Found> => found(await send({ method: 'GET', path }), owner);
  const query = (dryRun = false, more = '') => `?fieldManager=${owner.manager}${more}${dryRun ? '&dryRun=All' : ''}`;
  const itself: Writer = {
    async apply(path, object, { dryRun } = {}) {
      const before = await own(path);
      if (before.is === 'trouble') return before.written;
      const known = before.is === 'absent' ? {} : { uid: before.uid };
      const body = JSON.stringify({ ...object, metadata: { ...object.metadata, ...known } });
      const contentType = 'application/apply-patch+yaml';
      const answer = await send({ method: 'PATCH', path: path + query(dryRun, '&force=true'), body, contentType });
      return written(answer, (after) => (before.is === 'absent' ? 'created' : same(after, before.version) ? 'unchanged' : 'changed'));
    },
    create: async (path, object, { dryRun } = {}) =>
      written(await send({ method: 'POST', path: path + query(dryRun), body: JSON.stringify(object) }), () => 'created'),
    async patch(path, change) {
      const before = await own(path);
      if (before.is === 'trouble') return before.written;
      if (before.is === 'absent') return { ok: true, did: 'absent' };
      return written(await mergePatch(send, path + query(), change), (after) => (same(after, before.version) ? 'unchanged' : 'changed'));
    },
    async copySecret(from, path, object) {
      const answer = await send({ method: 'GET', path: from });
      const got = written(answer, () => 'unchanged');
      if (!answer.ok || !got.ok) return got;
      const { type, data } = parse(answer.value.text);
      return itself.apply(path, { ...object, type, data });
    },
    async removeAll(collection) {
      const selector = encodeURIComponent(`${owner.label}=${owner.value}`);
      return written(await send({ method: 'DELETE', path: `${collection}?labelSelector=${selector}` }), () => 'deleted');
    },
    async remove(path) {
      const before = await own(path);
      if (before.is === 'trouble') return before.written;
      if (before.is === 'absent') return { ok: true, did: 'absent' };
      const body = JSON.stringify({
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        propagationPolicy: 'Background',
        preconditions: { uid: before.uid },
      });
      const answer = await send({ method: 'DELETE', path, body });
      if (answer.ok && answer.value.status === 404) return { ok: true, did: 'absent' };
      return written(answer, () => 'deleted');
    },
  };
  return itself;
};

const mergePatch = (send: Send, path: string, change: object): ReturnType<Send> =>
  send({ method: 'PATCH', path, body: JSON.stringify(change), contentType: 'application/merge-patch+json' } satisfies ApiRequest);

type Found =
  | { readonly is: 'absent' }
  | { readonly is: 'own'; readonly uid: string; readonly version: string }
  | { readonly is: 'trouble'; readonly written: Written };

/** What exists now: nothing, an object of the owner, or one that must not be changed. */
function found(answer: Observed<ApiResponse>, { label, value }: Owner): Found {
  if (answer.ok && answer.value.status === 404) return { is: 'absent' };
  const got = written(answer, () => 'unchanged');
  if (!answer.ok || !got.ok) return { is: 'trouble', written: got };
  const { kind = 'object', metadata } = parse(answer.value.text);
  if (metadata?.labels?.[label] === value) return { is: 'own', uid: metadata.uid ?? '', version: metadata.resourceVersion ?? '' };
  const name = [metadata?.namespace, metadata?.name].filter(Boolean).join('/');
  return {
    is: 'trouble',
    written: {
      ok: false,
      why: 'foreign',
      status: 200,
      message: `${kind} \`${name}\` exists and was not created by aggctl: it has no label \`${label}=${value}\``,
    },
  };
}

type Done = (text: string) => Extract<Written, { ok: true }>['did'];

/** kube-apiserver's own message, if there is one. */
function written(answer: Observed<ApiResponse>, did: Done): Written {
  if (!answer.ok) return { ok: false, why: answer.why === 'denied' ? 'denied' : 'unreachable', status: null, message: answer.message };
  const { status, text } = answer.value;
  if (status >= 200 && status < 300) return { ok: true, did: did(text) };
  const message = parse(text).message ?? text.trim().slice(0, 200);
  // A 403 of admission has the form of a 403 of authorization.
  const why = status === 401 || status === 403 ? 'denied' : status === 409 ? 'conflict' : 'refused';
  return { ok: false, why, status, message };
}

const same = (text: string, version: string): boolean => parse(text).metadata?.resourceVersion === version;

const metadata = object({ namespace: string, name: string, uid: string, resourceVersion: string, labels: map(string) });
/** What is read of an object, or of a Status. */
const answered = object({ kind: string, message: string, metadata, type: string, data: map(string) });
const parse = (text: string) => answered(parseJson(text)) ?? {};
