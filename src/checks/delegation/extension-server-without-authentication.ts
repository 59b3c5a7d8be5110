import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'extension-server-without-authentication',
  title: 'the extension API server authenticates its clients',
  severity: 'warning',
  modes: ['H06'],
  scope: 'apiservice',
  hop: 'front proxy',
  needs: ['apiService', 'frontProxyProbe'],
  explain: {
    looksAt:
      'with `--as-front-proxy`: a GET of /aggctl-probe sent directly to the extension API server without a certificate; if that is not rejected, a GET of one nonexistent object of its API, without headers',
    why: 'Anyone who can reach its Service, from any pod, can use the API without kube-apiserver: no authorization applies, and no audit log records it.',
    kubernetes:
      'An extension API server must authenticate the front proxy by its certificate and ask kube-apiserver to authorize each user. kube-apiserver does not check that it does, nor who else can reach it: Available is True.',
    repair:
      'Use the delegated authentication and authorization of k8s.io/apiserver, or require a client certificate from the CA in `requestheader-client-ca-file`.',
    mirrors: 'k8s.io/apiserver, pkg/server/options/authentication.go and authorization.go, v0.37.2',
  },
  run({ apiService: { group, service }, frontProxyProbe }) {
    const { anonymous, address } = frontProxyProbe ?? {};
    // An unserved path may be answered before authentication: only the API itself proves the fault.
    if (!anonymous || (anonymous.status >= 300 && anonymous.status !== 404)) return [];
    return [
      {
        message: `Anyone who can reach \`${service.namespace}/${service.name}\` can use \`${group}\`: the extension API server does not authenticate its clients.`,
        at: { probe: `GET https://${address}${anonymous.path}` },
        evidence: [
          `without certificate and headers: ${anonymous.status} for a nonexistent object, although \`system:anonymous\` should get 401 or 403`,
        ],
        fix: {
          text: 'Until the extension API server authenticates its clients, let only kube-apiserver reach its pods. To see the current restrictions:',
          commands: [sh`kubectl -n ${service.namespace} get networkpolicies`],
        },
      },
    ];
  },
});
