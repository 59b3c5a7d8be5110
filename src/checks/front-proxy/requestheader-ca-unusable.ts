import { defineCheck } from '../../check.ts';
import { copyCaFromNode } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'requestheader-ca-unusable',
  title: 'the requestheader CA file contains certificates',
  severity: 'error',
  modes: ['F10'],
  scope: 'apiserver',
  needs: ['requestheaderCa'],
  wants: ['distribution'],
  causes: { signatures: ['exits-by-requestheader-ca', 'exits-by-folder'], symptoms: ['configmap-ca-not-signer'] },
  explain: {
    looksAt: 'the content of the file in `--requestheader-client-ca-file`',
    why: 'kube-apiserver exits if it cannot parse the CA file at its start; a running one uses the old CA until its next restart.',
    kubernetes:
      'kube-apiserver exits: `error loading CA bundle for "request-header::PATH": data does not contain any valid RSA or ECDSA certificates`.',
    repair: 'Restore the CA certificate as PEM from another control-plane node or a backup.',
    mirrors:
      'k8s.io/apiserver, pkg/server/dynamiccertificates/dynamic_cafile_content.go, v0.37.2; k8s.io/client-go, util/cert/pem.go, v0.37.2',
  },
  run({ requestheaderCa, distribution }) {
    if (!requestheaderCa) return null;
    if (requestheaderCa.is !== 'unusable') return [];
    const path = requestheaderCa.hostPath ?? requestheaderCa.path;
    const copy = copyCaFromNode(distribution, path);
    return [
      {
        message: `kube-apiserver cannot start: the requestheader CA file \`${path}\` contains no certificate that it can parse.`,
        at: requestheaderCa.at,
        evidence: [`kube-apiserver exits with \`${requestheaderCa.fault}\``, `named in --${requestheaderCa.flag.name}`],
        fix: {
          text: `Restore the old CA, because a new one would invalidate the front-proxy client certificate. Copy it from another control-plane node${copy ? ' (replace OTHER-NODE with its address) or a backup:' : ' or a backup.'}`,
          ...(copy && { commands: [copy] }),
        },
      },
    ];
  },
});
