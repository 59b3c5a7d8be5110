import { defineCheck } from '../model.ts';

export default defineCheck({
  id: 'apiservice-in-transition',
  title: 'the condition Available and a real request agree',
  severity: 'info',
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['apiService', 'failure'],
  after: ['apiservice-flaps'],
  explainedBy: [
    'extension-servers-reject-front-proxy',
    'extension-servers-see-anonymous',
    'cabundle-not-signer',
    'extension-server-down',
    'front-proxy-client-expired',
    'front-proxy-client-not-yet-valid',
    'front-proxy-client-not-signed-by-requestheader-ca',
    'front-proxy-client-without-clientauth',
    'requestheader-ca-cannot-sign',
    'front-proxy-client-signature-insecure',
    'requestheader-ca-expired',
    'requestheader-ca-missing',
    'allowed-names-exclude-cn',
    'username-headers-missing',
    'configmap-missing',
    'configmap-value-unusable',
    'front-proxy-client-key-weak',
    'configmap-requestheader-missing',
    'configmap-ca-not-signer',
    'configmap-names-exclude-cn',
    'proxy-client-pair-missing',
    'proxy-client-pair-half',
    'no-proxy-without-services',
    'egress-socket-absent',
    'service-missing',
    'service-port-missing',
    'service-not-routable',
    'service-selects-no-pods',
    'extension-server-scaled-to-zero',
    'extension-server-not-admitted',
    'extension-server-unschedulable',
    'extension-server-image-unavailable',
    'extension-server-cannot-start',
    'extension-server-crashes',
    'extension-server-not-ready',
    'endpoints-missing',
    'endpoint-port-name-mismatch',
    'service-target-port-unknown',
    'service-target-port-wrong',
    'service-selects-wrong-pods',
    'internal-traffic-policy-without-pod',
  ],
  explain: {
    looksAt: 'the condition Available against a GET of /apis/GROUP/VERSION at the same moment',
    why: 'The condition follows what happens by up to 36 s, in both directions; a difference that is younger is no fault.',
    kubernetes: 'kube-apiserver probes every 30 s with a limit of 6 s, and writes the condition then.',
    repair: 'Ask again in 40 s. What still disagrees then is a fault that the probe of kube-apiserver cannot see.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure }) {
    if (!failure?.inTransition) return [];
    const condition =
      apiService.available?.status === 'True'
        ? 'True while a request fails'
        : `${apiService.available?.status ?? 'not written'} while a request succeeds or it is new`;
    return [
      {
        message: `\`${apiService.name}\` is in transition, or its probe is blind: Available is ${condition}.`,
        at: failure.at,
        evidence: [`\`${failure.text}\``],
        fix: {
          text: 'Ask again in 40 s: the condition follows within that time. If it does not, the probe sees what users do not get; this is their answer:',
          commands: ['sleep 40; aggctl doctor', `kubectl get --raw /apis/${apiService.group}/${apiService.version}`],
        },
        explainedBy: failure.explainedBy,
      },
    ];
  },
});
