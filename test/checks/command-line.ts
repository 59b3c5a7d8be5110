import { readCommandLine } from '../../src/facts/command-line.ts';
import { type Change, flags, healthy } from '../support/facts.ts';
import type { Rows } from './row.ts';

const at = healthy.flags.at;
/** The command line with words behind the healthy ones, in an image. */
export const words = (more: readonly string[], image = 'registry.k8s.io/kube-apiserver:v1.37.2'): Change => ({
  commandLine: readCommandLine({
    words: [...healthy.commandLine.words.map((word) => ({ text: word.value, at: word.at })), ...more.map((text) => ({ text, at }))],
    environment: {},
    image,
  }),
});
/** The flags and the words alike. */
export const given = (set: Readonly<Record<string, string>>): Change => ({
  ...words(Object.entries(set).map(([name, value]) => `--${name}=${value}`)),
  ...flags(set),
});
const stopped = 'kube-apiserver cannot start: ';

export const rows: Rows = {
  'flag-syntax-wrong': [
    ["kubeadm's own words", {}, 'passed'],
    ['a value as the next item', words(['--requestheader-client-ca-file', '/x']), 'passed'],
    ['underscores are dashes', words(['--enable_aggregator_routing=true']), 'passed'],
    ['a switch without a value', words(['--enable-aggregator-routing']), 'passed'],
    ['verbosity by its letter', words(['-v', '4', '-v=2', '-v3']), 'passed'],
    ['an unknown flag is another check', words(['--nonsense=1']), 'passed'],
    [
      'flag and value in one item',
      words(['--client-ca-file /etc/ca.crt']),
      [{ says: `${stopped}it cannot read \`--client-ca-file /etc/ca.crt\``, at, command: 'Write --client-ca-file=/etc/ca.crt' }],
    ],
    ['a blank behind the name', words(['--client-ca-file ', '/x']), [{ command: 'without the blank' }]],
    [
      'a switch with a separate value',
      words(['--enable-aggregator-routing', 'true']),
      [{ evidence: '"kube-apiserver" does not take any arguments, got ["true"]', command: 'with a =' }],
    ],
    ['yes is no boolean', words(['--enable-aggregator-routing=yes']), [{ evidence: 'strconv.ParseBool: parsing "yes": invalid syntax' }]],
    ['one dash', words(['-client-ca-file=/x']), [{ evidence: "unknown shorthand flag: 'c' in -client-ca-file=/x" }]],
    ['an en dash', words(['–client-ca-file=/x']), [{ command: 'Write --client-ca-file=/x with two plain dashes' }]],
    ['capitals', words(['--Client-CA-File=/x']), [{ evidence: 'unknown flag: --Client-CA-File', command: 'Write --client-ca-file=/x' }]],
    ['no value at the end', words(['--client-ca-file']), [{ evidence: 'flag needs an argument: --client-ca-file' }]],
    ['what follows two dashes', words(['--', 'a']), [{ evidence: 'got ["a"]' }]],
    ['three dashes', words(['---x']), [{ evidence: 'bad flag syntax: ---x' }]],
  ],
  'flag-unknown': [
    ["kubeadm's own flags", {}, 'passed'],
    ['a flag that --help hides', words(['--kubelet-port=10250']), 'passed'],
    ["a vendor's build may know more", words(['--nonsense=1'], 'rancher/hardened-kubernetes:v1.37.2-rke2r1'), 'passed'],
    ['a version that nobody has read', words(['--nonsense=1'], 'registry.k8s.io/kube-apiserver:v1.50.0'), 'passed'],
    [
      'a flag that is gone',
      words(['--insecure-port=0']),
      [{ says: 'version 1.37 has no flag `--insecure-port`', command: 'Take --insecure-port away' }],
    ],
    [
      'a name misspelt',
      words(['--requestheader-extra-headers-prefixes=X']),
      [{ evidence: 'no version that aggctl has read', command: 'Write --requestheader-extra-headers-prefix' }],
    ],
    [
      'a flag of a later version',
      words(['--tls-curve-preferences=X25519'], 'registry.k8s.io/kube-apiserver:v1.35.4'),
      [{ says: 'version 1.35 has no flag', evidence: 'known in 1.36, 1.37' }],
    ],
  ],
  'repeated-flag-differs': [
    ['each once', {}, 'passed'],
    ['twice the same', given({ 'client-ca-file': healthy.flags.byName['client-ca-file']?.value ?? '' }), 'passed'],
    ['a flag of something else', words(['--v=1', '--v=2']), 'passed'],
    ['another CA last', given({ 'client-ca-file': '/x' }), [{ says: 'Only the last of 2 lines `--client-ca-file` holds: `/x`' }]],
    [
      'a name more',
      { ...words(['--requestheader-allowed-names=a']), ...flags({ 'requestheader-allowed-names': 'front-proxy-client,a' }) },
      [{ says: 'its values add up to `front-proxy-client,a`', severity: 'info' }],
    ],
    [
      "OpenShift's configuration, whose lists are lists",
      { ...words(['--requestheader-allowed-names=a']), flags: { ...healthy.flags, origin: 'OpenShift configuration' } },
      'inapplicable',
    ],
    [
      'a name added to those that k3s sets by itself',
      {
        commandLine: readCommandLine({
          words: [
            { text: '--requestheader-allowed-names=system:auth-proxy', at: { probe: "k3s's own defaults" } },
            { text: '--requestheader-allowed-names=a', at: { file: '/etc/rancher/k3s/config.yaml' } },
          ],
          environment: {},
          image: '',
        }),
      },
      'passed',
    ],
  ],
  'file-path-wrong': [
    ['bare paths', {}, 'passed'],
    ['a quote inside a path', flags({ 'client-ca-file': '/a"b' }), 'passed'],
    [
      'in quotes',
      flags({ 'client-ca-file': '"/x"' }),
      [{ says: 'the quotes are part of the path', evidence: 'open "/x": no such file or directory', command: 'Write --client-ca-file=/x' }],
    ],
    ['a blank at the end', flags({ 'proxy-client-key-file': '/x ' }), [{ says: 'a blank is part of the path' }]],
  ],
  'requestheader-value-empty': [
    ['full lists', {}, 'passed'],
    ['an empty list', flags({ 'requestheader-allowed-names': '' }), 'passed'],
    ['two quotes', flags({ 'requestheader-allowed-names': '""' }), [{ command: 'Write --requestheader-allowed-names=', evidence: '[""]' }]],
    [
      'a comma at the end',
      flags({ 'requestheader-group-headers': 'X-Remote-Group,' }),
      [{ command: 'Write --requestheader-group-headers=X-Remote-Group' }],
    ],
    [
      'a blank alone',
      flags({ 'requestheader-extra-headers-prefix': ' ' }),
      [{ evidence: 'empty value in "requestheader-extra-headers-prefix"' }],
    ],
  ],
  'uid-headers-not-accepted': [
    ['the flag is not set', {}, 'inapplicable'],
    ['the standard header', flags({ 'requestheader-uid-headers': 'x-remote-uid' }), 'passed'],
    ['another header', flags({ 'requestheader-uid-headers': 'X-My-Uid' }), [{ says: 'without X-Remote-Uid' }]],
    [
      'the gate is off',
      flags({ 'requestheader-uid-headers': 'X-Remote-Uid', 'feature-gates': 'A=true,RemoteRequestHeaderUID=false' }),
      [{ says: 'the feature gate `RemoteRequestHeaderUID` is off', command: 'Take RemoteRequestHeaderUID=false out' }],
    ],
    [
      'the gate, said twice, is on',
      flags({ 'requestheader-uid-headers': 'X-Remote-Uid', 'feature-gates': 'RemoteRequestHeaderUID=false,RemoteRequestHeaderUID=true' }),
      'passed',
    ],
  ],
};
