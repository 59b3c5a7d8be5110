/** Several kube-apiservers: on the recordings of the lab's three nodes, some answers taken away or changed. */
import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { divisionOf, mayBeDivided } from '../../../src/facts/apiservice/disagreement.ts';
import { gather } from '../../../src/facts/gather.ts';
import type { AnyQuestion, Ask, Observed } from '../../../src/model.ts';
import { snapshot } from '../../../src/sources/snapshot.ts';
import { healthy } from '../../support/facts.ts';
import { nodeOf } from '../../support/node.ts';

async function open(path: string): Promise<Ask> {
  const opened = await snapshot(path);
  if (!opened.ok) throw new Error(opened.message);
  return opened.value.ask;
}
type Change = (question: AnyQuestion) => Observed<unknown> | undefined;
const changing = (ask: Ask, change: Change): Ask =>
  (async (question: AnyQuestion) => change(question) ?? (await ask(question as never))) as Ask;
const several = 'test/scenarios/healthy-several.jsonl';
const nodes = ['cp-1', 'cp-2', 'cp-3'].map((node) => `test/scenarios/healthy-several-snapshots.${node}.jsonl`);
const json = (value: object) => ({ ok: true, value: { status: 200, headers: {}, text: JSON.stringify(value), ms: 1 } }) as const;
const refused = { ok: false, why: 'unreachable', message: 'It refused the connection.' } as const;
const namesOf = (observed: Awaited<ReturnType<typeof gather>>['gathered']['apiserver']) =>
  observed.ok ? observed.value.map(({ subject }) => subject.name) : observed.message;

describe('each kube-apiserver by itself', () => {
  const endpointsOf = async (change: Change) => {
    const { gathered, rounds } = await gather([changing(await open(several), change)], { userOptions: {} });
    return { endpoints: gathered.cluster.endpoints, rounds };
  };

  test('each is asked at its own address, the one of the kubeconfig without naming it; in four rounds at most', async () => {
    const servers = new Set<string | undefined>();
    const { endpoints, rounds } = await endpointsOf((question) => {
      if (question.kind === 'api' && question.path === '/version') servers.add(question.server);
      return undefined;
    });
    expect(endpoints).toMatchObject({ ok: true, value: ['cp-1', 'cp-2', 'cp-3'].map((node) => ({ node, version: { ok: true } })) });
    expect([...servers].sort()).toEqual(['192.0.2.11:6443', '192.0.2.12:6443', undefined]);
    expect(rounds.length).toBeLessThanOrEqual(4);
  });

  test('one that is silent while others answer is not known to serve', async () => {
    const { endpoints } = await endpointsOf((question) =>
      question.kind === 'api' && question.server === '192.0.2.12:6443' ? refused : undefined,
    );
    expect(endpoints).toMatchObject({ ok: true, value: [{}, {}, { node: 'cp-3', version: refused }] });
  });

  test('when none can be reached, as through a load balancer, their silence says nothing', async () => {
    const balanced = { context: 'prod', server: 'https://api.example.com', from: 'kubeconfig' };
    const { endpoints } = await endpointsOf((question) => {
      if (question.kind === 'connection') return { ok: true, value: balanced };
      return question.kind === 'api' && question.server ? refused : undefined;
    });
    expect(endpoints).toMatchObject({ ok: false, why: 'excluded', message: expect.stringContaining('none is reachable from here') });
  });

  test('the only one is not asked a second time', async () => {
    const { endpoints, rounds } = await endpointsOf((question) =>
      question.kind === 'api' && question.path.includes('/endpointslices')
        ? json({ items: [{ metadata: { name: 'kubernetes' }, endpoints: [{ addresses: ['192.0.2.10'] }], ports: [{ port: 6443 }] }] })
        : undefined,
    );
    expect(endpoints).toEqual({ ok: true, value: [] });
    // The third is the request of a user, and the namespace of the Service.
    expect(rounds.slice(2)).toEqual([2]);
  });
});

describe('a disagreement', () => {
  const view = (name: string, status: number, text = '') => ({ name, discovery: { status, text, ok: status === 200, document: null } });
  const echo = (name: string) => view(name, 503, 'service unavailable');
  const now = healthy.now.getTime();
  const changedAgo = (seconds: number) => ({
    ...healthy.apiService,
    available: { status: 'False', reason: '', message: '', since: new Date(now - seconds * 1000) },
  });

  test.each([
    ['all serve', 1, [view('a', 200), view('b', 200)], false],
    ['one does not', 3600, [view('a', 200), view('b', 401)], true],
    ['none does, and the condition is old', 3600, [echo('a'), echo('b')], false],
    ['none does, and the condition has just changed', 1, [echo('a'), view('b', 401)], true],
    ['there is one', 1, [echo('a')], false],
  ])('%s: a second look is due or not', (_, seconds, views, due) => {
    expect(mayBeDivided(changedAgo(seconds), views, now)).toBe(due);
  });

  test.each([
    ['all fail', [view('a', 401), view('b', 401)]],
    ['one only repeats the shared condition', [view('a', 200), echo('b')]],
    ['each serves now and then', [view('a', 200), view('b', 401), echo('a'), view('b', 200)]],
    ['nobody was seen to serve', [echo('a'), view('b', 401)]],
  ])('%s: none', (_, views) => {
    expect(divisionOf(views)).toBeNull();
  });

  test('one never serves, whatever the condition says meanwhile', () => {
    const views = [echo('a'), echo('b'), view('a', 200), view('b', 401, 'Unauthorized'), echo('b')];
    const failing = [{ name: 'b', signature: 'rejected', text: '401 Unauthorized', meaning: expect.stringContaining('rejects') }];
    expect(divisionOf(views)).toMatchObject({
      serving: ['a'],
      failing,
    });
  });
});

describe('several snapshots', () => {
  test('subjects merge by node; the order in which they are named does not matter', async () => {
    const asks = await Promise.all(nodes.map(open));
    const [one, other] = await Promise.all([gather(asks, { userOptions: {} }), gather(asks.toReversed(), { userOptions: {} })]);
    expect(namesOf(one.gathered.apiserver)).toEqual(['cp-1', 'cp-2', 'cp-3']);
    expect(one.mismatch).toBeNull();
    expect(other.gathered).toEqual(one.gathered);
  });

  test('each is read by the reader that its node needs, and its files come from itself', async () => {
    const unit = await nodeOf({
      '/etc/hostname': 'cp-9\n',
      '/etc/systemd/system/kube-apiserver.service':
        '[Service]\nExecStart=/usr/bin/kube-apiserver --requestheader-client-ca-file=/srv/ca.crt\n',
      '/srv/ca.crt': 'no certificate',
    });
    const { gathered } = await gather([await open(nodes[0] as string), unit.ask], { userOptions: {} });
    rmSync(unit.folder, { recursive: true });
    const read = gathered.apiserver.ok ? gathered.apiserver.value : [];
    const shown = read.filter(({ facts }) => facts.nodeFiles.ok);
    expect(shown.map(({ subject, facts }) => [subject.name, facts.flags.ok && facts.flags.value.origin])).toEqual([
      ['cp-1', 'manifest'],
      ['cp-9', 'systemd unit'],
    ]);
    expect(shown[1]?.facts.requestheaderCa).toMatchObject({ ok: true, value: { path: '/srv/ca.crt', at: { node: 'cp-9' } } });
  });

  test('of one node the newest counts', async () => {
    const [first] = await Promise.all(nodes.map(open));
    const later = changing(first as Ask, (question) =>
      question.kind === 'clock' ? { ok: true, value: { time: '2027-11-23T00:00:00.000Z' } } : undefined,
    );
    const { gathered } = await gather([first as Ask, later], { userOptions: {} });
    expect(namesOf(gathered.apiserver)).toEqual(['cp-1', 'cp-2', 'cp-3']);
    expect(gathered.cluster.clock).toEqual({ ok: true, value: new Date('2027-11-23T00:00:00.000Z') });
  });

  test('the API is that of the newest whose API answered', async () => {
    const [first, second] = await Promise.all(nodes.map(open));
    const down = changing(first as Ask, (question) => {
      if (question.kind === 'clock') return { ok: true, value: { time: '2027-11-23T00:00:00.000Z' } };
      return question.kind === 'api' || question.kind === 'handshake' ? refused : undefined;
    });
    const { gathered } = await gather([down, second as Ask], { userOptions: {} });
    expect(gathered.cluster.version).toMatchObject({ ok: true });
    const files = gathered.apiserver.ok ? gathered.apiserver.value.map(({ facts }) => facts.nodeFiles.ok) : [];
    expect(files).toEqual([true, true, false]);
  });

  test('of two clusters: the sentence that names both', async () => {
    const asks = await Promise.all(nodes.slice(0, 2).map(open));
    const stranger = changing(asks[1] as Ask, (question) =>
      question.kind === 'api' && question.path.endsWith('/namespaces/kube-system')
        ? json({ metadata: { name: 'kube-system', uid: 'another' } })
        : undefined,
    );
    const { mismatch } = await gather([asks[0] as Ask, stranger], { userOptions: {} });
    expect(mismatch).toMatch(/^the snapshots come from 2 clusters: the UIDs of namespace kube-system are .*another/);
  });
});
