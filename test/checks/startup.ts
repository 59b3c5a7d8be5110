import type { AllFacts } from '../../src/check.ts';
import type { EgressSelector, Proxied } from '../../src/model.ts';
import { type Change, flags, healthy } from '../support/facts.ts';
import { given, words } from './command-line.ts';
import type { Rows } from './row.ts';

const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const at = healthy.flags.at;
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

export const rows: Rows = {
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
