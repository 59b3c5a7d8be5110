/** What is healthy somewhere and looks wrong to somebody who knows kubeadm alone: all checks together say nothing above information. */
import { describe, expect, test } from 'vitest';
import type { AllFacts } from '../src/check.ts';
import { checks } from '../src/checks/index.ts';
import { readManifest } from '../src/facts/shared/read-manifest.ts';
import { run } from '../src/run/index.ts';
import {
  type Change,
  ca,
  changed,
  client,
  configMap,
  days,
  failing,
  file,
  flags,
  frontProxy,
  healthy,
  unavailable,
} from './support/facts.ts';
import { keyPair } from './support/pki.ts';

const above = (change: Change) =>
  run(checks, changed(change), { aggctl: '0', source: 'test' })
    .findings.filter(({ severity }) => severity !== 'info')
    .map(({ id, message }) => `${id}: ${message}`);
const names = 'requestheader-allowed-names';
const both = (set: Readonly<Record<string, string | null>>): Change => ({ ...flags(set), ...flags(set, 'runningFlags') });
const signer = ca('aggregator-client-signer', { notBefore: days(-21) });
const older = ca('aggregator-client-signer', { key: keyPair('p-256', 'older'), notAfter: days(30), serial: 2 });
const called = (name: string) => ({
  ...both({ [names]: name }),
  ...frontProxy({ chain: [client(signer, { subject: [['CN', name]] })], trusted: [signer] }),
});
const owned = (mode: string, uid: number, gid: number): Change => ({
  proxyClientKey: file('proxyClientKey', { answer: { is: 'pem', mode, uid, gid, mtime: '2026-01-01T00:00:00Z' } }),
});
const inRollout = unavailable('MissingEndpoints', 'endpoints for service/api in "wardle" have no addresses', {}, 10)
  .apiService as AllFacts['apiService'];
/** The ConfigMap as another change makes it, with some of its keys otherwise. */
const published = (change: Change, keys: Partial<NonNullable<AllFacts['authConfigMap']>>): Change => ({
  ...change,
  authConfigMap: { ...(change.authConfigMap as NonNullable<AllFacts['authConfigMap']>), ...keys },
});

describe('no finding above information', () => {
  test.each<[string, Change]>([
    ['EKS: no client-ca-file in the ConfigMap', configMap({ clientCa: null })],
    ['AKS: no allowed names, and a CA that signs nobody else', { ...both({ [names]: null }), ...configMap({ allowedNames: [] }) }],
    [
      'OpenShift: a certificate for 30 days, of which 9 are left',
      frontProxy({ chain: [client(signer, { notBefore: days(-21), notAfter: days(9) })], trusted: [signer] }),
    ],
    [
      'OpenShift, a rotated k3s: the CA before it, of the same name, is trusted still',
      frontProxy({ chain: [client(signer)], trusted: [older, signer] }),
    ],
    ['k3s and RKE2: system:auth-proxy', published(called('system:auth-proxy'), { allowedNames: ['system:auth-proxy'] })],
    ['kOps: aggregator', published(called('aggregator'), { allowedNames: ['aggregator'] })],
    [
      'OpenShift: three names',
      published(
        {
          ...called('system:openshift-aggregator'),
          ...both({ [names]: 'kube-apiserver-proxy,system:kube-apiserver-proxy,system:openshift-aggregator' }),
        },
        { allowedNames: ['kube-apiserver-proxy', 'system:kube-apiserver-proxy', 'system:openshift-aggregator'] },
      ),
    ],
    ['another key for each node', frontProxy({ chain: [client(signer, { serial: 77 })], trusted: [signer] })],
    ['Talos: a user of its own owns the key', { nodeFiles: { uid: 65534, gids: [65534] }, ...owned('0400', 65534, 65534) }],
    ["rootless kubeadm: a supplemental group's key", { nodeFiles: { uid: 2000, gids: [2000, 2003] }, ...owned('0640', 0, 2003) }],
    ["vendors' builds: flags of their own", both({ 'permit-address-sharing': 'true', 'aws-iam-authenticator-kubeconfig': '/x' })],
    ['MicroK8s without rbac: AlwaysAllow', both({ 'authorization-mode': 'AlwaysAllow' })],
    [
      'most charts: insecureSkipTLSVerify',
      failing({ ...healthy.apiService, insecureSkipTLSVerify: true, caBundle: null }, healthy.discovery),
    ],
    [
      'vcluster: a backend that is no ordinary Service, and answers',
      failing({ ...healthy.apiService, service: { namespace: 'default', name: 'localhost', port: 8443 } }, healthy.discovery),
    ],
    ['a rollout: unavailable for ten seconds, and the server answers again', failing(inRollout, healthy.discovery)],
    ["a laptop's clock three hours off", { clockSkew: 3 * 3_600_000 }],
  ])('%s', (_, change) => {
    expect(above(change)).toEqual([]);
  });

  test('the same changes, when they are faults, are found', () => {
    expect(above(both({ [names]: 'aggregator' }))).not.toEqual([]);
    expect(above({ nodeFiles: { uid: 2000, gids: [2000] }, ...owned('0640', 0, 2003) })).not.toEqual([]);
    expect(above(frontProxy({ chain: [client(signer)], trusted: [older] }))).not.toEqual([]);
  });
});

// rootless kubeadm: kubernetes/kubernetes, cmd/kubeadm/app/util/users; Talos: siderolabs/talos, control_plane_static_pod.go.
test.each([
  ['runAsUser: 65534, runAsGroup: 65534', { uid: 65534, gids: [65534] }],
  ['runAsUser: 2000, runAsGroup: 2000, supplementalGroups: [2003]', { uid: 2000, gids: [2000, 2003] }],
])('as whom a Pod with %s reads its files', (context, process) => {
  const text = `kind: Pod\nspec:\n  securityContext: { ${context} }\n  containers:\n  - command: [kube-apiserver]\n`;
  expect(readManifest(text, (line) => ({ file: 'm', line }))).toMatchObject({ process });
});
