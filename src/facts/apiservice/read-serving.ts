/** What an extension server presents on TLS: in a handshake from a control-plane node or by port-forward, else in its Secret. */

import { apiPath } from '../../api-path.ts';
import { object, string } from '../../decode.ts';
import { hostPort } from '../../format.ts';
import type { ApiService, Ask, BackendPod, Certificate, Dial, Observed, Serving, Unavailable, UserOptions } from '../../model.ts';
import { readBundle } from '../../x509/bundle.ts';
import { accessReview, get, review } from '../shared/kubernetes.ts';
import { known } from '../shared/observed.ts';
import type { BackendFacts } from './backend-facts.ts';
import { portOf, serverNameOf, targetsOf } from './targets.ts';

/** Where aggctl stands, and what its user allows. */
export interface Standpoint {
  /** On a control-plane node addresses of the cluster's network are the cluster's; elsewhere they may be somebody else's. */
  readonly onNode: boolean;
  readonly userOptions: Pick<UserOptions, 'portForward' | 'readSecrets'>;
  /** Who runs the control plane; null: nobody hides its nodes. */
  readonly provider: string | null;
}
export interface ServingFacts {
  readonly dials: Observed<readonly Dial[] | null>;
  readonly serving: Observed<Serving | null>;
}

/** What is not seen is `excluded`: the rights for it are optional. */
export async function readServing(ask: Ask, service: ApiService, backend: BackendFacts, place: Standpoint): Promise<ServingFacts> {
  const serverName = serverNameOf(service);
  const targets = place.onNode && backend.backend.ok ? targetsOf(service, backend.backend.value, backend) : [];
  const [secret, ...shaken] = await Promise.all([
    place.userOptions.readSecrets ? inSecret(ask, service.service.namespace, backend) : null,
    ...targets.map(async ({ to, host, port, pod }) => ({
      to,
      pod,
      address: hostPort(host, port),
      shown: await ask({ kind: 'handshake', host, port, serverName, present: 'none' }),
    })),
  ]);
  const tried = shaken.filter(({ shown }) => shown.ok || shown.why !== 'excluded');
  const dials = tried.map(({ to, pod, address, shown }) => {
    const message = shown.ok ? (shown.value.error ?? '') : shown.message;
    const happened = (shown.ok ? shown.value.happened : shown.happened) ?? message;
    const chain = shown.ok ? certificatesIn(shown.value.chain) : [];
    const from = shown.ok ? shown.value.from : undefined;
    return { to, pod, address, chain, connected: chain.length > 0, message, happened, ...(from !== undefined && { from }) };
  });
  const seen = tried.find(({ shown }) => shown.ok && shown.value.chain.length > 0);
  const serving =
    seen?.shown.ok === true
      ? known(presented(seen.shown.value.chain, seen.shown.value.protocol, `TLS handshake with ${seen.address}`))
      : await otherwise(ask, service, backend, place, { dials, secret });
  return { dials: known(dials.length > 0 ? dials : null), serving: withStored(serving, secret) };
}

/** What the Secret holds beside another certificate that a handshake showed. */
function withStored(serving: Observed<Serving>, secret: InSecret): Observed<Serving> {
  if (!serving.ok || serving.value.from === 'Secret' || !secret?.ok) return serving;
  const { chain, name } = secret.value;
  if (chain[0]?.fingerprint === serving.value.chain[0]?.fingerprint) return serving;
  return known({ ...serving.value, stored: { secret: name, chain } });
}

const certificatesIn = (chain: readonly string[]): readonly Certificate[] => chain.flatMap((pem) => readBundle(pem).certificates);
const presented = (chain: readonly string[], protocol: string | undefined, probe: string): Serving => ({
  chain: certificatesIn(chain),
  protocol: protocol ?? null,
  at: { probe },
  from: 'handshake',
});

/** By port-forward where that is allowed, else from the Secret where that is. */
async function otherwise(
  ask: Ask,
  service: ApiService,
  backend: BackendFacts,
  { onNode, userOptions, provider }: Standpoint,
  { dials, secret }: { readonly dials: readonly Dial[]; readonly secret: InSecret },
): Promise<Observed<Serving>> {
  const { namespace, name } = service.service;
  const what = `the serving certificate of ${namespace}/${name}`;
  const forwarded = userOptions.portForward && !onNode ? await byPortForward(ask, service, backend) : null;
  if (forwarded?.ok) return forwarded;
  if (secret?.ok) {
    const at = { object: `Secret ${secret.value.name}`, field: 'data[tls.crt]' };
    return known({ chain: secret.value.chain, protocol: null, at, from: 'Secret' });
  }
  const why = forwarded ?? secret;
  if (why && !why.ok) return excluded(`${what}: ${why.message}`);
  if (onNode) return excluded(`${what}: ${dials[0]?.message ?? 'there is no address to dial, or the recording did not dial it'}`);
  const reached = provider ? "only the control plane and the cluster's own network reach" : 'only a control-plane node reaches';
  return excluded(`${what}: ${reached} its address: ${provider ? '' : 'run sudo aggctl doctor there, or '}add --port-forward`);
}

async function byPortForward(
  ask: Ask,
  service: ApiService,
  { backend, backendEndpoints, backendPods }: BackendFacts,
): Promise<Observed<Serving>> {
  const { namespace, port } = service.service;
  const ports = backend.ok ? (backend.value?.service?.ports ?? []) : [];
  const portName = ports.find((one) => one.port === port)?.name ?? '';
  const pods = backendPods.ok ? (backendPods.value ?? []) : [];
  const found = (backendEndpoints.ok ? (backendEndpoints.value?.addresses ?? []) : []).flatMap((one) => {
    const pod = pods.find(({ name }) => name === one.pod);
    const own = portOf(one, portName);
    // To a pod on the host's network it would reach the host's loopback.
    return one.ready && pod && !pod.hostNetwork && own !== null ? [{ pod: pod.name, host: one.address, port: own }] : [];
  })[0];
  if (!found) return excluded('it has no ready pod without hostNetwork, so there is no port to forward');
  const allowed = await mayForward(ask, namespace);
  if (!allowed.ok) return allowed;
  const shown = await ask({
    kind: 'handshake',
    host: found.host,
    port: found.port,
    serverName: serverNameOf(service),
    present: 'none',
    pod: { namespace, name: found.pod, port: found.port },
  });
  if (!shown.ok) return shown;
  const { chain, protocol, error } = shown.value;
  const probe = `TLS handshake by port-forward with pod ${namespace}/${found.pod}, port ${found.port}`;
  return chain.length > 0 ? known(presented(chain, protocol, probe)) : excluded(`${probe}: ${error ?? 'it does not speak TLS'}`);
}

/** Over WebSocket it is a GET, and from 1.35 on `create` is asked for as well (kubernetes/kubernetes, pkg/registry/core/pod/rest, v1.37). */
async function mayForward(ask: Ask, namespace: string): Promise<Observed<true>> {
  const verbs = ['get', 'create'];
  const answers = await Promise.all(
    verbs.map((verb) =>
      review(
        ask,
        apiPath`/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`,
        {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: { namespace, verb, resource: 'pods', subresource: 'portforward' } },
        },
        accessReview,
      ),
    ),
  );
  const lacking = verbs.filter((_, i) => {
    const answer = answers[i];
    return !answer?.ok || !answer.value?.status?.allowed;
  });
  return lacking.length === 0
    ? known(true)
    : excluded(`you are not allowed to ${lacking.join(' and ')} pods/portforward in namespace ${namespace}`);
}

/** Of a Secret only certificates are read. */
export const secretObject = object({ data: object({ 'tls.crt': string }) });
/** `NAMESPACE/NAME`, and the chain in it; null: it is not to be read. */
type InSecret = Observed<{ readonly name: string; readonly chain: readonly Certificate[] }> | null;
async function inSecret(ask: Ask, namespace: string, { backendPods }: BackendFacts): Promise<InSecret> {
  const pods: readonly BackendPod[] = backendPods.ok ? (backendPods.value ?? []) : [];
  const name = pods.map(({ servingSecret }) => servingSecret).find((one) => one !== null);
  if (!name) return excluded('none of its pods names the Secret that holds it');
  const secret = await get(ask, apiPath`/api/v1/namespaces/${namespace}/secrets/${name}`, secretObject);
  if (!secret.ok) return excluded(secret.message);
  const chain: readonly Certificate[] = readBundle(
    Buffer.from(secret.value?.data?.['tls.crt'] ?? '', 'base64').toString('latin1'),
  ).certificates;
  if (chain.length === 0) return excluded(`Secret ${namespace}/${name} holds no certificate as tls.crt`);
  return known({ name: `${namespace}/${name}`, chain });
}

const excluded = (message: string): Unavailable => ({ ok: false, why: 'excluded', message });
