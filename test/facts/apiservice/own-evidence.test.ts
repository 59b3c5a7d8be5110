/** What connections from the node and repeated requests show of the servers behind a Service, whatever the condition says. */
import { expect, test } from 'vitest';
import { gather } from '../../../src/facts/gather.ts';
import type { Answer, AnyQuestion, Ask, Observed } from '../../../src/model.ts';
import { opened } from '../../support/scenarios.ts';

const name = 'v1.stock.example.com';
const second = '10.244.9.9';
/** As it was recorded of a node without a route (test/scenarios/extension-server-no-route.jsonl). */
const unreached = {
  ok: false,
  why: 'unreachable',
  message: 'There is no route to `https://10.244.9.9:9444` (EHOSTUNREACH): check network, VPN and address.',
} as const;

interface Seen {
  readonly handshake?: Observed<Answer['handshake']>;
  readonly addresses?: readonly string[];
  readonly flags?: readonly string[];
  /** Which of the equal requests get 401. */
  readonly rejects?: (nth: number) => boolean;
  /** The condition is False with this message, and each request repeats that. */
  readonly condition?: string;
}
/** The recording of a server that serves, with another address beside its own. */
async function seen({ handshake = unreached, addresses = [second], flags = [], rejects = () => false, condition }: Seen) {
  const recorded = await opened('test/scenarios/serving-certificate-expires-soon-while-it-serves.jsonl');
  const asked: AnyQuestion[] = [];
  const edited = (answer: Observed<unknown>, edit: (text: string) => string) =>
    answer.ok ? { ok: true, value: { ...(answer.value as object), text: edit((answer.value as { text: string }).text) } } : answer;
  const ask = (async (question: AnyQuestion) => {
    asked.push(question);
    if (question.kind === 'handshake' && addresses.includes(question.host)) return handshake;
    if (question.kind === 'api' && question.path === '/apis/stock.example.com/v1') {
      const { nth = 0 } = question;
      const { nth: _, ...once } = question;
      const answer = (await recorded(once as never)) as Observed<object>;
      if (answer.ok && condition) return { ok: true, value: { ...answer.value, status: 503, text: 'service unavailable' } };
      return answer.ok && rejects(nth) ? { ok: true, value: { ...answer.value, status: 401, text: 'Unauthorized' } } : answer;
    }
    const answer: Observed<unknown> = await recorded(question as never);
    if (question.kind === 'api' && question.path.startsWith('/apis/discovery.k8s.io/v1/namespaces/stock/'))
      return edited(answer, (text) => {
        const list = JSON.parse(text);
        list.items[0].endpoints.push(...addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })));
        return JSON.stringify(list);
      });
    if (question.kind === 'api' && question.path.startsWith('/apis/apiregistration.k8s.io/v1/apiservices') && condition)
      return edited(answer, (text) => {
        const list = JSON.parse(text);
        const one = list.items.find((item: { metadata: { name: string } }) => item.metadata.name === name);
        const [available] = one.status.conditions;
        Object.assign(available, {
          status: 'False',
          reason: 'FailedDiscoveryCheck',
          message: condition,
          lastTransitionTime: '2026-11-23T17:20:00Z',
        });
        return JSON.stringify(list);
      });
    if (question.kind === 'file' && question.path === '/etc/kubernetes/manifests/kube-apiserver.yaml')
      return edited(answer, (text) =>
        text.replace(/^( *- )--secure-port=.*$/m, (flag, indent) => [flag, ...flags.map((one) => indent + one)].join('\n')),
      );
    return answer;
  }) as Ask;
  const { gathered } = await gather([ask], { userOptions: {} });
  const all = gathered.apiservice.ok ? gathered.apiservice.value : [];
  const facts = all.find(({ subject }) => subject.name === name)?.facts;
  if (!facts) throw new Error(`${name} was not recorded`);
  const value = <T>(one: Observed<T>): T | string => (one.ok ? one.value : one.message);
  return { differing: value(facts.differing), failure: value(facts.failure), servingFaults: value(facts.servingFaults), asked };
}
const handshakes = (asked: readonly AnyQuestion[]) =>
  asked.flatMap((question) => (question.kind === 'handshake' && question.serverName === 'api.stock.svc' ? [question.host] : []));

test('an address that cannot be reached is named, though each request gets an answer', async () => {
  const { differing, failure } = await seen({});
  expect(differing).toMatchObject({ failed: [], requests: 10, broken: [{ address: '10.244.9.9:9444', text: unreached.message }] });
  expect(failure).toBeNull();
});

test('a server with an expired certificate is named, and the sound one is judged', async () => {
  const recorded = await opened('test/scenarios/serving-certificate-expired.jsonl');
  const expired = await recorded({ kind: 'handshake', host: '192.0.2.10', port: 9444, serverName: 'api.stock.svc', present: 'none' });
  const { differing, servingFaults } = await seen({ handshake: expired });
  expect(differing).toMatchObject({ broken: [{ address: '10.244.9.9:9444', text: expect.stringContaining('has expired') }] });
  expect(servingFaults).toEqual([]);
});

test('a server that rejects kube-apiserver shows in repeated requests', async () => {
  const { differing, failure } = await seen({
    addresses: [second],
    handshake: { ok: false, why: 'excluded', message: 'not asked' },
    rejects: (nth) => nth % 2 === 0,
  });
  expect(differing).toMatchObject({ requests: 10, failed: Array(5).fill({ status: 401 }), broken: [] });
  expect(failure).toBeNull();
});

test('every ready address is dialed, and of two IP families only the first', async () => {
  const many = Array.from({ length: 5 }, (_, n) => `10.244.9.${n}`);
  expect(handshakes((await seen({ addresses: many })).asked)).toEqual(expect.arrayContaining(many));
  const both = await seen({ addresses: ['fd00::9'] });
  expect(handshakes(both.asked)).not.toContain('fd00::9');
  expect(both.differing).toBeNull();
});

test.each<[string, Seen]>([
  ['through a tunnel a connection of the node proves nothing', { flags: ['--egress-selector-config-file=/etc/kubernetes/egress.yaml'] }],
  ['one server that answers each request', { addresses: [] }],
])('%s', async (_, given) => expect((await seen(given)).differing).toBeNull());

const url = 'https://10.96.101.194:9444/apis/stock.example.com/v1';
const refused = `failing or missing response from ${url}: Get "${url}": dial tcp 10.96.101.194:9444: connect: connection refused`;
test('a condition that says refused is stale where every address completes a connection', async () =>
  expect((await seen({ addresses: [], condition: refused })).failure).toMatchObject({ inTransition: true, mended: true }));
test('and is none where the address is behind a tunnel, or still refuses', async () => {
  const flags = ['--egress-selector-config-file=/etc/kubernetes/egress.yaml'];
  expect((await seen({ addresses: [], condition: refused, flags })).failure).toMatchObject({ inTransition: false, mended: false });
  const still = await seen({ addresses: ['10.96.101.194', '192.0.2.10'], condition: refused });
  expect(still.failure).toMatchObject({ inTransition: false, mended: false, signature: 'connection-refused' });
});
