/** Whom an extension server takes aggctl for when it asks as kube-apiserver does: with the node's front-proxy pair, and without it. */
import { hostPort } from '../../format.ts';
import type {
  Answer,
  ApiService,
  Ask,
  AuthenticationConfigMap,
  FrontProxyProbe,
  Observed,
  ProbeAnswer,
  Question,
  Unavailable,
} from '../../model.ts';
import { readBundle } from '../../x509/bundle.ts';
import type { Apiserver } from '../apiserver/apiserver.ts';
import { messageOf } from '../shared/kubernetes.ts';
import { hostPathOf } from '../shared/read-manifest.ts';
import type { BackendFacts } from './backend-facts.ts';
import { serverNameOf, type Target, targetsOf } from './targets.ts';

/** A user without rights: what is refused to it names it. */
const user = 'aggctl-probe';
const path = '/aggctl-probe';

/** What this node has to present. */
export interface FrontProxy {
  /** null: kube-apiserver here has no pair. */
  readonly pair: NonNullable<Question['handshake']['pair']> | null;
  readonly usernameHeaders: readonly string[];
  /** `host:port` of each kube-apiserver. */
  readonly apiservers: readonly string[];
}

/** From the flags of the kube-apiserver whose files are visible; null where none is. */
export function frontProxyOf(
  all: readonly Apiserver[],
  configMap: Observed<AuthenticationConfigMap | null>,
  apiservers: readonly string[],
): FrontProxy | null {
  const here = all.find(({ manifest }) => manifest.ok);
  if (!here?.manifest.ok) return null;
  const { mounts } = here.manifest.value;
  const file = (flag: string) => hostPathOf(here.flags.byName[flag]?.value ?? '', mounts);
  const [certificate, key] = [file('proxy-client-cert-file'), file('proxy-client-key-file')];
  const published = configMap.ok ? configMap.value?.usernameHeaders : null;
  return { pair: certificate && key ? { certificate, key } : null, usernameHeaders: ['X-Remote-User', ...(published ?? [])], apiservers };
}

/**
 * GETs /aggctl-probe, which no server has, of the first address that answers. `object` is the path of an object that does not exist: where
 * the first request was not refused, it tells whether the API itself is open to everybody. null: nobody asked when this was recorded.
 */
export async function probeAsFrontProxy(
  ask: Ask,
  service: ApiService,
  backend: BackendFacts,
  { pair, usernameHeaders, apiservers }: FrontProxy,
  object: string | null,
): Promise<Observed<FrontProxyProbe | null>> {
  const targets = backend.backend.ok && backend.backend.value ? targetsOf(service, backend.backend.value, backend) : [];
  if (targets.length === 0) return { ok: true, value: null };
  const { namespace, name } = service.service;
  const itself = (namespace === 'default' && name === 'kubernetes') || leadsTo(apiservers, backend, targets);
  // To a kube-apiserver not even the headers go.
  const headers = Object.fromEntries(itself ? [] : usernameHeaders.map((header) => [header, user]));
  const without = { kind: 'handshake', serverName: serverNameOf(service), present: 'none' } as const;
  const asked = await Promise.all(
    targets.map(async ({ host, port }) => ({ host, port, shown: await ask({ ...without, host, port, request: { path, headers } }) })),
  );
  if (asked.every(({ shown }) => !shown.ok && shown.why === 'excluded')) return { ok: true, value: null };
  if (itself) return isKubeApiserver(service);
  // A server that demands a certificate ends the handshake, or gives no answer after it.
  const reached = asked.find(({ shown }) => shown.ok && shown.value.chain.length > 0) ?? asked.find(({ shown }) => shown.ok);
  if (!reached?.shown.ok) {
    const [trouble] = asked.flatMap(({ shown: none }) => (none.ok ? [] : [none.message]));
    return excluded(`which user ${namespace}/${name} authenticates: ${trouble}`);
  }
  const { host, port, shown } = reached;
  const [leaf] = shown.value.chain.flatMap((pem) => readBundle(pem).certificates);
  // Whatever leads to it: kube-apiserver's own certificate is for this name.
  if (leaf?.names.includes('kubernetes.default.svc')) return isKubeApiserver(service);
  const answered = shown.value.answer?.status;
  const open = answered !== undefined && (answered < 400 || answered === 404);
  const [withPair, anonymous] = await Promise.all([
    pair ? ask({ ...without, host, port, present: 'front-proxy', pair, request: { path, headers } }) : null,
    open && object ? ask({ ...without, host, port, request: { path: object, headers: {} } }) : null,
  ]);
  const status = anonymous?.ok ? anonymous.value.answer?.status : undefined;
  return {
    ok: true,
    value: {
      address: hostPort(host, port),
      withPair: withPair && answerOf(withPair),
      without: answerOf(shown),
      anonymous: status !== undefined && object ? { path: object, status } : null,
    },
  };
}

function answerOf(shown: Observed<Answer['handshake']>): ProbeAnswer {
  if (!shown.ok) return { status: null, text: shown.message, seenAs: null };
  const { answer, error = 'no answer' } = shown.value;
  if (!answer) return { status: null, text: error, seenAs: null };
  const text = messageOf(answer.text);
  // k8s.io/apiserver, pkg/endpoints/handlers/responsewriters/errors.go (forbiddenMessage), v0.37.2.
  const seenAs = answer.status === 403 ? (/User \\?"([^"\\]+)\\?" cannot get path/.exec(text)?.[1] ?? null) : null;
  return { status: answer.status, text, seenAs };
}

/** kube-apiserver trusts the pair, too: there the request would be one of kube-apiserver's own users. */
const leadsTo = (apiservers: readonly string[], { backendEndpoints }: BackendFacts, targets: readonly Target[]) =>
  [
    ...(backendEndpoints.ok ? (backendEndpoints.value?.addresses ?? []) : []).flatMap(({ address, ports }) =>
      ports.map(({ port }) => hostPort(address, port ?? 0)),
    ),
    ...targets.map(({ host, port }) => hostPort(host, port)),
  ].some((address) => apiservers.includes(address));

const isKubeApiserver = ({ name }: ApiService) =>
  excluded(`${name} refers to kube-apiserver itself, to which aggctl never presents the front-proxy certificate`);

const excluded = (message: string): Unavailable => ({ ok: false, why: 'excluded', message });
