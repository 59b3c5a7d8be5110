/** What an extension server's own log says of kube-apiserver's certificate: the one proof that a laptop can have. */

import { apiPath } from '../../api-path.ts';
import { anything, date as dateOf } from '../../decode.ts';
import type { ApiPath, ApiService, Ask, AuthenticationConfigMap, LoggedRejection, Observed } from '../../model.ts';
import { linesOf } from '../../signatures/log-lines.ts';
import { isHinted, refusedWatchIn, rejectionIn, rejectionKind } from '../../signatures/rejections.ts';
import { evenHex } from '../../x509/certificate.ts';
import { list, parsed } from '../shared/kubernetes.ts';
import { sliceObject, slicesPath } from '../shared/objects.ts';

/** How much of a log is asked for, and of how many pods of a Service. */
const tailLines = 200;
const mostPods = 2;
/** A container that is asked about when a pod has several. */
const mostContainers = 3;
/** kube-apiserver probes every 30 s, so that the newest line of its own is no older. Clocks of nodes differ a little. */
const recent = 180_000;

/** Asked one after the other, each a round trip; each gives the source for its wave. */
export interface OwnLogWaves {
  readonly slices: Ask;
  readonly logs: Ask;
  readonly containers: Ask;
}
/**
 * The newest rejection that the pods behind a Service logged within three minutes before `now`; null when there is none, or when their
 * lines contradict each other. `excluded` when no log can be read: the rights for it are optional.
 */
export async function readServerLog(
  ask: OwnLogWaves,
  service: ApiService['service'],
  now: Date,
  configMap: AuthenticationConfigMap | null,
): Promise<Observed<LoggedRejection | null>> {
  const { namespace, name } = service;
  const slices = await list(ask.slices, slicesPath(namespace, name), sliceObject);
  if (!slices.ok) return notSeen(namespace, name, slices.message);
  const targets = slices.value.flatMap(({ endpoints }) => endpoints ?? []).flatMap(({ targetRef }) => targetRef ?? []);
  const pods = [...new Set(targets.flatMap(({ kind, name: pod }) => (kind === 'Pod' && pod ? [pod] : [])))].slice(0, mostPods);
  if (pods.length === 0) return notSeen(namespace, name, 'no EndpointSlice names a pod');
  const read = (await Promise.all(pods.map((pod) => podLog(ask, namespace, pod)))).flat();
  const texts = read.flatMap(({ pod, text }) => (text.ok ? [{ pod, text: text.value }] : []));
  const refused = read.find(({ text }) => !text.ok)?.text;
  if (texts.length === 0) return notSeen(namespace, name, refused && !refused.ok ? refused.message : 'their logs are empty');
  const isFresh = ({ time }: LoggedRejection) => time === null || Math.abs(now.getTime() - time.getTime()) < recent;
  const lines = texts.flatMap(({ pod, text }) => rejectionsIn(text, `${namespace}/${pod}`, configMap)).filter(isFresh);
  const unwatched = texts.flatMap(({ pod, text }) => unwatchedIn(text, `${namespace}/${pod}`)).filter(isFresh);
  return { ok: true, value: lines.length > 0 ? agreed(lines) : (unwatched.at(-1) ?? null) };
}

const notSeen = (namespace: string, name: string, why: string) =>
  ({
    ok: false,
    why: 'excluded',
    message: `the log of the extension server ${namespace}/${name}, which names the fault of the certificate: ${why}`,
  }) as const;

/** A pod of several containers is refused with their names: they are asked for then. */
async function podLog(ask: OwnLogWaves, namespace: string, pod: string) {
  const path = apiPath`/api/v1/namespaces/${namespace}/pods/${pod}/log?tailLines=${tailLines}&timestamps=true`;
  const get = async (source: Ask, asked: ApiPath) => ({
    pod,
    text: textOf(asked, await source({ kind: 'api', method: 'GET', path: asked })),
  });
  const whole = await source(ask.logs, path);
  const named = whole.ok && whole.value.status === 400 ? /choose one of: \[([^\]]+)\]/.exec(whole.value.text)?.[1] : undefined;
  if (!named) return [{ pod, text: textOf(path, whole) }];
  const containers = named.split(/,? /).slice(0, mostContainers);
  return Promise.all(containers.map((container) => get(ask.containers, apiPath`${{ path }}&container=${container}`)));
}
const source = (ask: Ask, path: ApiPath) => ask({ kind: 'api', method: 'GET', path });

function textOf(path: string, answer: Awaited<ReturnType<typeof source>>): Observed<string> {
  if (answer.ok && answer.value.status === 200) return { ok: true, value: answer.value.text };
  const refused = parsed(path, answer, anything);
  return refused.ok ? { ok: false, why: 'unreachable', message: 'the pod is gone' } : refused;
}

/** The newest of them, when all name one fault: a stranger's certificate may be refused there, too, for a reason of its own. */
function agreed(lines: readonly LoggedRejection[]): LoggedRejection | null {
  const newest = lines.at(-1);
  return newest && lines.every(({ kind }) => kind === newest.kind) ? newest : null;
}

/** The lines in which authentication failed: the first verifier's words, and what they name. */
export function rejectionsIn(log: string, pod: string, configMap: AuthenticationConfigMap | null): readonly LoggedRejection[] {
  return linesOf(log).flatMap(({ text: line, at }) => {
    const said = rejectionIn(line);
    if (!said) return [];
    const { first, decimal, date, authorityKeyId, commonName, text } = said;
    const one = {
      pod,
      text,
      time: at,
      serial: decimal ? { decimal, hex: evenHex(BigInt(decimal)) } : null,
      authorityKeyId,
      date: dateOf(date) ?? null,
      commonName,
      account: null,
    };
    return [{ ...one, kind: provenKind(one, first, configMap), says: rejectionKind(first).kind }];
  });
}

/** The lines in which it is refused to hear what is in the ConfigMap. */
function unwatchedIn(log: string, pod: string): readonly LoggedRejection[] {
  return linesOf(log).flatMap(({ text: line, at }) => {
    const said = refusedWatchIn(line);
    if (!said) return [];
    const nothing = { serial: null, authorityKeyId: null, date: null, commonName: null };
    return [{ kind: 'configmap-not-watched', says: 'configmap-not-watched', ...said, pod, time: at, ...nothing }];
  });
}

/** What the text says, held against the ConfigMap's CAs by dates and key identifiers: an expired CA gives the same text as an expired leaf. */
function provenKind(
  { date, authorityKeyId, commonName }: Pick<LoggedRejection, 'date' | 'authorityKeyId' | 'commonName'>,
  first: string,
  configMap: AuthenticationConfigMap | null,
): LoggedRejection['kind'] {
  const cas = configMap?.requestheaderCa ?? [];
  const isDateOf = (end: 'notBefore' | 'notAfter') => cas.some((ca) => ca[end].getTime() === date?.getTime());
  const { kind, certain } = rejectionKind(first);
  const { allowedNames } = configMap ?? {};
  if (kind === 'name-not-allowed' && allowedNames && (allowedNames.length === 0 || allowedNames.includes(commonName ?? '')))
    return 'own-trust';
  if (certain) return kind;
  if (cas.length === 0) return 'unclear';
  if (kind === 'expired') return isDateOf('notAfter') ? 'ca-expired' : 'expired';
  if (kind === 'not-yet-valid') return isDateOf('notBefore') ? 'unclear' : 'not-yet-valid';
  if (kind !== 'unknown-authority' || isHinted(first)) return kind;
  if (authorityKeyId === null) return 'unclear';
  return cas.some((ca) => ca.subjectKeyId === authorityKeyId) ? 'own-trust' : kind;
}
