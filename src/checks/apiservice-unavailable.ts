import { defineCheck } from '../model.ts';
import { fromNow } from '../wording.ts';
import { logged } from './_logged.ts';
import { later } from './_upgrade.ts';

export default defineCheck({
  id: 'apiservice-unavailable',
  title: 'the APIService serves',
  severity: 'error',
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['now', 'apiService', 'failure'],
  wants: ['ownLog', 'upgrade'],
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
    looksAt: 'the condition Available, and a GET of /apis/GROUP/VERSION through kube-apiserver',
    why: 'An APIService that does not serve makes its API fail, hides it from discovery, and keeps every namespace from being deleted.',
    kubernetes: 'The condition is written by each kube-apiserver every 30 s; users get 503 `service unavailable` while it is False.',
    repair: 'Repair what the condition names. Delete the APIService only when nothing is to serve this API any more.',
    mirrors:
      'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go and pkg/apiserver/handler_proxy.go, v0.37.2',
  },
  run({ now, apiService, failure, ownLog, upgrade }) {
    if (!failure || failure.inTransition) return [];
    const { available } = apiService;
    return [
      {
        message: `\`${apiService.name}\` does not serve: ${failure.meaning}.`,
        at: failure.at,
        evidence: [
          `\`${failure.text}\``,
          available
            ? `Available ${available.status}${available.reason ? ` (${available.reason})` : ''} since ${fromNow(available.since, now)}`
            : 'no condition Available was ever written',
          ...(ownLog ? logged(ownLog) : []),
        ],
        fix: {
          text: `${failure.next.slice(0, 1).toUpperCase()}${failure.next.slice(1)}.`,
          commands: [`kubectl describe apiservice ${apiService.name}`],
        },
        explainedBy: failure.explainedBy,
        // Only a fault of the certificate or its caBundle shows in a request and not in the condition.
        ...(available?.status === 'True' && /x509: |root certificates/.test(failure.text) && later(upgrade, 'apiservice-unavailable')),
      },
    ];
  },
});
