import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { leftBy, logged } from '../front-proxy/log-evidence.ts';
import { unseenNodes } from '../front-proxy/unseen-nodes.ts';
import { askedDirectly } from './asked-directly.ts';

const who = (rejecting: number, total: number) =>
  total === 1
    ? 'The only extension API server rejects'
    : `${rejecting} of ${total} extension API servers ${rejecting === 1 ? 'rejects' : 'reject'}`;

export default defineCheck({
  id: 'extension-servers-reject-front-proxy',
  title: "extension API servers accept kube-apiserver's front-proxy certificate",
  severity: 'error',
  modes: ['H01'],
  scope: 'cluster',
  needs: ['commonFailure'],
  wants: ['loggedRejection', 'frontProxyProbe', 'proxyClientCert', 'provider'],
  causes: { signatures: ['rejected'] },
  shows: ['rejected', 'ca-expired', 'no-request-header'],
  explain: {
    looksAt: 'whether all reachable extension API servers answer kube-apiserver with 401',
    why: 'An extension API server that rejects the front proxy serves no user. If all of them reject it, the cause is in kube-apiserver or the ConfigMap.',
    kubernetes: 'The APIServices are `False`, `bad status … 401`; users get 503.',
    repair: "Find the fault of the certificate in the extension API servers' logs, or in the files on a control-plane node.",
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ commonFailure, loggedRejection, frontProxyProbe, proxyClientCert, provider }) {
    if (commonFailure?.signature !== 'rejected') return [];
    const { apiServices, services, total, text, at } = commonFailure;
    // These two leave several causes, and any other none that is not found by itself.
    const proven = loggedRejection?.kind === 'ca-expired' || loggedRejection?.kind === 'no-request-header' ? loggedRejection.kind : null;
    const unseen = unseenNodes(proxyClientCert);
    const asked = (frontProxyProbe ?? []).flatMap(({ observed }) => (observed.ok ? askedDirectly(observed.value) : []));
    return [
      {
        message: `${who(services.length, total)} kube-apiserver's front-proxy certificate with 401.`,
        at,
        evidence: [`\`${text}\``, list(apiServices, { most: 4 }), ...(loggedRejection ? logged(loggedRejection) : []), ...asked],
        shows: [proven ?? 'rejected'],
        ...leftBy(loggedRejection),
        fix: {
          text:
            unseen === null
              ? "aggctl finds no fault in the certificate files of the control-plane nodes that it sees. Read the extension API servers' logs:"
              : provider
                ? `Read in the extension API servers' logs what is wrong with the certificate. ${provider} runs kube-apiserver and renews it: open a support case with what the logs say:`
                : `Find out what is wrong with the certificate: run \`sudo aggctl doctor\` on ${unseen}, or read the extension API servers' logs:`,
          commands: services
            .slice(0, 2)
            .map(({ namespace, name }) => sh`kubectl -n ${namespace} logs service/${name} --tail=200 | grep x509`),
        },
      },
    ];
  },
});
