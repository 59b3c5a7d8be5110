import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { unseenNodes } from '../front-proxy/unseen-nodes.ts';
import { askedDirectly } from './asked-directly.ts';

const who = (taking: number, total: number) =>
  total === 1 ? 'The only extension API server treats' : `${taking} of ${total} extension API servers ${taking === 1 ? 'treats' : 'treat'}`;

export default defineCheck({
  id: 'extension-servers-see-anonymous',
  title: "extension API servers receive kube-apiserver's client certificate",
  severity: 'error',
  modes: ['H02', 'R06'],
  scope: 'cluster',
  needs: ['commonFailure'],
  wants: ['frontProxyProbe', 'proxyClientCert', 'provider'],
  causes: { signatures: ['anonymous'], symptoms: ['autoscaler-not-authorized/identity'] },
  shows: ['anonymous'],
  explain: {
    looksAt: 'whether all reachable extension API servers answer kube-apiserver with 403',
    why: 'Without a client certificate, an extension API server cannot know that kube-apiserver acts for a user.',
    kubernetes: 'The APIServices are `False`, `bad status … 403`; users get 503.',
    repair: 'Set both `--proxy-client-cert-file` and `--proxy-client-key-file`; nothing between the two may terminate TLS.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ commonFailure, frontProxyProbe, proxyClientCert, provider }) {
    if (commonFailure?.signature !== 'anonymous') return [];
    const { apiServices, services, total, text, at } = commonFailure;
    const unseen = unseenNodes(proxyClientCert);
    const asked = (frontProxyProbe ?? []).flatMap(({ observed }) => (observed.ok ? askedDirectly(observed.value) : []));
    return [
      {
        message: `${who(services.length, total)} kube-apiserver as \`system:anonymous\` (403): no client certificate arrives.`,
        at,
        evidence: [`\`${text}\``, list(apiServices, { most: 4 }), ...asked],
        fix: {
          text: `${provider || unseen === null ? '' : `Run \`sudo aggctl doctor\` on ${unseen} to check whether the pair is set. `}Check whether kube-apiserver has loaded a pair${provider ? `, which ${provider} sets` : ''}, and whether the extension API server may list and watch ConfigMap extension-apiserver-authentication; if it may only get it, it requests no certificate and logs that:`,
          commands: [
            sh`kubectl get --raw "/readyz?verbose" | grep aggregator-reload-proxy-client-cert`,
            ...services
              .slice(0, 2)
              .map(
                ({ namespace, name }) =>
                  sh`kubectl -n ${namespace} logs service/${name} --tail=200 | grep extension-apiserver-authentication`,
              ),
          ],
        },
      },
    ];
  },
});
