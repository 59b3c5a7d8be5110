/** What is known of the cluster as a whole, and of aggctl's own standing in it. */
import type { Answer, Ask, Certificate, CertificateFile, Located, Observed } from '../model.ts';
import { readBundle } from '../x509/bundle.ts';
import { get, list, parsed, review } from './shared/kubernetes.ts';

export interface Version {
  readonly text: string;
  readonly minor: number;
}
export interface Identity {
  readonly user: string;
  readonly groups: readonly string[];
}

/** The server's version, and its clock minus ours in milliseconds from the same answer's Date header. */
export async function readVersion(ask: Ask): Promise<{ version: Observed<Version>; clockSkew: Observed<number> }> {
  const [answer, clock] = await Promise.all([ask({ kind: 'api', method: 'GET', path: '/version' }), ask({ kind: 'clock' })]);
  if (!answer.ok) return { version: answer, clockSkew: answer };
  const read = parsed<{ gitVersion?: string }>('/version', answer);
  const date = Date.parse(answer.value.headers.date ?? '');
  const ours = clock.ok ? Date.parse(clock.value.time) : Number.NaN;
  const skew = date - ours;
  const clockSkew: Observed<number> = Number.isNaN(skew) ? timeless : { ok: true, value: skew };
  if (!read.ok) return { version: read, clockSkew };
  const text = read.value?.gitVersion;
  if (!text)
    return {
      version: { ok: false, why: 'malformed', message: 'GET /version returned no version: check that this is a kube-apiserver' },
      clockSkew,
    };
  return { version: { ok: true, value: { text, minor: Number.parseInt(text.split('.')[1] ?? '', 10) } }, clockSkew };
}

const timeless = { ok: false, why: 'excluded', message: "kube-apiserver's clock: its answer has no date" } as const;

/** Whom kube-apiserver takes aggctl for. */
export async function readIdentity(ask: Ask): Promise<Observed<Identity>> {
  const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
  type Review = { status?: { userInfo?: { username?: string; groups?: string[] } } };
  const answer = await review<Review>(ask, path, { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' });
  if (!answer.ok) return answer;
  const user = answer.value?.status?.userInfo;
  if (!user?.username) return { ok: false, why: 'excluded', message: 'this kube-apiserver does not return the user name of aggctl' };
  return { ok: true, value: { user: user.username, groups: user.groups ?? [] } };
}

/** Where a kube-apiserver announces itself. */
export interface Announced {
  readonly address: string;
  readonly port: number;
}

/** The addresses at which kube-apiservers announce themselves: the EndpointSlices of Service default/kubernetes. */
export async function readEndpoints(ask: Ask): Promise<Observed<readonly Announced[]>> {
  const path = '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dkubernetes';
  const slices = await list<{ endpoints?: { addresses?: string[] }[]; ports?: { port?: number }[] }>(ask, path);
  if (!slices.ok) return slices;
  const value = slices.value.flatMap(({ endpoints = [], ports = [] }) =>
    endpoints.flatMap(({ addresses = [] }) => addresses.map((address) => ({ address, port: ports[0]?.port ?? 443 }))),
  );
  return { ok: true, value };
}

/** The certificate that kube-apiserver shows: in the handshake, else as its file on this node holds it. */
export function serverCertificate(
  server: string,
  shown: Observed<Answer['handshake']>,
  file: Observed<CertificateFile | null> | undefined,
): Observed<Located<Certificate>> {
  const leaf = shown.ok ? readBundle(shown.value.chain[0] ?? '').certificates[0] : undefined;
  if (leaf) return { ok: true, value: { value: leaf, at: { probe: `TLS handshake with ${server}` } } };
  const own = file?.ok ? file.value : null;
  const first = own?.certificates[0];
  if (own && first) return { ok: true, value: { value: first, at: own.at } };
  if (!shown.ok) return shown;
  return { ok: false, why: 'unreachable', message: `${server} presents no certificate: ${shown.value.error ?? 'it does not speak TLS'}` };
}

/** The host and port of a URL; 443 where it names none. */
export function addressOf(server: string): { host: string; port: number } {
  const url = new URL(server);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port ? Number(url.port) : 443 };
}

/** Labels of one node of the cluster, and its system, as `name=value`; none when they may not be read. */
export async function readNodeLabels(ask: Ask): Promise<readonly string[]> {
  type Nodes = { items?: readonly { metadata?: { labels?: Record<string, string> }; status?: { nodeInfo?: { osImage?: string } } }[] };
  const answer = await get<Nodes>(ask, '/api/v1/nodes?limit=1');
  const node = answer.ok ? answer.value?.items?.[0] : undefined;
  const labels = Object.entries(node?.metadata?.labels ?? {}).map(([name, value]) => `${name}=${value}`);
  return [...labels, `osImage=${node?.status?.nodeInfo?.osImage ?? ''}`];
}
