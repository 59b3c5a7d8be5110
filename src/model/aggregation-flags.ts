/** The kube-apiserver flags of the aggregation layer: how pflag reads them, and what they are for. */
import type { Flag } from './apiserver.ts';

export interface AggregationFlag {
  readonly name: string;
  /** As in `kube-apiserver --help`: a string, a list (CSV; repetitions add up), or a switch. */
  readonly type: 'string' | 'list' | 'bool';
  readonly purpose: string;
  /** Aggregation does not work for all users without it. */
  readonly required: boolean;
  /** Of a switch: its value when it is not set. */
  readonly default?: 'true' | 'false';
  /** Its value is a path: of a key or certificates, or of a configuration. */
  readonly file?: 'certificates' | 'configuration';
}

/** In the order a request meets them. kubernetes/kubernetes, pkg/controlplane/apiserver/options and staging/src/k8s.io/apiserver/pkg/server/options, v1.37. */
export const aggregationFlags: readonly AggregationFlag[] = [
  {
    name: 'proxy-client-cert-file',
    type: 'string',
    required: true,
    file: 'certificates',
    purpose: 'client certificate that kube-apiserver presents to extension servers',
  },
  { name: 'proxy-client-key-file', type: 'string', required: true, file: 'certificates', purpose: 'its private key' },
  {
    name: 'requestheader-client-ca-file',
    type: 'string',
    required: true,
    file: 'certificates',
    purpose: 'CA that extension servers trust for that certificate',
  },
  {
    name: 'requestheader-allowed-names',
    type: 'list',
    required: false,
    purpose: 'common names allowed to set user headers; empty: any name from that CA',
  },
  { name: 'requestheader-username-headers', type: 'list', required: true, purpose: "headers with the user's name: X-Remote-User" },
  { name: 'requestheader-group-headers', type: 'list', required: true, purpose: "headers with the user's groups: X-Remote-Group" },
  {
    name: 'requestheader-extra-headers-prefix',
    type: 'list',
    required: true,
    purpose: "prefix of headers with the user's extra: X-Remote-Extra-",
  },
  { name: 'requestheader-uid-headers', type: 'list', required: false, purpose: "headers with the user's uid: X-Remote-Uid" },
  {
    name: 'enable-aggregator-routing',
    type: 'bool',
    required: false,
    default: 'false',
    purpose: "true: dial the pods; false: the Service's ClusterIP",
  },
  {
    name: 'aggregator-reject-forwarding-redirect',
    type: 'bool',
    required: false,
    default: 'true',
    purpose: 'reject redirects from extension servers',
  },
  {
    name: 'client-ca-file',
    type: 'string',
    required: false,
    file: 'certificates',
    purpose: 'client CA for users; also published to extension servers',
  },
  {
    name: 'egress-selector-config-file',
    type: 'string',
    required: false,
    file: 'configuration',
    purpose: 'tunnel through which kube-apiserver dials extension servers',
  },
];

const byName = new Map(aggregationFlags.map((flag) => [flag.name, flag]));
/** How pflag reads a flag; of one that is not of the aggregation layer null. */
export const typeOf = (name: string): AggregationFlag['type'] | null => byName.get(name)?.type ?? null;

/** What a flag of the layer means, for comparing: a list as a set, whatever its order and quotes, a switch with its default. */
export function meaningOf({ type, default: otherwise }: AggregationFlag, flag: Flag | undefined): string {
  if (type === 'list') return [...new Set(flag?.list)].sort().join(',');
  if (type === 'bool') return flag ? String(/^(1|t|true)$/i.test(flag.value)) : (otherwise ?? '');
  return flag?.value ?? '';
}
