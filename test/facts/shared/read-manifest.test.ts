import { describe, expect, test } from 'vitest';
import { hostPathOf, readManifest, shellWords } from '../../../src/facts/shared/read-manifest.ts';

const read = (text: string) => readManifest(text, (line) => ({ file: 'm.yaml', line }));
const words = (text: string) => {
  const manifest = read(text);
  return typeof manifest === 'string' ? manifest : manifest.arguments.map((word) => [word.text, 'line' in word.at ? word.at.line : 0]);
};

describe('the command line, with the line of each word', () => {
  test.each([
    [
      'a block list, comments that mention flags in between',
      `apiVersion: v1
kind: Pod
spec:
  containers:
  - name: kube-apiserver
    command:
    - kube-apiserver
    # --client-ca-file=/old
    - --client-ca-file=/a   # trailing
    - "--requestheader-allowed-names=x"
`,
      [
        ['--client-ca-file=/a', 9],
        ['--requestheader-allowed-names=x', 10],
      ],
    ],
    [
      'flow style',
      'kind: Pod\nspec: { containers: [ { command: [/usr/local/bin/kube-apiserver, --a=1,\n --b=2] } ] }\n',
      [
        ['--a=1', 2],
        ['--b=2', 3],
      ],
    ],
    ['command and args', 'kind: Pod\nspec:\n  containers:\n  - command: [kube-apiserver]\n    args:\n    - --a=1\n', [['--a=1', 6]]],
    [
      'behind a wrapper',
      'kind: Pod\nspec:\n  containers:\n  - command: [/go-runner, --log-file=/x, /usr/local/bin/kube-apiserver]\n    args: [--a=1]\n',
      [['--a=1', 5]],
    ],
    [
      "a shell's script",
      'kind: Pod\nspec:\n  containers:\n  - command: [/bin/sh, -c]\n    args:\n    - mkdir -p /x; exec kube-apiserver --a=1 --b="2 3" 1>>/var/log/x 2>&1\n',
      [
        ['--a=1', 6],
        ['--b=2 3', 6],
      ],
    ],
    [
      'not in the first container',
      'kind: Pod\nspec:\n  containers:\n  - command: [healthcheck]\n  - command: [kube-apiserver, --a=1]\n',
      [['--a=1', 5]],
    ],
    ['JSON', '{"kind":"Pod","spec":{"containers":[{"command":["kube-apiserver","--a=1"]}]}}', [['--a=1', 1]]],
  ])('%s', (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test.each([
    ['nothing', '', 'it holds no Pod, Deployment or other workload whose command is kube-apiserver'],
    ['another kind', 'kind: ConfigMap\n', 'it holds no Pod, Deployment or other workload whose command is kube-apiserver'],
    ['a tab', 'kind: Pod\nspec:\n\tcontainers: []\n', 'it is not YAML: '],
  ])('of %s there is none', (_, text, sentence) => {
    expect(words(text)).toContain(sentence);
  });
});

test.each([
  ['kube-apiserver --a=1 \\\n  --b=2', ['kube-apiserver', '--a=1', '--b=2']],
  ["exec /x/kube-apiserver --a='1 2' | tee log", ['exec', '/x/kube-apiserver', '--a=1 2']],
  ['echo hi && kube-apiserver --a\\ b', ['kube-apiserver', '--a b']],
  ['echo hi', []],
])('the words of the script %s', (script, expected) => {
  expect(shellWords(script)).toEqual(expected);
});

describe("a container's path on the node", () => {
  const mounts = [
    { mountPath: '/etc/kubernetes/pki', subPath: '', hostPath: '/etc/kubernetes/pki' },
    { mountPath: '/etc/ssl/', subPath: '', hostPath: '/usr/share/ssl/' },
    { mountPath: '/etc/ssl/deep', subPath: 'sub', hostPath: '/deep' },
    { mountPath: '/scratch', subPath: '', hostPath: null },
  ];
  test.each([
    ['/etc/kubernetes/pki/front-proxy-ca.crt', '/etc/kubernetes/pki/front-proxy-ca.crt'],
    ['/etc/ssl/a.crt', '/usr/share/ssl/a.crt'],
    ['/etc/ssl/deep/a.crt', '/deep/sub/a.crt'],
    ['/etc/sslx/a.crt', null],
    ['/scratch/a.crt', null],
    ['/root/a.crt', null],
  ])('%s', (path, expected) => {
    expect(hostPathOf(path, mounts)).toBe(expected);
  });
});

describe('which container runs kube-apiserver', () => {
  const container = (name: string, more: object) => ({ name, ...more });
  const server = container('apiserver', { image: 'k/kube-apiserver:v1.34.2', command: ['kube-apiserver', '--client-ca-file=/a'] });
  const template = (...containers: readonly object[]) => ({ spec: { template: { spec: { containers } } } });
  const deployment = (...containers: readonly object[]) => ({ kind: 'Deployment', metadata: { name: 'api' }, ...template(...containers) });
  const found = (...objects: readonly object[]) => {
    const manifest = read(objects.map((object) => JSON.stringify(object)).join('\n---\n'));
    return typeof manifest === 'string' ? manifest : [manifest.workload, manifest.image, ...manifest.arguments.map(({ text }) => text)];
  };
  const expected = ['Deployment api', 'k/kube-apiserver:v1.34.2', '--client-ca-file=/a'];

  test.each([
    ['of a Deployment', [deployment(server)], expected],
    ['of a StatefulSet', [{ ...deployment(server), kind: 'StatefulSet' }], ['StatefulSet api', ...expected.slice(1)]],
    ['of the items of a List', [{ kind: 'List', items: [{ kind: 'Service' }, deployment(server)] }], expected],
    ['of the second document', [{ kind: 'Secret' }, deployment(server)], expected],
    ['of a Pod', [{ kind: 'Pod', spec: { containers: [server] } }], [null, ...expected.slice(1)]],
    ['beside one that waits for it', [deployment(container('wait', { args: ['--for', 'kube-apiserver', '--v=2'] }), server)], expected],
    [
      'beside one that is named like it',
      [deployment(container('kube-apiserver', { command: ['/konnectivity', '--v=2'] }), server)],
      expected,
    ],
    [
      'without a command: the entry point of its image',
      [deployment({ image: 'r:5000/kube-apiserver:v1.34.2', args: ['--client-ca-file=/a'] })],
      ['Deployment api', 'r:5000/kube-apiserver:v1.34.2', '--client-ca-file=/a'],
    ],
    [
      'but not by the name of the image alone',
      [deployment({ image: 'k/kube-apiserver:v1.34.2', command: ['sleep', '1'] })],
      'it holds no Pod, Deployment or other workload whose command is kube-apiserver',
    ],
    [
      'vcluster, which holds one within itself',
      [{ ...deployment(container('syncer', { command: ['/vcluster', 'start'] })), kind: 'StatefulSet' }],
      'StatefulSet api runs vcluster, which holds kube-apiserver and its flags within itself: use the kubeconfig of the cluster that it serves instead',
    ],
    [
      'k3s by a shell, with flags of a kube-apiserver',
      [deployment(container('vcluster', { command: ['/bin/sh'], args: ['-c', '/bin/k3s server --kube-apiserver-arg=v=2'] }))],
      'Deployment api runs k3s, which holds kube-apiserver and its flags within itself: use the kubeconfig of the cluster that it serves instead',
    ],
    [
      'and not by an argument',
      [deployment(container('kube-apiserver', { command: ['shipper', '--of', 'kube-apiserver', '--v=2'] }))],
      'it holds no Pod, Deployment or other workload whose command is kube-apiserver',
    ],
  ])('%s', (_, objects, expected) => {
    expect(found(...objects)).toEqual(expected);
  });
});
