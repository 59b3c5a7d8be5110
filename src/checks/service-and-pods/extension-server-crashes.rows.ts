import { container, ended, loops, pod, says, state, unready, withEtcd } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';
import { healthy } from '../../../test/support/facts.ts';
import { exitMessageIn } from '../../signatures/exit-log.ts';

/** Its log, read as the fact reads it. */
const logged = (log: string) => says(exitMessageIn(log)?.signature ?? null, exitMessageIn(log)?.text);
/** k8s.io/apiserver v0.37.2, pkg/server/options/authentication.go, at the first request to kube-apiserver. */
const loading = (error: string) => `unable to load configmap based request-header-client-ca-file: ${error}`;
const get = 'Get "https://10.96.0.1:443/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication": ';
const logs: readonly (readonly [name: string, log: string, says: string, command: string])[] = [
  ['its token is old', `Error: ${loading('Unauthorized')}`, 'is rejected by kube-apiserver', 'delete pod'],
  [
    'its CA is old, says logrus',
    `time="2026-11-23T10:12:00Z" level=fatal msg=${JSON.stringify(loading(`${get}tls: failed to verify certificate: x509: certificate signed by unknown authority`))}`,
    "does not trust kube-apiserver's serving certificate",
    'delete pod',
  ],
  [
    'no answer in time, says zap',
    JSON.stringify({ level: 'fatal', ts: 1795438800.1, msg: 'cannot start', error: loading(`${get}net/http: TLS handshake timeout`) }),
    'gets no answer from kube-apiserver in time',
    'delete pod',
  ],
  [
    'a deadline, says klog in JSON',
    JSON.stringify({ ts: 1795438800000.1, msg: 'command failed', err: loading(`${get}context deadline exceeded`) }),
    'gets no answer from kube-apiserver in time',
    'delete pod',
  ],
  [
    'its port is taken, says controller-runtime',
    '2026-11-23T10:12:00.123Z\tERROR\tsetup\tproblem running manager\t{"error": "listen tcp :8443: bind: address already in use"}',
    'its port is in use',
    '--previous',
  ],
  ['an argument, says log.Fatal', '2026/11/23 10:12:00 unknown flag: --nope', 'does not know one of its arguments', "grep -v '^ '"],
];

export const rows: readonly Row[] = [
  ...logs.map(([name, log, text, command]) => [name, { ...loops(), exitMessages: logged(log) }, [{ says: text, command }]] as const),
  [
    'there is no client CA',
    { ...loops(), exitMessages: logged("W1123 10:12:00.0 1 a.go:1] cluster doesn't provide client-ca-file in configmap/x in kube-system") },
    [{ says: 'finds no client CA', fix: 'Set `--client-ca-file`', explainedBy: ['client-ca-missing'] }],
  ],
  ['it serves', {}, 'passed'],
  [
    'nobody knows why',
    loops(),
    [
      {
        says: 'keeps exiting.',
        evidence: 'Error, exit code 1, 4 restarts',
        command: '--previous',
        explainedBy: ['authentication-reader-missing'],
      },
    ],
  ],
  [
    'its last words',
    {
      ...loops(),
      exitMessages: says({ kind: 'port-taken', meaning: 'cannot listen', next: 'give it another port' }, 'bind: address already in use'),
    },
    [{ says: 'the extension API server cannot listen', evidence: 'bind: address already in use', fix: 'Give it another port:' }],
  ],
  [
    'a new pod is all it needs',
    {
      ...loops(),
      exitMessages: says({ kind: 'kube-apiserver-distrusted', meaning: 'does not trust', next: 'recreate its pods', restarts: true }),
    },
    [{ fix: 'Recreate its pods:', command: `kubectl -n wardle delete pod ${pod.name}` }],
  ],
  [
    'what the ConfigMap explains',
    { ...loops(), exitMessages: says({ kind: 'configmap-unusable', meaning: 'cannot read', next: 'repair it' }) },
    [{ explainedBy: ['configmap-value-unusable'] }],
  ],
  [
    'last words of no known meaning',
    { ...loops(), exitMessages: says(null, 'panic: x') },
    [{ says: 'keeps exiting.', evidence: 'panic: x' }],
  ],
  ['memory', loops(ended('OOMKilled', 137), { memoryLimit: '16Mi' }), [{ says: 'its limit of `16Mi`', fix: 'Raise the memory limit' }]],
  [
    'it runs again for a moment',
    unready({ state: { ...state, since: healthy.now }, last: ended('Error', 2), restarts: 1 }),
    [{ evidence: '1 restart' }],
  ],
  ['it ended for the first time', unready({ state: ended('Completed', 3) }), [{ evidence: 'Completed, exit code 3' }]],
  ['it has run for an hour since', unready({ last: ended('Error', 2), restarts: 1 }), 'passed'],
  [
    'its etcd ends beside it',
    {
      ...withEtcd(
        { ready: false, last: ended('Error', 2), state: { ...state, since: healthy.now }, restarts: 1 },
        { last: ended('Error', 1), state: { ...state, since: healthy.now }, restarts: 5 },
      ),
      exitMessages: [
        ...says({ kind: 'etcd-down', meaning: 'does not reach its etcd', next: 'look' }),
        { container: `${pod.name}/etcd`, text: 'cannot access data directory', signature: null },
      ],
    },
    [{ says: 'container `etcd`', evidence: 'cannot access data directory' }],
  ],
  [
    'its etcd runs again for a moment, and is ready',
    withEtcd({ ready: false }, { last: ended('Error', 1), state: { ...state, since: healthy.now }, restarts: 5 }),
    [{ says: 'container `etcd`' }],
  ],
  [
    'its etcd ended once, and runs',
    withEtcd({ ready: false }, { last: ended('Error', 1), state: { ...state, since: healthy.now }, restarts: 1 }),
    'passed',
  ],
  [
    'a container before it',
    {
      ...unready(
        { state: { ...state, is: 'waiting', reason: 'PodInitializing', since: null } },
        {
          phase: 'Pending',
          initContainers: [{ ...container, name: 'init', ready: false, state: { ...state, is: 'waiting', reason: 'CrashLoopBackOff' } }],
        },
      ),
    },
    [{ says: 'container `init`' }],
  ],
  ['it ends well, and says nothing', loops(ended('Completed', 0)), [{ says: 'behind Service `wardle/api` keeps exiting.' }]],
  [
    'it fails, and its probes use another port',
    loops(ended('Error', 1), { words: ['--secure-port=4443'] }),
    [{ says: 'behind Service `wardle/api` keeps exiting.' }],
  ],
];
