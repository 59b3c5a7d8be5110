import { defineCheck } from '../../check.ts';

export default defineCheck({
  id: 'extension-server-without-authentication',
  title: 'the extension server asks who asks it',
  severity: 'warning',
  scope: 'apiservice',
  hop: 'front proxy',
  needs: ['apiService', 'frontProxyProbe'],
  explain: {
    looksAt:
      'with `--as-front-proxy`: a GET of /aggctl-probe directly at the extension server, without a certificate; where that is not refused, a GET of one object of its API that does not exist, without headers, too',
    why: 'Whoever reaches its Service, from any pod, can use the API past kube-apiserver: no right is asked for, and no audit log shows it.',
    kubernetes:
      'An extension server must authenticate the front proxy by its certificate and ask kube-apiserver for the rights of each user. kube-apiserver checks neither that it does, nor who else reaches it: Available is True.',
    repair:
      'Use the delegated authentication and authorization of k8s.io/apiserver, or demand a client certificate of the CA in `requestheader-client-ca-file`.',
    mirrors: 'k8s.io/apiserver, pkg/server/options/authentication.go and authorization.go, v0.37.2',
  },
  run({ apiService: { group, service }, frontProxyProbe }) {
    const { anonymous, address } = frontProxyProbe ?? {};
    // Paths that nobody serves may be answered before anybody is authenticated: only the API itself proves it.
    if (!anonymous || (anonymous.status >= 300 && anonymous.status !== 404)) return [];
    return [
      {
        message: `Whoever reaches \`${service.namespace}/${service.name}\` can use \`${group}\` without being asked who they are: the extension server serves everybody.`,
        at: { probe: `GET https://${address}${anonymous.path}` },
        evidence: [
          `neither certificate nor headers: ${anonymous.status} for an object that does not exist, where \`system:anonymous\` is to get 401 or 403`,
        ],
        fix: {
          text: 'Until the extension server authenticates whoever asks it, let nothing but kube-apiserver reach its pods; what restricts that now:',
          commands: [`kubectl -n ${service.namespace} get networkpolicies`],
        },
      },
    ];
  },
});
