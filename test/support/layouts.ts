/** What other tools would have left of a recorded cluster: its objects as each of them lays them out, and what its recording knows beyond them. */
import { dump } from 'js-yaml';
import { isObject, parseJson } from '../../src/decode.ts';
import type { Answer, AnyQuestion, Ask, Observed, Unavailable } from '../../src/model.ts';
import { answerFrom } from '../../src/sources/answer.ts';
import { questionOf } from '../../src/sources/question.ts';
import { readWhole } from '../../src/sources/snapshot.ts';

export type Tool = 'must-gather' | 'support bundle' | 'kubectl cluster-info dump' | 'kubectl output';
type Value = Readonly<Record<string, unknown>>;
/** The objects of a cluster that a recording saw, by resource and namespace; '' for those of the cluster. */
interface World {
  readonly objects: ReadonlyMap<string, ReadonlyMap<string, readonly Value[]>>;
  readonly logs: ReadonlyMap<string, string>;
  readonly version: string | null;
  readonly apis: string | null;
  readonly captured: string;
}
/** By `APIVERSION/RESOURCE`. */
const kinds: Readonly<Record<string, string>> = {
  'v1/namespaces': 'Namespace',
  'v1/nodes': 'Node',
  'v1/services': 'Service',
  'v1/pods': 'Pod',
  'v1/events': 'Event',
  'v1/configmaps': 'ConfigMap',
  'apps/v1/deployments': 'Deployment',
  'apps/v1/statefulsets': 'StatefulSet',
  'apps/v1/daemonsets': 'DaemonSet',
  'discovery.k8s.io/v1/endpointslices': 'EndpointSlice',
  'networking.k8s.io/v1/networkpolicies': 'NetworkPolicy',
  'autoscaling/v2/horizontalpodautoscalers': 'HorizontalPodAutoscaler',
  'apiregistration.k8s.io/v1/apiservices': 'APIService',
  'apiextensions.k8s.io/v1/customresourcedefinitions': 'CustomResourceDefinition',
  'rbac.authorization.k8s.io/v1/roles': 'Role',
  'rbac.authorization.k8s.io/v1/clusterroles': 'ClusterRole',
  'rbac.authorization.k8s.io/v1/rolebindings': 'RoleBinding',
  'rbac.authorization.k8s.io/v1/clusterrolebindings': 'ClusterRoleBinding',
};
const apiServices = 'apiregistration.k8s.io/v1/apiservices';
const rbac = ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'].map((name) => `rbac.authorization.k8s.io/v1/${name}`);
const common = ['v1/services', 'v1/pods', 'v1/events', 'apps/v1/daemonsets', 'apps/v1/deployments'];
const more = ['v1/configmaps', 'apps/v1/statefulsets', 'discovery.k8s.io/v1/endpointslices', 'networking.k8s.io/v1/networkpolicies'];
/** Of which resources a tool writes whole lists, and of which only objects. */
const collects: Readonly<Record<Tool, { readonly whole: readonly string[]; readonly some: readonly string[] }>> = {
  'must-gather': {
    whole: [...common, ...more, apiServices],
    some: ['v1/namespaces', 'v1/nodes', 'apiextensions.k8s.io/v1/customresourcedefinitions'],
  },
  'support bundle': {
    whole: [...common, ...more, ...rbac, 'v1/nodes', 'apiextensions.k8s.io/v1/customresourcedefinitions'],
    some: ['v1/namespaces'],
  },
  'kubectl cluster-info dump': { whole: [...common, 'v1/nodes'], some: [] },
  'kubectl output': { whole: [], some: Object.keys(kinds) },
};

const request = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/;
function requestOf(path: string) {
  const [whole = '', query = ''] = path.split('?');
  const [, core, group, namespace = '', name = '', object, sub] = request.exec(whole) ?? [];
  return { resource: `${core ?? group}/${name}`, namespace, object, sub, query: new URLSearchParams(query) };
}

/** Everything that a recorded snapshot saw of its API. */
export async function worldOf(file: string): Promise<World> {
  const read = await readWhole(file);
  if (!read.ok) throw new Error(read.message);
  const { header, entries } = read.value;
  const objects = new Map<string, Map<string, Value[]>>();
  const logs = new Map<string, string>();
  let version: string | null = null;
  let apis: string | null = null;
  const keep = (resource: string, namespace: string, values: readonly Value[]) => {
    const kind = kinds[resource];
    if (!kind) return;
    const of = objects.get(resource) ?? new Map<string, Value[]>();
    objects.set(resource, of);
    if (namespace !== '' || !values.some(({ metadata }) => isObject(metadata) && metadata.namespace))
      of.set(namespace, of.get(namespace) ?? []);
    for (const value of values) {
      const metadata: Value = isObject(value.metadata) ? value.metadata : {};
      const inside = String(metadata.namespace ?? namespace);
      const known = of.get(inside) ?? [];
      of.set(inside, known);
      const apiVersion = resource.slice(0, resource.lastIndexOf('/'));
      const made = {
        apiVersion,
        kind,
        ...value,
        metadata: { creationTimestamp: '2026-11-01T00:00:00Z', ...(inside && { namespace: inside }), ...metadata },
      };
      if (!known.some((one) => (one.metadata as Value).name === metadata.name)) known.push(made);
    }
  };
  for (const [key, entry] of entries) {
    const question = questionOf(key);
    if (question.kind !== 'api' || question.server || question.nth || !('answer' in entry) || !isObject(entry.answer)) continue;
    const { status, text = '' } = entry.answer as { status?: number; text?: string };
    const { resource, namespace, object, sub, query } = requestOf(question.path);
    if (sub === 'log' && status === 200) {
      const place = `${namespace}/${object}/${query.get('container') ?? 'server'}/${query.get('previous') === 'true'}`;
      const known = logs.get(place);
      if (known === undefined || query.get('timestamps') === 'true' || text.length > known.length) logs.set(place, text);
    }
    const value = parseJson(text);
    if (question.path === '/version' && status === 200 && isObject(value)) version = String(value.gitVersion);
    if (question.path === '/apis' && status === 200) apis = text;
    if (status === 404 && object && !sub) keep(resource, namespace, []);
    if (status !== 200 || !isObject(value) || sub) continue;
    if (object) keep(resource, namespace, [{ ...value, metadata: { name: object, ...(value.metadata as Value) } }]);
    else if (Array.isArray(value.items))
      keep(
        resource,
        namespace,
        value.items.map((item) => withField(item, query.get('fieldSelector') ?? '')),
      );
    else if (value.kind === 'Table') keep(resource, namespace, bindings(value));
  }
  return { objects, logs, version, apis, captured: header.captured };
}

/** An object with the field by which it was selected, which nobody reads and no recording keeps. */
function withField(value: Value, selector: string): Value {
  const [path = '', wanted] = selector.split('=');
  const [first = '', second] = path.split('.');
  if (wanted === undefined) return value;
  return { ...value, [first]: second === undefined ? wanted : { ...(value[first] as Value), [second]: wanted } };
}

/** The rows of a table of bindings as the objects that they were. */
function bindings({ columnDefinitions, rows }: Value): readonly Value[] {
  const names = (columnDefinitions as { name: string }[]).map(({ name }) => name);
  return (rows as { cells: string[] }[]).map(({ cells }) => {
    const cell = (name: string) => cells[names.indexOf(name)] ?? '';
    const subjects = (kind: string, column: string) =>
      cell(column)
        .split(', ')
        .filter(Boolean)
        .map((name) => {
          const [namespace, account] = name.split('/');
          return kind === 'ServiceAccount' ? { kind, namespace, name: account } : { kind, name };
        });
    const [kind, name] = cell('Role').split(/\/(.*)/s);
    return {
      metadata: { name: cell('Name') },
      roleRef: { kind, name },
      subjects: [...subjects('User', 'Users'), ...subjects('Group', 'Groups'), ...subjects('ServiceAccount', 'ServiceAccounts')],
    };
  });
}

export type Files = Readonly<Record<string, string>>;
const listOf = (resource: string, items: readonly Value[]) => ({
  apiVersion: resource.slice(0, resource.lastIndexOf('/')),
  kind: `${kinds[resource]}List`,
  metadata: { resourceVersion: '1' },
  items,
});
const bare = (log: string) => log.replace(/^\d{4}-\d\d-\d\dT\S+ /gm, '');

/** The files that a tool leaves of a world. */
export const layOut: Readonly<Record<Tool, (world: World) => Files>> = {
  'must-gather': (world) => {
    const files: Record<string, string> = {
      'mg.local.1/timestamp': `2026-11-01 00:00:00.1 +0000 UTC m=+0.1\n${goTime(world.captured)}\n`,
      'mg.local.1/image-sha256-1/version': 'openshift/must-gather\n4.22.0\n',
    };
    const put = (path: string, value: unknown) => (files[`mg.local.1/image-sha256-1/${path}`] = `---\n${dump(value)}`);
    for (const [resource, namespace, values] of collected(world, 'must-gather')) {
      const [name = '', , group = 'core'] = resource.split('/').reverse();
      if (resource === 'v1/namespaces') for (const one of values) put(`namespaces/${nameOf(one)}/${nameOf(one)}.yaml`, one);
      else if (namespace === '') for (const one of values) put(`cluster-scoped-resources/${group}/${name}/${nameOf(one)}.yaml`, one);
      else put(`namespaces/${namespace}/${group}/${name}.yaml`, listOf(resource, values));
    }
    if (world.version) {
      const versions = [
        { name: 'operator', version: '4.22.0' },
        { name: 'kube-apiserver', version: world.version.slice(1) },
      ];
      put('cluster-scoped-resources/config.openshift.io/clusteroperators/kube-apiserver.yaml', { status: { versions } });
    }
    if (world.apis) put('aggregated-discovery-apis.yaml', parseJson(world.apis));
    for (const [place, text] of world.logs) {
      const [namespace, pod, container, previous] = place.split('/');
      const timed = bare(text) === text ? text.replace(/^(?=.)/gm, '2026-11-01T00:00:00.1Z ') : text;
      files[
        `mg.local.1/image-sha256-1/namespaces/${namespace}/pods/${pod}/${container}/${container}/logs/${previous === 'true' ? 'previous' : 'current'}.log`
      ] = timed;
    }
    return files;
  },
  'support bundle': (world) => {
    const files: Record<string, string> = { 'support-bundle-1/version.yaml': 'versionNumber: 0.120.0\n' };
    const put = (path: string, value: unknown) => (files[`support-bundle-1/${path}`] = JSON.stringify(value, null, 2));
    const names: Readonly<Record<string, string>> = {
      networkpolicies: 'network-policy',
      customresourcedefinitions: 'custom-resource-definitions',
    };
    for (const [resource, namespace, values] of collected(world, 'support bundle')) {
      const name = resource.split('/').at(-1) ?? '';
      if (resource === 'v1/namespaces') put('cluster-resources/namespaces.json', values);
      else put(`cluster-resources/${names[name] ?? name}${namespace && `/${namespace}`}.json`, listOf(resource, values));
    }
    if (world.version) put('cluster-info/cluster_version.json', { info: { gitVersion: world.version }, string: world.version });
    for (const [place, text] of world.logs) {
      const [namespace, pod, container, previous] = place.split('/');
      files[`support-bundle-1/cluster-resources/pods/logs/${namespace}/${pod}/${container}${previous === 'true' ? '-previous' : ''}.log`] =
        text;
    }
    return files;
  },
  'kubectl cluster-info dump': (world) => {
    const files: Record<string, string> = {
      'kube-system/replication-controllers.json': '{"kind":"ReplicationControllerList","apiVersion":"v1","items":[]}',
    };
    for (const [resource, namespace, values] of collected(world, 'kubectl cluster-info dump'))
      files[`${namespace && `${namespace}/`}${resource.split('/').at(-1)}.json`] = JSON.stringify(listOf(resource, values), null, 4);
    for (const [place, text] of world.logs) {
      const [namespace, pod, container, previous] = place.split('/');
      const file = `${namespace}/${pod}/logs.txt`;
      const mark = (which: string) => `==== ${which} logs for container ${container} of pod ${namespace}/${pod} ====\n`;
      if (previous === 'false') files[file] = `${files[file] ?? ''}${mark('START')}${bare(text)}${mark('END')}`;
    }
    return files;
  },
  'kubectl output': (world) => {
    const items = collected(world, 'kubectl output').map(([, , values]) => ({
      apiVersion: 'v1',
      kind: 'List',
      metadata: { resourceVersion: '' },
      items: values,
    }));
    return { 'all.yaml': items.map((one) => dump(one)).join('---\n') };
  },
};

function collected({ objects }: World, tool: Tool): readonly (readonly [string, string, readonly Value[]])[] {
  const { whole, some } = collects[tool];
  return [...objects].flatMap(([resource, of]) =>
    [...whole, ...some].includes(resource) ? [...of].map(([namespace, values]) => [resource, namespace, values] as const) : [],
  );
}
const nameOf = ({ metadata }: Value) => String((metadata as Value).name);
const goTime = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}.123456789 +0000 UTC m=+61.5`;

const missing: Unavailable = { ok: false, why: 'excluded', message: 'not in this snapshot' };
/** The recording itself, as far as a tool collects what it was asked: nothing of the node, one look, no absence where lists are in part. */
export function restricted(recording: Ask, tool: Tool, captured: string): Ask {
  const { whole, some } = collects[tool];
  const ask = async (question: AnyQuestion): Promise<Observed<unknown>> => {
    if (question.kind === 'clock') return { ok: true, value: { time: captured } };
    if (question.kind === 'connection') return { ok: true, value: { context: '', server: '', from: tool } };
    if (question.kind !== 'api' || question.method !== 'GET' || question.server || question.nth) return missing;
    const { resource, object, sub, query } = requestOf(question.path);
    const isVersion = question.path === '/version' && /must-gather|bundle/.test(tool);
    const isApis = question.path === '/apis' && tool === 'must-gather';
    const isLog = sub === 'log' && tool !== 'kubectl output' && !(query.has('previous') && tool === 'kubectl cluster-info dump');
    if (!isVersion && !isApis && !isLog && (sub || ![...whole, ...some].includes(resource))) return missing;
    const answer = (await recording(question)) as Observed<Answer['api']>;
    if (!answer.ok) return missing;
    const { status, text } = answer.value;
    const kept = (value: string) => answerFrom(question, { status, text: value }, question.path, { captured, recorded: true });
    if (isLog) return status === 200 || status === 400 ? kept(tool === 'kubectl cluster-info dump' ? bare(text) : text) : missing;
    if (status !== 200 && status !== 404) return missing;
    if (whole.includes(resource) || isVersion || isApis) return kept(text);
    const value = parseJson(text);
    const items = isObject(value) && Array.isArray(value.items) ? value.items : [];
    const isNarrow = /[?&](?:labelSelector|fieldSelector|limit=1(?!\d))/.test(question.path) || resource === apiServices;
    return (object ? status === 200 : isNarrow && items.length > 0) ? kept(text) : missing;
  };
  return ask as Ask;
}
