/** What speaks for a Service that may be meant where the Service of an APIService is missing. */
import { expect, test } from 'vitest';
import { gather } from '../../../src/facts/gather.ts';
import type { AnyQuestion, Ask, OtherService } from '../../../src/model.ts';
import { snapshot } from '../../../src/sources/snapshot.ts';

const json = (body: object) => ({
  ok: true,
  value: { status: 200, headers: { 'content-type': 'application/json' }, ms: 1, text: JSON.stringify(body) },
});
const service = (namespace: string, name: string, annotations = {}) => ({
  metadata: { namespace, name, annotations },
  spec: { ports: [{ port: 9443 }], selector: { app: 'api' } },
});
const pod = (serviceAccountName: string) => ({ metadata: { name: 'api-0' }, spec: { serviceAccountName, containers: [] } });
const release = { 'meta.helm.sh/release-name': 'api', 'meta.helm.sh/release-namespace': 'ops' };
const readers = {
  kind: 'Table',
  columnDefinitions: ['Name', 'Role', 'Users', 'Groups', 'ServiceAccounts'].map((name) => ({ name })),
  rows: [{ cells: ['api', 'Role/extension-apiserver-authentication-reader', '', '', 'ops/server'] }],
};

/** The others of a recording in which namespace inventory is missing with its Service `api`, with these answers in place of its own. */
async function others(answers: Readonly<Record<string, object>>, registered: object = {}): Promise<readonly OtherService[] | null> {
  const recorded = await snapshot('test/scenarios/apiservice-stale.jsonl');
  if (!recorded.ok) throw new Error(recorded.message);
  const ask = (async (question: AnyQuestion) => {
    const path = question.kind === 'api' ? decodeURIComponent(question.path).split(/[?&]limit|\?include/)[0] : '';
    const own = answers[path ?? ''];
    if (own) return json(own);
    const answer = await recorded.value.ask(question as never);
    if (path !== '/apis/apiregistration.k8s.io/v1/apiservices' || !answer.ok) return answer;
    const list = JSON.parse((answer.value as { text: string }).text);
    const items = list.items.map((one: { metadata: object; spec: { group: string } }) =>
      one.spec.group === 'inventory.example.com' ? { ...one, metadata: { ...one.metadata, ...registered } } : one,
    );
    return json({ ...list, items });
  }) as Ask;
  const {
    gathered: { apiservice },
  } = await gather([ask], { userOptions: {} });
  const one = apiservice.ok ? apiservice.value.find(({ subject }) => subject.name === 'v1.inventory.example.com') : undefined;
  const backend = one?.facts.backend;
  return backend?.ok ? (backend.value?.others ?? null) : null;
}
const named = '/api/v1/services?fieldSelector=metadata.name=api';
const elsewhere = (...items: readonly object[]) => ({ [named]: { kind: 'ServiceList', items } });
const found = (...traits: OtherService['traits']) => [{ namespace: 'ops', name: 'api', ports: [9443], traits }];

test('a recording older than the question, or a user who may not list them, leaves it open', async () =>
  expect(await others({})).toBeNull());
test('there is none', async () => expect(await others(elsewhere())).toEqual([]));
test('its name speaks for one in another namespace', async () =>
  expect(await others(elsewhere(service('ops', 'api')))).toEqual(found('name')));
test('the release of the APIService, too', async () =>
  expect(await others(elsewhere(service('ops', 'api', release)), { annotations: release })).toEqual(found('owner', 'name')));
test('another release does not', async () =>
  expect(
    await others(elsewhere(service('ops', 'api', release)), { annotations: { ...release, 'meta.helm.sh/release-name': 'other' } }),
  ).toEqual(found('name')));
const pods = '/api/v1/namespaces/ops/pods?labelSelector=app=api';
const bindings = { '/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/rolebindings': readers };
test('pods that read what extension API servers read, too', async () =>
  expect(await others({ ...elsewhere(service('ops', 'api')), ...bindings, [pods]: { kind: 'PodList', items: [pod('server')] } })).toEqual(
    found('name', 'pods'),
  ));
test('other pods do not', async () =>
  expect(await others({ ...elsewhere(service('ops', 'api')), ...bindings, [pods]: { kind: 'PodList', items: [pod('default')] } })).toEqual(
    found('name'),
  ));
