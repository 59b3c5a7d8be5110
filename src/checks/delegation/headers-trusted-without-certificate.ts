import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'headers-trusted-without-certificate',
  title: 'the extension API server accepts user headers only with the front-proxy certificate',
  severity: 'error',
  modes: ['H05'],
  scope: 'apiservice',
  hop: 'front proxy',
  endsRequests: false,
  needs: ['apiService', 'frontProxyProbe'],
  explain: {
    looksAt:
      'with `--as-front-proxy`: a GET of /aggctl-probe sent directly to the extension API server, with `X-Remote-User: aggctl-probe` and without a certificate',
    why: 'Anyone who can reach its Service, from any pod, can act as any user, even as an administrator: two headers are enough.',
    kubernetes:
      'kube-apiserver sends the user in headers and authenticates with its front-proxy certificate. A correct extension API server treats a request without the certificate as `system:anonymous`, whatever its headers say, or answers 401. The message of a 403 names the user it accepted.',
    repair:
      'Let the extension API server verify the client certificate against `requestheader-client-ca-file` of ConfigMap extension-apiserver-authentication before it reads a header, as k8s.io/apiserver does. If a proxy in front of it terminates TLS, that proxy must verify the certificate and remove the headers from all other requests.',
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader.go, v0.37.2',
  },
  run({ apiService: { group, service }, frontProxyProbe }) {
    if (frontProxyProbe?.without.seenAs !== 'aggctl-probe') return [];
    const { address, without } = frontProxyProbe;
    return [
      {
        message: `Anyone who can reach \`${service.namespace}/${service.name}\` can act as any user of \`${group}\`: the extension API server accepts \`X-Remote-User\` without a client certificate.`,
        at: { probe: `GET https://${address}/aggctl-probe` },
        evidence: [`\`X-Remote-User: aggctl-probe\` without a certificate: ${without.status} \`${without.text}\``],
        fix: {
          text: 'Let the extension API server (or the proxy that terminates TLS for it) verify the front-proxy certificate before it reads such headers. Until then, let only kube-apiserver reach its pods. To see the current restrictions:',
          commands: [sh`kubectl -n ${service.namespace} get networkpolicies`],
        },
      },
    ];
  },
});
