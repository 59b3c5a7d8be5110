import { describe, expect, test } from 'vitest';
import { readServerLog, rejectionsIn } from '../../../src/facts/apiservice/read-server-log.ts';
import { gather } from '../../../src/facts/gather.ts';
import type { Answer, AnyQuestion, Ask, AuthenticationConfigMap, Observed } from '../../../src/model.ts';
import { redactApi } from '../../../src/sources/redact.ts';
import { snapshot } from '../../../src/sources/snapshot.ts';
import { ca, certificates, healthy } from '../../support/facts.ts';

// The texts are those of the real sample-apiserver 1.37.2, shortened where three dots stand.
const unauthenticated = (errors: string) =>
  `E1123 11:11:01.801968      76 authentication.go:76] "Unable to authenticate the request" err="[${errors}]"`;
const other = 'verifying certificate SN=7982, SKID=E7:34, AKID=18:07 failed: x509: certificate signed by unknown authority';
const after = 'x509: certificate has expired or is not yet valid: current time 2026-11-23T11:11:01Z is after 2026-11-20T11:10:58Z';
const before = 'x509: certificate has expired or is not yet valid: current time 2026-11-23T11:11:09Z is before 2026-11-24T11:10:58Z';
const ended = certificates([ca('front-proxy-ca', { notAfter: new Date('2026-11-20T11:10:58Z') })]);
const sound = certificates([ca('front-proxy-ca')]);
const trusting = (requestheaderCa: AuthenticationConfigMap['requestheaderCa']) =>
  ({ ...healthy.authConfigMap, requestheaderCa }) as AuthenticationConfigMap;

describe('a line', () => {
  test.each([
    ['expired', `${after}, ${other}`, sound, 'expired'],
    ['an expired CA gives the same text', `${after}, ${other}`, ended, 'ca-expired'],
    ['nobody knows the CAs', `${after}, ${other}`, null, 'unclear'],
    ['not yet valid', `${before}, ${other}`, sound, 'not-yet-valid'],
    ['EKU', `x509: certificate specifies an incompatible key usage, ${other}`, sound, 'incompatible-usage'],
    ['name', `x509: subject with cn=aggregator is not in the allowed list, ${other}`, sound, 'name-not-allowed'],
    ['no name', `x509: subject with cn= is not in the allowed list, ${other}`, sound, 'name-not-allowed'],
    ['an older wording', `x509: subject with cn=aggregator is not allowed, ${other}`, sound, 'name-not-allowed'],
    ['another CA', `x509: certificate signed by unknown authority, ${other}`, sound, 'unknown-authority'],
    [
      'a CA of the same name',
      `x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "front-proxy-ca"), ${other}`,
      sound,
      'unknown-authority',
    ],
    [
      'SHA-1',
      `x509: certificate signed by unknown authority (possibly because of "x509: cannot verify signature: insecure algorithm SHA1-RSA" while …), ${other}`,
      sound,
      'unknown-authority',
    ],
    ['only the verifier of users speaks', other, sound, 'no-request-header'],
    ['something else', `x509: something new, ${other}`, sound, 'unclear'],
  ] as const)('%s', (_, errors, cas, kind) => {
    expect(rejectionsIn(unauthenticated(errors), 'wardle/api', trusting(cas)).map((one) => one.kind)).toEqual([kind]);
  });

  test('a CA of the issuer key is in the ConfigMap: the extension server holds another', () => {
    const [one] = sound;
    const issuer = (one?.subjectKeyId ?? '').toUpperCase();
    const line = unauthenticated(
      `x509: certificate signed by unknown authority, verifying certificate SN=1, SKID=AA, AKID=${issuer} failed: …`,
    );
    expect(rejectionsIn(line, 'wardle/api', trusting(sound))).toMatchObject([{ kind: 'own-trust', says: 'unknown-authority' }]);
  });

  test.each([
    ['allows it', ['front-proxy-client', 'aggregator'], 'own-trust'],
    ['allows any name', [], 'own-trust'],
    ['does not allow it', ['front-proxy-client'], 'name-not-allowed'],
    ['is not known', null, 'name-not-allowed'],
  ] as const)('a name is rejected, and the ConfigMap %s', (_, allowedNames, kind) => {
    const line = unauthenticated(`x509: subject with cn=aggregator is not in the allowed list, ${other}`);
    const configMap = { ...trusting(sound), allowedNames };
    expect(rejectionsIn(line, 'wardle/api', configMap)).toMatchObject([{ kind, says: 'name-not-allowed' }]);
  });

  test('is taken apart', () => {
    const line = `2026-11-23T11:11:01.801968Z ${unauthenticated(`${after}, ${other}`)}`;
    expect(rejectionsIn(line, 'wardle/api', null)).toEqual([
      {
        kind: 'unclear',
        says: 'expired',
        text: after,
        pod: 'wardle/api',
        time: new Date('2026-11-23T11:11:01.801Z'),
        serial: { decimal: '7982', hex: '1F2E' },
        authorityKeyId: '1807',
        date: new Date('2026-11-20T11:10:58Z'),
        commonName: null,
        account: null,
      },
    ]);
    // Its form as JSON, and that before klog was structured.
    const json = `{"ts":1795432261801.9,"caller":"filters/authentication.go:76","msg":"Unable to authenticate the request","err":"[${after}, ${other}]"}`;
    const old = `E0101 00:00:00.000000 1 authentication.go:53] Unable to authenticate the request due to an error: ${after}`;
    for (const form of [json, old])
      expect(rejectionsIn(form, 'wardle/api', trusting(sound))).toMatchObject([{ kind: 'expired', text: after }]);
  });

  test.each(['I1123 12:00:00.0 1 main.go:1] "Starting"', unauthenticated('invalid bearer token'), ''])('%j is none', (line) => {
    expect(rejectionsIn(line, 'wardle/api', null)).toEqual([]);
  });

  test('comes whole through redaction', () => {
    const line = unauthenticated(
      `${after}, verifying certificate SN=484001493527736157727871624330242386154297122587, SKID=E7:34:C9:17:AE:89:D3:C1:64:0D:A7:58:9E:5B:3A:21:D1:64:41:B9, AKID=18:07:31:90:85:D0:DD:00:DB:5B:2E:32:28:83:8E:EE:2A:0C:4D:E8 failed: ${after}`,
    );
    expect(redactApi('/api/v1/namespaces/wardle/pods/x/log?tailLines=200', line)).toBe(line);
  });
});

describe('the pods behind a Service', () => {
  const now = new Date('2026-11-23T11:11:30Z');
  const at = (time: string, errors: string) => `2026-11-23T${time}Z ${unauthenticated(errors)}`;
  const json = (value: object): Answer['api'] => ({ status: 200, headers: {}, text: JSON.stringify(value), ms: 1 });
  const text = (value: string, status = 200): Answer['api'] => ({ status, headers: {}, text: value, ms: 1 });
  const slice = (...pods: string[]) =>
    json({ items: [{ metadata: { name: 'api-x' }, endpoints: pods.map((name) => ({ targetRef: { kind: 'Pod', name } })) }] });

  /** Answers by the end of the path; remembers what was asked. */
  async function read(answers: Readonly<Record<string, Answer['api']>>) {
    const asked: string[] = [];
    const ask = (async ({ path }: { path: string }): Promise<Observed<Answer['api']>> => {
      asked.push(path);
      const found = Object.entries(answers).find(([end]) => path.includes(end));
      return found ? { ok: true, value: found[1] } : { ok: true, value: text('{"message":"no such thing"}', 404) };
    }) as unknown as Ask;
    const service = { namespace: 'wardle', name: 'api', port: 443 };
    const waves = { slices: ask, logs: ask, containers: ask };
    return { asked, log: await readServerLog(waves, service, now, trusting(sound)) };
  }

  const unwatched = (time: string) =>
    String.raw`2026-11-23T${time}Z E1123 11:11:01.0      1 reflector.go:227] "Failed to watch" err="failed to list *v1.ConfigMap: configmaps \"extension-apiserver-authentication\" is forbidden: User \"system:serviceaccount:wardle:apiserver\" cannot list resource \"configmaps\" in API group \"\" in the namespace \"kube-system\"" logger="UnhandledError"`;
  test('it may not watch the ConfigMap', async () => {
    const { log } = await read({ endpointslices: slice('a'), '/pods/a/log': text(unwatched('11:11:01')) });
    expect(log).toMatchObject({ ok: true, value: { kind: 'configmap-not-watched', account: 'wardle/apiserver', pod: 'wardle/a' } });
  });

  test('the newest line counts', async () => {
    const log = [at('11:10:01', `${after}, ${other}`), at('11:11:01', `${after}, ${other.replace('7982', '7983')}`)].join('\n');
    const { log: found, asked } = await read({ endpointslices: slice('a'), '/pods/a/log': text(log) });
    expect(found).toMatchObject({ ok: true, value: { kind: 'expired', pod: 'wardle/a', serial: { decimal: '7983' } } });
    expect(asked).toEqual([
      '/apis/discovery.k8s.io/v1/namespaces/wardle/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dapi&limit=500',
      '/api/v1/namespaces/wardle/pods/a/log?tailLines=200&timestamps=true',
    ]);
  });

  test.each([
    ['lines that are hours old prove nothing', at('08:00:00', `${after}, ${other}`)],
    [
      'lines that contradict each other prove nothing',
      [at('11:11:00', `${after}, ${other}`), at('11:11:01', `x509: certificate specifies an incompatible key usage, ${other}`)].join('\n'),
    ],
    ['a log of other things', 'I1123 11:11:00.0 1 main.go:1] "Starting"'],
    ['it may watch the ConfigMap by now', unwatched('11:00:00')],
  ])('%s', async (_, log) => {
    expect((await read({ endpointslices: slice('a'), '/pods/a/log': text(log) })).log).toEqual({ ok: true, value: null });
  });

  test('each container of a pod that has several', async () => {
    const refusal = text('{"message":"a container name must be specified for pod a, choose one of: [api etcd]"}', 400);
    const { log, asked } = await read({
      endpointslices: slice('a'),
      'container=api': text(at('11:11:01', `${after}, ${other}`)),
      'container=etcd': text(''),
      '/pods/a/log': refusal,
    });
    expect(log).toMatchObject({ ok: true, value: { kind: 'expired' } });
    expect(asked.slice(2).map((path) => path.split('container=')[1])).toEqual(['api', 'etcd']);
  });

  test('no more than two pods', async () => {
    expect((await read({ endpointslices: slice('a', 'b', 'c') })).asked.filter((path) => path.includes('/log'))).toHaveLength(2);
  });

  test.each([
    [
      'no right to the slices',
      { endpointslices: text('{"message":"endpointslices is forbidden: …"}', 403) },
      'endpointslices is forbidden',
    ],
    [
      'no right to the logs',
      { endpointslices: slice('a'), '/log': text('{"message":"pods \\"a\\" is forbidden: …"}', 403) },
      'is forbidden',
    ],
    [
      'kubelet is not reached',
      { endpointslices: slice('a'), '/log': text('{"message":"dial tcp 10.0.0.9:10250: i/o timeout"}', 500) },
      'i/o timeout',
    ],
    ['no pods', { endpointslices: slice() }, 'names a pod'],
  ])('%s: not seen, and never incomplete', async (_, answers, says) => {
    expect((await read(answers)).log).toMatchObject({ ok: false, why: 'excluded', message: expect.stringContaining(says) });
  });
});

/** What was asked for of a recording, and what `loggedRejection` is then. */
async function asked(scenario: string) {
  const recorded = await snapshot(`test/scenarios/${scenario}.jsonl`);
  if (!recorded.ok) throw new Error(recorded.message);
  const questions: AnyQuestion[] = [];
  const ask = ((question: AnyQuestion) => {
    questions.push(question);
    return recorded.value.ask(question as never);
  }) as Ask;
  const { gathered, rounds } = await gather([ask], { userOptions: {} });
  const logs = questions.filter((question) => question.kind === 'api' && question.path.includes('/log?'));
  return { logs: logs.length, rounds: rounds.length, found: gathered.cluster.loggedRejection };
}

test.each([
  // The third is the request of a user.
  ['healthy', 0, 3],
  // The files on the node tell it better.
  ['front-proxy-client-expired', 0, 2],
  // The fourth dials again.
  ['extension-server-down', 0, 4],
  // Its pod has two containers: it is refused, and each is asked for.
  ['logged-front-proxy-client-expired', 3, 4],
])('%s: %i logs are asked for, in %i rounds', async (scenario, logs, rounds) => {
  expect(await asked(scenario)).toMatchObject({ logs, rounds });
});
