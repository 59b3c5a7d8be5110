/** `aggctl rbac`: the rights that aggctl needs, as objects for a ServiceAccount. test/lab/rights.test.ts holds them against what is asked. */
import type { Manifest, Manifests } from '../model.ts';
import { podVerbs } from '../nodes/pod.ts';
import { UsageError } from '../usage-error.ts';

export interface RbacOptions {
  readonly namespace?: string;
  readonly serviceAccount?: string;
  /** Namespaces of extension API servers. */
  readonly serverNamespace?: readonly string[];
  readonly metrics?: boolean;
  readonly history?: boolean;
  /** The namespace of the Pods of `--nodes`; true: kube-system. */
  readonly nodes?: string | true;
}

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}
const of = (apiGroup: string, resources: readonly string[], ...verbs: readonly string[]): Rule => ({
  apiGroups: [apiGroup],
  resources,
  verbs,
});
const named = (rule: Rule, ...resourceNames: readonly string[]): Rule => ({ ...rule, resourceNames });
const paths = (...nonResourceURLs: readonly string[]): Rule => ({ nonResourceURLs, verbs: ['get'] });

/** What a laptop can see of every cluster. */
const cluster: readonly Rule[] = [
  of('apiregistration.k8s.io', ['apiservices'], 'get', 'list'),
  named(of('', ['namespaces'], 'get'), 'kube-system'),
  of('rbac.authorization.k8s.io', ['clusterroles'], 'get'),
  of('rbac.authorization.k8s.io', ['clusterrolebindings'], 'list'),
  of('apiextensions.k8s.io', ['customresourcedefinitions'], 'get', 'list'),
  paths('/version', '/apis', '/apis/*', '/openapi/v3', '/openapi/v3/*', '/flagz'),
];
/** HorizontalPodAutoscalers, which nodes have metrics, one metric, and requests for certificates of kubelets. */
const metrics: readonly Rule[] = [
  of('autoscaling', ['horizontalpodautoscalers'], 'list'),
  of('', ['nodes'], 'list'),
  of('metrics.k8s.io', ['nodes'], 'list'),
  { apiGroups: ['custom.metrics.k8s.io', 'external.metrics.k8s.io'], resources: ['*'], verbs: ['get', 'list'] },
  of('certificates.k8s.io', ['certificatesigningrequests'], 'list'),
];
const kubeSystem: readonly Rule[] = [
  named(of('', ['configmaps'], 'get'), 'extension-apiserver-authentication', 'kubeadm-config'),
  of('', ['pods'], 'list'),
];
/** Where an extension API server lives: why it does not serve, and why it rejects kube-apiserver. */
const server: readonly Rule[] = [
  of('discovery.k8s.io', ['endpointslices'], 'list'),
  of('', ['pods/log'], 'get'),
  of('', ['services'], 'get', 'list'),
  of('', ['pods', 'events'], 'list'),
  of('apps', ['deployments', 'statefulsets', 'daemonsets'], 'list'),
];
const nodePods: readonly Rule[] = [of('', ['pods'], ...podVerbs), of('', ['pods/log'], 'get')];

const group = 'rbac.authorization.k8s.io';

/** Throws a UsageError for a name that Kubernetes would refuse. */
export function rbac(options: RbacOptions): Manifests {
  const { namespace = 'default', serviceAccount = 'aggctl', serverNamespace = [], nodes } = options;
  for (const name of [namespace, serviceAccount, ...serverNamespace, ...(typeof nodes === 'string' ? [nodes] : [])])
    if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name))
      throw new UsageError(`'${name}' is not a valid name of a namespace or ServiceAccount`);
  const subjects = [{ kind: 'ServiceAccount', namespace, name: serviceAccount }];
  const granted = (rules: readonly Rule[], name: string, inNamespace?: string): readonly Manifest[] => {
    const kind = inNamespace ? 'Role' : 'ClusterRole';
    const metadata = { name, ...(inNamespace && { namespace: inNamespace }) };
    return [
      { apiVersion: `${group}/v1`, kind, metadata, rules },
      { apiVersion: `${group}/v1`, kind: `${kind}Binding`, metadata, roleRef: { apiGroup: group, kind, name }, subjects },
    ];
  };
  const inKubeSystem = [...kubeSystem, ...(options.history ? [of('', ['pods/log'], 'get')] : [])];
  const objects: readonly Manifest[] = [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: serviceAccount, namespace } },
    ...granted(
      [
        ...cluster,
        ...(options.metrics ? metrics : []),
        ...(options.history ? [paths('/metrics')] : []),
        ...(nodes && !options.metrics ? [of('', ['nodes'], 'list')] : []),
      ],
      'aggctl',
    ),
    ...granted(inKubeSystem, 'aggctl', 'kube-system'),
    ...granted([of('discovery.k8s.io', ['endpointslices'], 'list')], 'aggctl', 'default'),
    ...[...new Set(serverNamespace)].flatMap((name) => granted(server, 'aggctl-server', name)),
    ...(nodes ? granted(nodePods, 'aggctl-nodes', nodes === true ? 'kube-system' : nodes) : []),
  ];
  return { schemaVersion: 1, kind: 'Manifests', objects };
}
