import { readCommandLine } from '../../src/facts/command-line.ts';
import type { AllFacts, EgressSelector, Proxied } from '../../src/model.ts';
import { type Change, flags, healthy } from '../support/facts.ts';
import type { Rows } from './row.ts';

const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const at = healthy.flags.at;
/** The command line with words behind the healthy ones, in an image. */
const words = (more: readonly string[], image = 'registry.k8s.io/kube-apiserver:v1.37.2'): Change => ({
  commandLine: readCommandLine({
    words: [...healthy.commandLine.words.map((word) => ({ text: word.value, at: word.at })), ...more.map((text) => ({ text, at }))],
    environment: {},
    image,
  }),
});
/** The flags and the words alike. */
const given = (set: Readonly<Record<string, string>>): Change => ({
  ...words(Object.entries(set).map(([name, value]) => `--${name}=${value}`)),
  ...flags(set),
});
const egress = (change: Partial<EgressSelector>): Change => ({
  egressSelector: { at, path: '/etc/kubernetes/egress.yaml', fault: null, cluster: true, sockets: [], ...change },
});
const proxied = (change: Partial<Proxied>): Change => ({
  proxied: { variable: 'HTTPS_PROXY', proxy: 'http://proxy:3128', at, noProxy: '.svc', through: [], ...change },
});
const authentication = (anonymous: boolean): Change => ({
  authenticationConfig: { at: { file: '/etc/kubernetes/authn.yaml' }, anonymous },
});
const exit = (text: string, means: readonly string[]): Change => ({
  lastExit: { at: { file: '/var/log/pods/x/kube-apiserver/3.log' }, text, means },
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
  'anonymous-auth-not-accepted': [
    ['no file', {}, 'inapplicable'],
    ['the file alone', authentication(true), 'passed'],
    ['a file without the field', { ...flags({ 'anonymous-auth': 'false' }), ...authentication(false) }, 'passed'],
    [
      'both',
      { ...flags({ 'anonymous-auth': 'true' }), ...authentication(true) },
      [{ evidence: '/etc/kubernetes/authn.yaml', command: 'Take --anonymous-auth away' }],
    ],
  ],
  'egress-selector-unusable': [
    ['no selector', {}, 'inapplicable'],
    ['a sound one', egress({}), 'passed'],
    ['not there', egress({ fault: 'open /x: no such file or directory' }), [{ says: 'it cannot find', command: 'Mount the file' }]],
    [
      'an unknown selection',
      egress({ fault: 'Unsupported value: "x"' }),
      [{ says: 'it cannot use', fix: 'Correct /etc/kubernetes/egress.yaml' }],
    ],
  ],
  'egress-socket-absent': [
    ['no selector', {}, 'inapplicable'],
    ['no socket', egress({}), 'inapplicable'],
    ['the socket is there', egress({ sockets: [{ path: '/s', is: 'present' }] }), 'passed'],
    ['gone', egress({ sockets: [{ path: '/s', is: 'absent' }] }), [{ says: '`/s` does not exist', command: 'ls -l /s' }]],
    ['not mounted', egress({ sockets: [{ path: '/s', is: 'not-mounted' }] }), [{ says: '`/s` is not mounted', command: `${manifest}` }]],
  ],
  'apiregistration-not-enabled': [
    ['no runtime-config', {}, 'inapplicable'],
    ['something else', given({ 'runtime-config': 'batch/v1=false' }), 'passed'],
    ['all off, this one on', given({ 'runtime-config': 'api/all=false,apiregistration.k8s.io/v1=true' }), 'passed'],
    [
      'off',
      given({ 'runtime-config': 'apiregistration.k8s.io/v1=false' }),
      [{ says: '`apiregistration.k8s.io/v1=false`', command: 'Take apiregistration.k8s.io/v1=false out' }],
    ],
    ['all off', given({ 'runtime-config': 'api/all=false,v1=true' }), [{ command: 'Add apiregistration.k8s.io/v1=true' }]],
    [
      'off in the first of two lines',
      {
        ...words(['--runtime-config=apiregistration.k8s.io/v1=false', '--runtime-config=batch/v1=true']),
        ...flags({ 'runtime-config': 'batch/v1=true' }),
      },
      [{ says: '`apiregistration.k8s.io/v1=false`' }],
    ],
  ],
  'peer-proxy-unusable': [
    ['no peer flags', {}, 'inapplicable'],
    ['with the pair', flags({ 'peer-ca-file': '/ca' }), 'passed'],
    ['an address alone needs no pair', flags({ 'peer-advertise-ip': '192.0.2.1', 'proxy-client-cert-file': '' }), 'passed'],
    [
      'without the pair',
      flags({ 'peer-ca-file': '/ca', 'proxy-client-cert-file': '' }),
      [{ evidence: 'proxy-cert-file not specified', explainedBy: ['proxy-client-pair-missing', 'proxy-client-pair-half'] }],
    ],
    [
      'the gate is off',
      flags({ 'peer-ca-file': '/ca', 'feature-gates': 'UnknownVersionInteroperabilityProxy=false' }),
      [{ says: 'which is off', command: 'Add UnknownVersionInteroperabilityProxy=true' }],
    ],
    ['1.35 has it off', { ...flags({ 'peer-ca-file': '/ca' }), ...words([], 'k/kube-apiserver:v1.35.4') }, [{ says: 'which is off' }]],
  ],
  'no-proxy-without-services': [
    ['no proxy', {}, 'inapplicable'],
    ['NO_PROXY holds all', proxied({}), 'passed'],
    [
      'an address goes through it',
      proxied({ through: [{ service: 'a/b', address: '10.96.0.9' }] }),
      [
        {
          says: 'Service `a/b` at `10.96.0.9` through the proxy `http://proxy:3128`',
          at,
          evidence: 'NO_PROXY=.svc',
          command: 'Add 10.96.0.0/12 to NO_PROXY',
        },
      ],
    ],
    [
      'pods, with aggregator routing',
      {
        ...flags({ 'enable-aggregator-routing': 'true' }),
        ...proxied({ noProxy: '', through: [{ service: 'a/b', address: '10.244.0.9' }] }),
      },
      [{ evidence: 'NO_PROXY is not set', command: 'Add the range of the pods to NO_PROXY' }],
    ],
  ],
  'manifest-not-alone': [
    ['alone', {}, 'passed'],
    [
      'a backup beside it',
      { manifestTwins: [{ file: `${manifest}.bak`, line: 14 }] },
      [{ says: `\`${manifest}.bak\``, command: `mv ${manifest}.bak /root/` }],
    ],
    ['seen from afar', { flags: { ...healthy.flags, origin: 'mirror pod' } }, 'inapplicable'],
  ],
  'client-ca-missing': [
    ['it is set', {}, 'passed'],
    ['absent', flags({ 'client-ca-file': null }), [{ says: '`--client-ca-file` is not set', at }]],
    ['empty', flags({ 'client-ca-file': '' }), [{ says: '`--client-ca-file` is empty' }]],
  ],
  'extra-headers-prefix-missing': [
    ['the standard prefix', {}, 'passed'],
    ['in any case', flags({ 'requestheader-extra-headers-prefix': 'x-remote-extra-' }), 'passed'],
    ['absent', flags({ 'requestheader-extra-headers-prefix': null }), [{ says: 'is not set', at }]],
    ['another', flags({ 'requestheader-extra-headers-prefix': 'X-My-' }), [{ says: 'is `X-My-`', severity: 'warning' }]],
    [
      'without the dash',
      flags({ 'requestheader-extra-headers-prefix': 'X-Remote-Extra' }),
      [{ says: 'each with a dash in front', severity: 'warning' }],
    ],
  ],
  'redirects-not-rejected': [
    ['by default', {}, 'passed'],
    ['true', flags({ 'aggregator-reject-forwarding-redirect': 'true' }), 'passed'],
    ['false', flags({ 'aggregator-reject-forwarding-redirect': 'false' }), [{ evidence: 'CVE-2022-3172' }]],
  ],
  'authorization-not-enforced': [
    ['RBAC', {}, 'passed'],
    ['a file decides', flags({ 'authorization-mode': null, 'authorization-config': '/x' }), 'inapplicable'],
    ['AlwaysAllow', flags({ 'authorization-mode': 'AlwaysAllow' }), [{ says: 'is `AlwaysAllow`' }]],
    ['the default', flags({ 'authorization-mode': null }), [{ says: 'AlwaysAllow is the default', at }]],
  ],
  'kube-apiserver-exits': [
    ['it runs', {}, 'passed'],
    [
      'a reason that is predicted',
      exit('unknown flag: --x', ['flag-unknown']),
      [{ says: '`unknown flag: --x`', explainedBy: ['flag-unknown'] }],
    ],
    ['another reason', exit('x', []), [{ command: 'tail -n 20 /var/log/pods/x/kube-apiserver/3.log', explainedBy: [] }]],
  ],
  'manifest-would-change': [
    ['the manifest in place', {}, 'inapplicable'],
    ['nothing to compare with', { proposal: { replaces: null } }, 'inapplicable'],
    ['the same', { proposal: { replaces: healthy.flags } }, 'passed'],
    [
      'one flag',
      { proposal: { replaces: healthy.flags }, ...flags({ 'requestheader-allowed-names': 'a' }) },
      [
        {
          says: `one flag of \`${manifest}\``,
          evidence: '`--requestheader-allowed-names=front-proxy-client` → `--requestheader-allowed-names=a`',
        },
      ],
    ],
    [
      'a flag more and a flag less',
      { proposal: { replaces: healthy.flags }, ...flags({ 'client-ca-file': null, 'enable-aggregator-routing': 'true' }) },
      [{ says: '2 flags', evidence: 'not set → `--enable-aggregator-routing=true`' }],
    ],
    [
      'against the process, which tells its defaults too',
      { proposal: { replaces: healthy.runningFlags as AllFacts['flags'] }, ...flags({ 'client-ca-file': '/x' }) },
      [{ says: 'the running kube-apiserver' }],
    ],
  ],
};
