import { defineCheck } from '../../model.ts';
import { editManifest } from '../../repairs.ts';

export default defineCheck({
  id: 'allowed-names-empty',
  title: '`--requestheader-allowed-names` lists who can send user headers',
  severity: 'info',
  modes: ['F12'],
  scope: 'apiserver',
  needs: ['flags', 'clientCa', 'requestheaderCa'],
  wants: ['distribution', 'proxyClientCert'],
  explain: {
    looksAt: '`--requestheader-allowed-names`, when the requestheader CA is not also a client CA',
    why: 'With an empty list, extension API servers and kube-apiserver accept user headers from every client certificate that the requestheader CA issued. That is safe only while this CA issues front-proxy client certificates and nothing else.',
    kubernetes: 'Everything works: Kubernetes documents an empty list as "any Common Name is allowed".',
    repair: 'List the common name of the front-proxy client certificate on every control-plane node.',
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/x509/x509.go (verifySubject), v0.37.2',
  },
  run({ flags, clientCa, requestheaderCa, distribution, proxyClientCert }) {
    const [ca] = requestheaderCa?.certificates ?? [];
    if (!requestheaderCa || !ca) return null;
    const flag = flags.byName['requestheader-allowed-names'];
    const isShared = requestheaderCa.certificates.some((one) =>
      clientCa?.certificates.some((other) => other.fingerprint === one.fingerprint),
    );
    // A shared CA is a hole, and has a check of its own.
    if (isShared || flag?.list.length) return [];
    const at = flag?.at ?? flags.at;
    const cn = proxyClientCert?.certificates[0]?.commonName || 'front-proxy-client';
    return [
      {
        message: `Every client certificate that \`${ca.subject}\` issued can set user headers: \`--requestheader-allowed-names\` is empty.`,
        at,
        evidence: [`the requestheader CA in ${requestheaderCa.path} is not in --client-ca-file`],
        fix: editManifest(at, `Set --requestheader-allowed-names=${cn}`, distribution),
      },
    ];
  },
});
