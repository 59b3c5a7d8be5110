import { defineCheck } from '../../check.ts';
import { capitalized, fromNow } from '../../format.ts';
import { failureKinds } from '../../model.ts';
import { sh } from '../../sh.ts';
import { askedDirectly } from '../auth-configmap/asked-directly.ts';
import { leftBy, logged } from '../front-proxy/log-evidence.ts';
import { later } from '../upgrade/upgrade-effects.ts';
import { ownRejection } from './own-rejection.ts';

export default defineCheck({
  id: 'apiservice-unavailable',
  title: 'the APIService serves',
  severity: 'error',
  modes: ['A17', 'A18', 'A24', 'S20', 'N11', 'N14', 'N20', 'T12', 'V01'],
  scope: 'apiservice',
  hop: 'discovery',
  hopByText: true,
  needs: ['now', 'apiService', 'failure'],
  wants: ['serverLog', 'upgrade', 'frontProxyProbe', 'acceptedBy'],
  after: ['apiservice-flaps'],
  causes: { symptoms: ['namespaces-stuck', 'autoscalers-without-metrics'] },
  shows: failureKinds,
  judges: ['serving-certificate-probed'],
  aspects: ['rejects-user'],
  explain: {
    looksAt: 'the condition Available, and a GET of /apis/GROUP/VERSION through kube-apiserver',
    why: 'If an APIService does not serve, its API fails, disappears from discovery, and blocks the deletion of every namespace.',
    kubernetes: 'Each kube-apiserver updates the condition every 30 s; users get 503 `service unavailable` while it is False.',
    repair: 'Fix the cause named in the condition. Delete the APIService only if the API is no longer needed.',
    mirrors:
      'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go and pkg/apiserver/handler_proxy.go, v0.37.2',
  },
  run({ now, apiService, failure, serverLog, upgrade, frontProxyProbe, acceptedBy = null }) {
    if (!failure || failure.inTransition) return [];
    const { available } = apiService;
    const own = ownRejection(apiService, failure, acceptedBy);
    return [
      {
        message: `\`${apiService.name}\` does not serve: ${own?.because ?? failure.meaning}.`,
        at: failure.at,
        evidence: [
          `\`${failure.text}\``,
          available
            ? `Available ${available.status}${available.reason ? ` (${available.reason})` : ''} since ${fromNow(available.since, now)}`
            : 'the condition Available was never set',
          ...(available?.status === 'True'
            ? [
                failure.unseen
                  ? "kube-apiserver's probe, which runs as system:kube-aggregator in system:masters, gets another answer than users"
                  : "the condition lags: every request fails, and kube-apiserver's probe updates Available within 40 s",
              ]
            : []),
          ...(serverLog ? logged(serverLog) : []),
          ...askedDirectly(frontProxyProbe),
        ],
        fix: own?.fix ?? {
          text: `${capitalized(failure.next)}.`,
          commands: [sh`kubectl describe apiservice ${apiService.name}`],
        },
        shows: [failure.signature],
        ...leftBy(serverLog),
        ...own?.candidates,
        // Only a fault of the certificate or the caBundle shows in a request but not in the condition.
        ...(available?.status === 'True' &&
          (failure.ofCertificate || failure.signature === 'root-certificates') &&
          later(upgrade, 'serving-certificate-probed')),
      },
    ];
  },
});
