import type { ApiService, Dial } from '../../src/model.ts';
import { answers, days, failing, healthy, unavailable } from '../support/facts.ts';
import { pod as backendPod } from './backend.ts';
import type { Expected } from './row.ts';

export const { apiService } = healthy;
export const url = 'https://10.96.100.10:443/apis/wardle.example.com/v1alpha1';
export const says = (text: string, service: Partial<ApiService> = {}) =>
  unavailable('FailedDiscoveryCheck', `failing or missing response from ${url}: Get "${url}": ${text}`, service);
export const serves = ['it serves', {}, 'passed'] as const;
export const dial = (to: Dial['to'], connected: boolean, address = to === 'pod' ? '10.244.0.7:8443' : '10.96.100.10:443'): Dial => ({
  to,
  pod: null,
  address,
  chain: [],
  connected,
  message: connected ? '' : `\`https://${address}\` completed no connection (TCP): check the firewall.`,
  happened: connected ? '' : 'completed no connection (TCP)',
});
const at = { file: '/etc/kubernetes/egress.yaml', line: 1, node: 'cp-1' };
const path = '/etc/kubernetes/egress.yaml';
/** kube-apiserver dials through the agents of konnectivity. */
export const throughAgents = {
  egressSelector: { at, path, fault: null, cluster: true, sockets: [{ path: '/run/konnectivity.socket', is: 'present' as const }] },
};
/** k3s dials through its own agent on the node of each pod. */
export const throughK3s = {
  egressSelector: { ...throughAgents.egressSelector, path: '/etc/rancher/k3s/config.yaml', agentOf: 'k3s' as const },
};
/** Its egress selector is for other connections alone. */
export const notThroughAgents = { egressSelector: { ...throughAgents.egressSelector, cluster: false, sockets: [] } };
export const onEks = { distribution: 'EKS', provider: 'EKS' };
/** The condition names a pod. */
const podUrl = 'https://10.244.0.7:8443/apis/wardle.example.com/v1alpha1';
export const podSays = (text: string) =>
  unavailable('FailedDiscoveryCheck', `failing or missing response from ${podUrl}: Get "${podUrl}": ${text}`);
export const toPod = { route: { to: 'pod' as const, evidence: "the condition names the pod's address, 10.244.0.7" } };
export const timeout = says('context deadline exceeded (Client.Timeout exceeded while awaiting headers)');
export const available = { status: 'True', reason: 'Passed', message: '', since: days(-1) };
export const pod = (meshProxy: string) => ({ ...backendPod, name: 'api-0', meshProxy });
/** A row that the text alone proves. */
export const byText = (text: string, expected: Expected = {}) =>
  [
    serves,
    ['kube-apiserver says so', says(text), [{ says: '`wardle.example.com/v1alpha1` fails for every user', ...expected }]],
    ['the condition does not say so yet', failing(apiService, answers(503, `error trying to reach service: ${text}`)), 'passed'],
    ['it says something else', says('dial tcp 10.96.100.10:443: connect: connection refused'), 'passed'],
  ] as const;
