import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { askedDirectly } from './asked-directly.ts';

const who = (taking: number, total: number) =>
  total === 1 ? 'The only extension server takes' : `${taking} of ${total} extension servers ${taking === 1 ? 'takes' : 'take'}`;

export default defineCheck({
  id: 'extension-servers-see-anonymous',
  title: 'extension servers see a client certificate of kube-apiserver',
  severity: 'error',
  modes: ['H02', 'R06'],
  scope: 'cluster',
  needs: ['commonFailure'],
  wants: ['frontProxyProbe'],
  causes: { signatures: ['anonymous'] },
  shows: ['anonymous'],
  explain: {
    looksAt: 'whether all extension servers that can be reached answer kube-apiserver with 403',
    why: 'Without a client certificate an extension server cannot know that kube-apiserver speaks for a user.',
    kubernetes: 'The APIServices are `False`, `bad status … 403`; users get 503.',
    repair: 'Set both `--proxy-client-cert-file` and `--proxy-client-key-file`; nothing on the way may terminate TLS.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ commonFailure, frontProxyProbe }) {
    if (commonFailure?.signature !== 'anonymous') return [];
    const { apiServices, services, total, text, at } = commonFailure;
    const asked = (frontProxyProbe ?? []).flatMap(({ observed }) => (observed.ok ? askedDirectly(observed.value) : []));
    return [
      {
        message: `${who(services.length, total)} kube-apiserver for \`system:anonymous\` (403): no client certificate of it arrives there.`,
        at,
        evidence: [`\`${text}\``, list(apiServices, { most: 4 }), ...asked],
        fix: {
          text: 'See on a control-plane node with `sudo aggctl doctor` whether the pair is set; from here, whether kube-apiserver has loaded one. An extension server that may get, and not list and watch, ConfigMap extension-apiserver-authentication asks nobody for a certificate, and its log says so:',
          commands: [
            'kubectl get --raw "/readyz?verbose" | grep aggregator-reload-proxy-client-cert',
            ...services
              .slice(0, 2)
              .map(
                ({ namespace, name }) =>
                  `kubectl -n ${namespace} logs service/${name} --tail=200 | grep extension-apiserver-authentication`,
              ),
          ],
        },
      },
    ];
  },
});
