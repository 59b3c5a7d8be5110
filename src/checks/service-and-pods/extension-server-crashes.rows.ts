import { container, ended, loops, pod, says, state, unready, withEtcd } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';
import { healthy } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
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
