import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { logged } from '../front-proxy/log-evidence.ts';
import { askedDirectly } from './asked-directly.ts';

const who = (rejecting: number, total: number) =>
  total === 1
    ? 'The only extension server rejects'
    : `${rejecting} of ${total} extension servers ${rejecting === 1 ? 'rejects' : 'reject'}`;

export default defineCheck({
  id: 'extension-servers-reject-front-proxy',
  title: "extension servers accept kube-apiserver's front-proxy certificate",
  severity: 'error',
  modes: ['H01'],
  scope: 'cluster',
  needs: ['commonFailure'],
  wants: ['loggedRejection', 'frontProxyProbe'],
  causes: { signatures: ['rejected'] },
  shows: ['rejected', 'ca-expired', 'no-request-header'],
  explain: {
    looksAt: 'whether all extension servers that can be reached answer kube-apiserver with 401',
    why: 'An extension server that rejects the front proxy serves nobody. When all do so alike the cause lies with kube-apiserver or the ConfigMap, not with them.',
    kubernetes: 'The APIServices are `False`, `bad status … 401`; users get 503.',
    repair: 'The logs of the extension servers and the files on a control-plane node tell which fault of the certificate it is.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ commonFailure, loggedRejection, frontProxyProbe }) {
    if (commonFailure?.signature !== 'rejected') return [];
    const { apiServices, services, total, text, at } = commonFailure;
    // These two leave several causes, and any other none that is not found by itself.
    const proven = loggedRejection?.kind === 'ca-expired' || loggedRejection?.kind === 'no-request-header' ? loggedRejection.kind : null;
    const asked = (frontProxyProbe ?? []).flatMap(({ observed }) => (observed.ok ? askedDirectly(observed.value) : []));
    return [
      {
        message: `${who(services.length, total)} kube-apiserver: 401 for its front-proxy certificate.`,
        at,
        evidence: [`\`${text}\``, list(apiServices, { most: 4 }), ...(loggedRejection ? logged(loggedRejection) : []), ...asked],
        shows: [proven ?? 'rejected'],
        fix: {
          text: "See which fault of the certificate it is: on a control-plane node with `sudo aggctl doctor`, or in the extension servers' logs:",
          commands: services
            .slice(0, 2)
            .map(({ namespace, name }) => `kubectl -n ${namespace} logs service/${name} --tail=200 | grep x509`),
        },
      },
    ];
  },
});
