import type { CertificateFile, Distrust, Division, Endpoint } from '../../src/model.ts';
import { ca, certificates, client, file, flags, healthy, unknown } from '../support/facts.ts';
import type { Rows } from './row.ts';

const same = flags({});
const endpoint = (number: number, change: Partial<Endpoint> = {}): Endpoint => ({
  address: `192.0.2.${9 + number}:6443`,
  node: `cp-${number}`,
  version: { ok: true, value: 'v1.37.2' },
  ...change,
});
const silent = { version: { ok: false, why: 'unreachable', message: 'It refused the connection.' } } as const;
const denied = { version: { ok: false, why: 'denied', message: 'User "jane" cannot get path "/version".' } } as const;

const names = ['CN=front-proxy-ca', 'CN=another-ca'].map((name) => ca(name.slice(3)));
const leafOf = (index: number) => certificates([client(names[index] as (typeof names)[number])])[0] as Distrust['presents']['leaf'];
const bundle = (node: string): CertificateFile => ({
  ...file('requestheaderCa'),
  at: { file: '/etc/kubernetes/pki/front-proxy-ca.crt', node },
});
const fault = { kind: 'unknown-authority', text: 'x509: certificate signed by unknown authority', above: false } as const;
const distrust = (presents: number, trusts: number): Distrust => ({
  presents: { node: `cp-${presents}`, leaf: leafOf(presents === 2 ? 1 : 0) },
  trusts: { node: `cp-${trusts}`, file: bundle(`cp-${trusts}`) },
  fault,
});

const division: Division = {
  serving: ['cp-1', 'cp-3'],
  failing: [{ name: 'cp-2', text: '401 Unauthorized', meaning: "the extension server rejects kube-apiserver's front-proxy certificate" }],
  explainedBy: ['front-proxy-client-expired'],
};

export const rows: Rows = {
  'kube-apiservers-differ': [
    ['there is one', {}, 'inapplicable'],
    ['they are the same', { beside: [same, same] }, 'passed'],
    [
      'lists are sets',
      { ...flags({ 'requestheader-allowed-names': 'a,b' }), beside: [flags({ 'requestheader-allowed-names': '"b",a' })] },
      'passed',
    ],
    ['a default that one writes down', { beside: [flags({ 'enable-aggregator-routing': 'false' })] }, 'passed'],
    ['another path of a file: what lies there counts', { beside: [flags({ 'proxy-client-cert-file': '/etc/pki/x.crt' })] }, 'passed'],
    ['header flags that one lacks have a check of their own', { beside: [flags({ 'requestheader-group-headers': null })] }, 'passed'],
    [
      'one of three routes by itself',
      { beside: [same, flags({ 'enable-aggregator-routing': 'true' })] },
      [
        {
          says: '`--enable-aggregator-routing` is `true` on cp-3 and not set on cp-1 and cp-2',
          evidence: 'cp-1 and cp-2: not set (manifest)',
          fix: 'On cp-3, take --enable-aggregator-routing away, as on cp-1 and cp-2:',
          command: 'mv /root/kube-apiserver.yaml',
          explainedBy: [],
        },
      ],
    ],
    ['one of two: nobody can tell which', { beside: [flags({ 'enable-aggregator-routing': 'true' })] }, [{ fix: 'Choose one value' }]],
    [
      'names that have none in common: the union, so that nothing that works stops',
      { beside: [flags({ 'requestheader-allowed-names': 'aggregator' })] },
      [{ command: '--requestheader-allowed-names=front-proxy-client,aggregator', latent: true, explainedBy: ['allowed-names-exclude-cn'] }],
    ],
    [
      'names empty on one: the union restricts it',
      { beside: [same, flags({ 'requestheader-allowed-names': '' })] },
      [{ says: 'Extension servers accept from cp-3 only names that the other', command: '=front-proxy-client', explainedBy: [] }],
    ],
    [
      'another header on one',
      { beside: [flags({ 'requestheader-username-headers': 'X-User' })] },
      [{ says: 'accept changes with the kube-apiservers that run', latent: true, explainedBy: ['username-headers-missing'] }],
    ],
    [
      'another group header on one',
      { beside: [flags({ 'requestheader-group-headers': 'X-G' })] },
      [{ explainedBy: ['group-headers-missing'] }],
    ],
    [
      'nobody may see the files: the flags tell',
      { proxyClientCert: unknown, beside: [flags({ 'requestheader-allowed-names': 'aggregator' })] },
      [{ fix: "with the common name of every node's front-proxy certificate in it." }],
    ],
  ],
  'front-proxy-ca-differs': [
    ['all vouch for all', {}, 'passed'],
    [
      'one of three has a CA of its own',
      { distrusts: [distrust(2, 1), distrust(2, 3), distrust(1, 2), distrust(3, 2)] },
      [
        {
          says: 'the front-proxy CAs of cp-2 and of cp-1 and cp-3 do not vouch for each other',
          at: { file: '/etc/kubernetes/pki/front-proxy-ca.crt', node: 'cp-2' },
          evidence: 'on cp-1 does not vouch for CN=front-proxy-client of cp-2 (issued by CN=another-ca)',
          fix: 'Do not delete the ConfigMap.',
          latent: true,
        },
      ],
    ],
    ['one of three lacks the new CA', { distrusts: [distrust(2, 1), distrust(3, 1)] }, [{ says: 'of cp-1 and of cp-2 and cp-3' }]],
    ['of two nobody can tell', { distrusts: [distrust(2, 1), distrust(1, 2)] }, [{ says: 'of cp-1 and cp-2 do not vouch' }]],
  ],
  'kube-apiserver-endpoint-down': [
    ['there is one', {}, 'inapplicable'],
    ['all answer', { endpoints: [endpoint(1), endpoint(2)] }, 'passed'],
    ['a refusal is an answer', { endpoints: [endpoint(1), endpoint(2, denied)] }, 'passed'],
    [
      'one does not',
      { endpoints: [endpoint(1), endpoint(2), endpoint(3, silent)] },
      [
        {
          says: 'the one on cp-3 is announced at `192.0.2.12:6443` and does not answer there',
          at: { object: 'Service default/kubernetes', field: 'endpoints[192.0.2.12:6443]' },
          evidence: 'cp-1 and cp-2 can be reached from here',
          command: 'crictl logs',
        },
      ],
    ],
    [
      'one whose node is not known',
      { endpoints: [endpoint(1), endpoint(2, { ...silent, node: null })] },
      [{ says: 'the one at `192.0.2.11:6443` is announced' }],
    ],
    ['RKE2', { distribution: 'RKE2', endpoints: [endpoint(1), endpoint(2, silent)] }, [{ command: 'journalctl' }]],
    ['none can be reached from here', { endpoints: unknown }, 'skipped'],
  ],
  'kube-apiserver-versions-differ': [
    ['there is one', {}, 'inapplicable'],
    ['they are the same', { endpoints: [endpoint(1), endpoint(2), endpoint(3, silent)] }, 'passed'],
    [
      'one is older',
      { endpoints: [endpoint(1), endpoint(2), endpoint(3, { node: null, version: { ok: true, value: 'v1.36.3' } })] },
      [{ says: 'kube-apiserver is `v1.37.2` on cp-1 and cp-2 and `v1.36.3` on 192.0.2.12:6443' }],
    ],
  ],
  'apiservice-flaps': [
    ['they agree', {}, 'passed'],
    [
      'one is rejected',
      { division },
      [
        {
          says: 'it serves through cp-1 and cp-3 and never through cp-2',
          at: { probe: 'GET /apis/wardle.example.com/v1alpha1 at each kube-apiserver' },
          evidence: 'through cp-2: `401 Unauthorized`',
          explainedBy: ['front-proxy-client-expired'],
        },
      ],
    ],
    ['no condition was ever written', { division, apiService: { ...healthy.apiService, available: null } }, [{ says: 'comes and goes' }]],
    [
      'the one that fails has other flags',
      { division, beside: [flags({ 'enable-aggregator-routing': 'true' }), same] },
      [{ explainedBy: ['front-proxy-client-expired', 'kube-apiservers-differ'] }],
    ],
    [
      'one that serves has other flags',
      { division, beside: [same, flags({ 'enable-aggregator-routing': 'true' })] },
      [{ explainedBy: ['front-proxy-client-expired'] }],
    ],
  ],
};
