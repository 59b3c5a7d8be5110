/**
 * Support bundles of troubleshoot. replicatedhq/troubleshoot, pkg/collect/cluster_resources.go, cluster_info.go and logs.go,
 * pkg/constants/constants.go, as of 2026-08. Each list of a namespace is whole; APIServices are not collected.
 *
 *     cluster-info/cluster_version.json
 *     cluster-resources/RESOURCE.json                       of the cluster
 *     cluster-resources/RESOURCE/NS.json                    of a namespace
 *     cluster-resources/pods/logs/NS/POD/CONTAINER.log      `CONTAINER-previous.log`
 */
import { object, string } from '../../decode.ts';
import type { Holds, Reader } from './holding.ts';
import { resourceNamed } from './resources.ts';

const inside = /(?:^|\/)cluster-resources\/([a-z-]+)(?:\/([^/]+))?\.json$/;
const log = /(?:^|\/)cluster-resources\/pods\/logs\/([^/]+)\/([^/]+)\/([^/]+?)(-previous)?\.log$/;
const groups: Readonly<Record<string, readonly [string, string]>> = {
  deployments: ['apps', 'deployments'],
  statefulsets: ['apps', 'statefulsets'],
  daemonsets: ['apps', 'daemonsets'],
  endpointslices: ['discovery.k8s.io', 'endpointslices'],
  'network-policy': ['networking.k8s.io', 'networkpolicies'],
  'custom-resource-definitions': ['apiextensions.k8s.io', 'customresourcedefinitions'],
  roles: ['rbac.authorization.k8s.io', 'roles'],
  rolebindings: ['rbac.authorization.k8s.io', 'rolebindings'],
  clusterroles: ['rbac.authorization.k8s.io', 'clusterroles'],
  clusterrolebindings: ['rbac.authorization.k8s.io', 'clusterrolebindings'],
};

function holds(path: string): Holds | null {
  if (/(?:^|\/)cluster-info\/cluster_version\.json$/.test(path)) return { is: 'version' };
  const [, of, pod, container, previous] = log.exec(path) ?? [];
  if (of && pod && container) return { is: 'log', namespace: of, pod, container, previous: previous !== undefined, timed: false };
  const [, name = '', namespace] = inside.exec(path) ?? [];
  const resource = resourceNamed(...(Object.hasOwn(groups, name) ? (groups[name] ?? ['', name]) : (['', name] as const)));
  return resource ? { is: 'list', resource, ...(namespace && { namespace }) } : null;
}

export const supportBundle: Reader = {
  name: 'support bundle',
  recognizes: (paths) => paths.some((path) => inside.test(path) || log.test(path)),
  holds,
  version: (value) => object({ info: object({ gitVersion: string }) })(value)?.info?.gitVersion,
};
