/**
 * `oc adm must-gather` and `oc adm inspect`. openshift/oc, pkg/cli/admin/inspect (resource.go, namespace.go, pod.go, util.go, discovery.go);
 * openshift/must-gather, collection-scripts/gather; both as of 2026-06.
 *
 *     timestamp                                                        when it began and when it ended
 *     aggregated-discovery-apis.yaml                                   the answer to /apis
 *     cluster-scoped-resources/GROUP/RESOURCE/NAME.yaml                one object; of the core, GROUP is `core`
 *     cluster-scoped-resources/GROUP/RESOURCE.yaml                     a list
 *     namespaces/NS/NS.yaml                                            the Namespace
 *     namespaces/NS/GROUP/RESOURCE.yaml, …/RESOURCE/NAME.yaml          the same in a namespace
 *     namespaces/NS/pods/POD/POD.yaml
 *     namespaces/NS/pods/POD/CONTAINER/CONTAINER/logs/current.log      with the time of each line; `previous.log`
 *
 * Above them are one or two directories: of the run, and of the image that gathered.
 */
import { date, list, object, string } from '../../decode.ts';
import type { Holds, Reader } from './holding.ts';
import { resourceNamed } from './resources.ts';

const scoped = /(?:^|\/)(cluster-scoped-resources|namespaces\/[^/]+)\/([a-z\d.-]+)\/([a-z]+)(\/[^/]+)?\.yaml$/;
const log = /(?:^|\/)namespaces\/([^/]+)\/pods\/([^/]+)\/([^/]+)\/\3\/logs\/(current|previous)(?:\.insecure)?\.log$/;
const one = /(?:^|\/)namespaces\/([^/]+)\/(?:pods\/([^/]+)\/\2|\1)\.yaml$/;
const versions = /(?:^|\/)cluster-scoped-resources\/config\.openshift\.io\/clusteroperators\/kube-apiserver\.yaml$/;

function holds(path: string): Holds | null {
  if (/(?:^|\/)timestamp$/.test(path)) return { is: 'clock' };
  if (/(?:^|\/)aggregated-discovery-apis\.yaml$/.test(path)) return { is: 'answer', path: '/apis' };
  if (versions.test(path)) return { is: 'version' };
  const [, namespace, pod] = one.exec(path) ?? [];
  if (namespace) return pod ? { is: 'some', resource: 'v1/pods', namespace } : { is: 'some', resource: 'v1/namespaces' };
  const [, of, logged, container, which] = log.exec(path) ?? [];
  if (of && logged && container) return { is: 'log', namespace: of, pod: logged, container, previous: which === 'previous', timed: true };
  const [, scope, group = '', name = '', single] = scoped.exec(path) ?? [];
  const resource = resourceNamed(group === 'core' ? '' : group, name);
  if (!scope || !resource) return null;
  return {
    is: single ? 'some' : 'list',
    resource,
    ...(scope !== 'cluster-scoped-resources' && { namespace: scope.slice('namespaces/'.length) }),
  };
}

const operator = object({ status: object({ versions: list(object({ name: string, version: string })) }) });
/** As Go prints a time: `2026-11-23 14:46:21.153 +0000 UTC m=+0.1`. */
const printed = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)? ([+-]\d\d)(\d\d)/gm;

export const mustGather: Reader = {
  name: 'must-gather',
  recognizes: (paths) => paths.some((path) => scoped.test(path) || log.test(path)),
  holds,
  version: (value) => {
    const found = operator(value)?.status?.versions?.find(({ name }) => name === 'kube-apiserver')?.version;
    return found && `v${found}`;
  },
  clock: (text) =>
    [...text.matchAll(printed)].flatMap(([, day, time, hours, minutes]) => date(`${day}T${time}${hours}:${minutes}`) ?? []).at(-1),
};
