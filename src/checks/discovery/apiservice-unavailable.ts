import { defineCheck } from '../../check.ts';
import { fromNow } from '../../format.ts';
import { outages } from '../../model.ts';
import { askedDirectly } from '../auth-configmap/asked-directly.ts';
import { logged } from '../front-proxy/log-evidence.ts';
import { later } from '../upgrade/upgrade-effects.ts';

export default defineCheck({
  id: 'apiservice-unavailable',
  title: 'the APIService serves',
  severity: 'error',
  scope: 'apiservice',
  hop: 'discovery',
  needs: ['now', 'apiService', 'failure'],
  wants: ['ownLog', 'upgrade', 'frontProxyProbe'],
  after: ['apiservice-flaps'],
  explainedBy: outages,
  explain: {
    looksAt: 'the condition Available, and a GET of /apis/GROUP/VERSION through kube-apiserver',
    why: 'An APIService that does not serve makes its API fail, hides it from discovery, and keeps every namespace from being deleted.',
    kubernetes: 'The condition is written by each kube-apiserver every 30 s; users get 503 `service unavailable` while it is False.',
    repair: 'Repair what the condition names. Delete the APIService only when nothing is to serve this API any more.',
    mirrors:
      'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go and pkg/apiserver/handler_proxy.go, v0.37.2',
  },
  run({ now, apiService, failure, ownLog, upgrade, frontProxyProbe }) {
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
          ...(available?.status === 'True'
            ? ['the probe, which asks as system:kube-aggregator in system:masters, does not get what users get']
            : []),
          ...(ownLog ? logged(ownLog) : []),
          ...askedDirectly(frontProxyProbe),
        ],
        fix: {
          text: `${failure.next.slice(0, 1).toUpperCase()}${failure.next.slice(1)}.`,
          commands: [`kubectl describe apiservice ${apiService.name}`],
        },
        explainedBy: ['built-in-group-shadowed', 'service-is-kube-apiserver', ...failure.explainedBy],
        // Only a fault of the certificate or its caBundle shows in a request and not in the condition.
        ...(available?.status === 'True' && /x509: |root certificates/.test(failure.text) && later(upgrade, 'apiservice-unavailable')),
      },
    ];
  },
});
