/**
 * `kubectl cluster-info dump --output-directory DIR`. kubernetes/kubectl, pkg/cmd/clusterinfo/clusterinfo_dump.go, as of 2026-07. Each list is
 * whole; APIServices are not collected.
 *
 *     nodes.json                    `.yaml` with -o yaml
 *     NS/RESOURCE.json
 *     NS/POD/logs.txt               the logs of all containers
 */
import type { Holds, Reader } from './holding.ts';
import { resourceNamed } from './resources.ts';

const nodes = /(?:^|\/)nodes\.(?:json|yaml)$/;
const listed = /(?:^|\/)([^/]+)\/(events|services|daemonsets|deployments|pods)\.(?:json|yaml)$/;
const logs = /(?:^|\/)([^/]+)\/([^/]+)\/logs\.txt$/;

function holds(path: string): Holds | null {
  if (nodes.test(path)) return { is: 'list', resource: 'v1/nodes' };
  const [, of, pod] = logs.exec(path) ?? [];
  if (of && pod) return { is: 'logs', namespace: of, pod };
  const [, namespace, name = ''] = listed.exec(path) ?? [];
  const resource = resourceNamed(/^(?:daemonsets|deployments)$/.test(name) ? 'apps' : '', name);
  return namespace && resource ? { is: 'list', resource, namespace } : null;
}

export const clusterInfoDump: Reader = {
  name: 'kubectl cluster-info dump',
  // This name is written nowhere else.
  recognizes: (paths) =>
    paths.some((path) => nodes.test(path)) && paths.some((path) => /\/replication-controllers\.(?:json|yaml)$/.test(path)),
  holds,
};
