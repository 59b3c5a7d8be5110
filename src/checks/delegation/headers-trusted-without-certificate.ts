import { defineCheck } from '../../check.ts';

export default defineCheck({
  id: 'headers-trusted-without-certificate',
  title: 'the extension server believes headers that name a user only with the front-proxy certificate',
  severity: 'error',
  scope: 'apiservice',
  hop: 'front proxy',
  needs: ['apiService', 'frontProxyProbe'],
  explain: {
    looksAt:
      'with `--as-front-proxy`: a GET of /aggctl-probe directly at the extension server, with `X-Remote-User: aggctl-probe` and no certificate',
    why: 'Whoever reaches its Service, from any pod, can be any user there, an administrator too: two headers are enough.',
    kubernetes:
      'kube-apiserver names the user in headers, and proves by its front-proxy certificate that it may. Of a sound extension server a request without the certificate is that of `system:anonymous`, whatever its headers say, or is answered 401; the text of a 403 names the user that was believed.',
    repair:
      'Have the extension server verify the client certificate against `requestheader-client-ca-file` of ConfigMap extension-apiserver-authentication before it reads a header, as k8s.io/apiserver does. Where a proxy in front of it terminates TLS, that proxy must verify the certificate and take the headers away from all others.',
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader.go, v0.37.2',
  },
  run({ apiService: { group, service }, frontProxyProbe }) {
    if (frontProxyProbe?.without.seenAs !== 'aggctl-probe') return [];
    const { address, without } = frontProxyProbe;
    return [
      {
        message: `Whoever reaches \`${service.namespace}/${service.name}\` can be any user of \`${group}\`: the extension server believes \`X-Remote-User\` without a client certificate.`,
        at: { probe: `GET https://${address}/aggctl-probe` },
        evidence: [`\`X-Remote-User: aggctl-probe\` and no certificate: ${without.status} \`${without.text}\``],
        fix: {
          text: 'Have the extension server (or the proxy that ends TLS in front of it) verify the certificate of the front proxy before it reads such headers; until then let nothing but kube-apiserver reach its pods. What restricts that now:',
          commands: [`kubectl -n ${service.namespace} get networkpolicies`],
        },
      },
    ];
  },
});
