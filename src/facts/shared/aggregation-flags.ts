/** The kube-apiserver flags of the aggregation layer: how pflag reads them, and what they are for. */

export interface AggregationFlag {
  readonly name: string;
  /** As in `kube-apiserver --help`: a string, a list (CSV; repetitions add up), or a switch. */
  readonly type: 'string' | 'list' | 'bool';
  readonly purpose: string;
  /** Aggregation does not work for all users without it. */
  readonly required: boolean;
}

/** In the order a request meets them. kubernetes/kubernetes, pkg/controlplane/apiserver/options and staging/src/k8s.io/apiserver/pkg/server/options, v1.37. */
export const aggregationFlags: readonly AggregationFlag[] = [
  {
    name: 'proxy-client-cert-file',
    type: 'string',
    required: true,
    purpose: 'client certificate that kube-apiserver presents to extension servers',
  },
  { name: 'proxy-client-key-file', type: 'string', required: true, purpose: 'its private key' },
  { name: 'requestheader-client-ca-file', type: 'string', required: true, purpose: 'CA that extension servers trust for that certificate' },
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
  { name: 'enable-aggregator-routing', type: 'bool', required: false, purpose: "true: dial the pods; false: the Service's ClusterIP" },
  { name: 'aggregator-reject-forwarding-redirect', type: 'bool', required: false, purpose: 'reject redirects from extension servers' },
  { name: 'client-ca-file', type: 'string', required: false, purpose: 'client CA for users; also published to extension servers' },
  {
    name: 'egress-selector-config-file',
    type: 'string',
    required: false,
    purpose: 'tunnel through which kube-apiserver dials extension servers',
  },
];

const types = new Map(aggregationFlags.map((flag) => [flag.name, flag.type]));
/** How pflag reads a flag; of one that is not of the aggregation layer null. */
export const typeOf = (name: string): AggregationFlag['type'] | null => types.get(name) ?? null;
