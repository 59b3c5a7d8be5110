/** Lines of metrics-server's log → the nodes that it could not scrape, each with the reason. */
import { object, parseJson, string } from '../decode.ts';
import type { ScrapeError, ScrapeKind } from '../model.ts';
import { linesOf } from './log-lines.ts';
import { timeIn, valueIn } from './log-records.ts';

interface Row {
  readonly kind: ScrapeKind;
  readonly matches: RegExp;
  /** A clause, in which `it` is metrics-server. */
  readonly meaning: string;
  /** Imperative, without the full stop. */
  readonly next: string;
}

/**
 * The error alone, without the request's URL: names of nodes hold any digits. kubernetes-sigs/metrics-server, pkg/scraper/client (`request failed`)
 * and pkg/utils/address_resolver.go, v0.3.7 to v0.9.0; the others are Go's.
 */
export const scrapes: readonly Row[] = [
  {
    kind: 'no-certificate',
    matches: /^remote error: tls: internal error$/,
    meaning: 'the kubelet has no serving certificate',
    next: "approve the kubelets' pending certificate signing requests, or install a controller that approves those of kubernetes.io/kubelet-serving",
  },
  {
    kind: 'certificate',
    matches: /^(?:tls: failed to verify certificate: )?x509: /,
    meaning: "it cannot verify the kubelet's serving certificate",
    next: "let the cluster CA sign the kubelets' serving certificates (`serverTLSBootstrap: true` in the kubelet's configuration, then approve the certificate signing requests), and give metrics-server that CA with `--kubelet-certificate-authority`",
  },
  {
    kind: 'forbidden',
    matches: /^request failed(?:, status:| -) "(?:401 Unauthorized|403 Forbidden)"/,
    meaning: 'the kubelet rejects its request',
    next: "grant metrics-server's ServiceAccount `get` on nodes/metrics with a ClusterRole, and check that the kubelets authenticate with webhooks (`authentication.webhook.enabled: true`)",
  },
  {
    kind: 'name-unknown',
    matches: /^dial tcp: lookup \S+/,
    meaning: 'the DNS of the cluster does not resolve the host name',
    next: 'let metrics-server use addresses (`--kubelet-preferred-address-types=InternalIP`), or make the names of the nodes known to the DNS of the cluster',
  },
  {
    kind: 'no-address',
    matches:
      /^(?:no address matched types|(?:unable to extract connection information for node "[^"]*": )?node \S+ had no addresses that matched types) /,
    meaning: 'the node has no address of the types that it uses',
    next: 'add a type that the nodes have to `--kubelet-preferred-address-types` (`kubectl get nodes -o wide` shows InternalIP and ExternalIP)',
  },
  {
    kind: 'no-answer',
    matches: /^(?:context deadline exceeded|net\/http: (?:request canceled|timeout awaiting response headers|TLS handshake timeout))/,
    meaning: 'the kubelet does not answer within the timeout of a scrape',
    next: 'let its pod reach port 10250 of these nodes (security groups, firewalls, NetworkPolicies); if they answer but slowly, raise `--metric-resolution`, on which the timeout depends',
  },
  {
    kind: 'unreachable',
    matches: /^(?:dial tcp \S+: (?:i\/o timeout|connect: )|read tcp \S+: |EOF$|unexpected EOF$)/,
    meaning: 'its pod cannot connect to the kubelet',
    next: 'let its pod reach port 10250 of these nodes, over the address type in `--kubelet-preferred-address-types`',
  },
  {
    kind: 'no-endpoint',
    matches: /^request failed(?:, status:| -) "404 /,
    meaning: 'the kubelet does not serve the endpoint that it requests',
    next: 'install a version of metrics-server for this version of Kubernetes: from 0.6 it requests /metrics/resource of the kubelet',
  },
];
/** For an error that no row matches. */
const unrecognized: Row = {
  kind: 'unrecognized',
  matches: /^/,
  meaning: 'it gets an error',
  next: "fix what metrics-server's log says of these nodes",
};
export const scrapeRow = (kind: ScrapeKind): Row => scrapes.find((row) => row.kind === kind) ?? unrecognized;

/** What Go's net/http puts before an error, and what it adds when its own timeout ends. */
const bare = (error: string): string =>
  error
    .trim()
    .replace(/^(?:Get|Post) (?:"[^"]*"|https?:\S+): /, '')
    .replace(/ \(Client\.Timeout exceeded[\w ]{0,80}\)$/, '');

/** From 0.5 on; the time-out has words of its own since 0.7. */
const said = /^(?:\{.{0,500}"msg":|[EI]\d{4} [\d:.]+ +\d+ \S{1,200}\] )"Failed to scrape node(?:, timeout to access kubelet)?"/;
/** With `--logging-format=json` a node is an object. */
const nodeInJson = object({ node: object({ name: string }) });
/** Up to 0.4: one line for all nodes. */
const joined =
  /unable to fetch metrics from (?:node (\S+)|Kubelet (\S+) \([^)]*\)): (.*?)(?=, unable to fully (?:scrape|collect) metrics from |\](?:\s|$)|$)/g;

function errorsIn(line: string): readonly { readonly node: string; readonly error: string }[] {
  if (said.test(line)) {
    const error = valueIn(line, 'err');
    const node = valueIn(line, 'node') ?? nodeInJson(parseJson(line))?.node?.name;
    return error && node ? [{ node, error }] : [];
  }
  if (!/unable to fully (?:scrape|collect) metrics/.test(line)) return [];
  return [...line.matchAll(joined)].map(([, node, source, error = '']) => ({ node: node ?? source ?? '', error }));
}

/** The newest error of each node, in the order in which they are first named. */
export function scrapeErrorsIn(log: string, now: Date): readonly ScrapeError[] {
  const newest = new Map<string, ScrapeError>();
  for (const { text: line, at } of linesOf(log)) {
    for (const { node, error } of errorsIn(line)) {
      const text = bare(error);
      const kind = scrapes.find(({ matches }) => matches.test(text))?.kind ?? 'unrecognized';
      newest.set(node, { node, kind, text: text.length > 300 ? `${text.slice(0, 299)}…` : text, at: at ?? timeIn(line, now) });
    }
  }
  return [...newest.values()];
}
