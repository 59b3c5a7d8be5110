import { defineCheck } from '../model.ts';
import { failsBy, target } from './_way.ts';

export default defineCheck({
  id: 'extension-server-not-https',
  title: 'the extension server speaks TLS',
  severity: 'error',
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'failure'],
  explain: {
    looksAt: 'what kube-apiserver says of the handshake',
    why: 'kube-apiserver speaks HTTPS alone, with `insecureSkipTLSVerify` too. Most often the Service leads to the port of the metrics or of the health checks.',
    kubernetes: 'The APIService is `False`: `http: server gave HTTP response to HTTPS client`.',
    repair: "Point the Service's targetPort to the TLS port of the extension server.",
    mirrors: 'net/http, transport.go, go1.26; k8s.io/kube-aggregator, pkg/apiserver/handler_proxy.go, v0.37.2',
  },
  run({ apiService, failure }) {
    if (!failsBy(failure, 'not-https')) return [];
    const { namespace, name } = apiService.service;
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: what stands behind ${target(apiService, failure)} speaks plain HTTP, and kube-apiserver only HTTPS.`,
        at: failure.at,
        evidence: [`\`${failure.text}\``],
        fix: {
          text: "Point the Service's targetPort to the port on which the extension server serves TLS; to compare them:",
          commands: [
            `kubectl -n ${namespace} get service ${name} -o jsonpath='{.spec.ports}{"\\n"}'`,
            `kubectl -n ${namespace} get pods -o yaml | grep -n -e secure-port -e containerPort`,
          ],
        },
      },
    ];
  },
});
