import { defineCheck } from '../../check.ts';
import { copyFromNode } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'requestheader-ca-unusable',
  title: 'the requestheader CA file holds certificates',
  severity: 'error',
  modes: ['F10'],
  scope: 'apiserver',
  needs: ['requestheaderCa'],
  wants: ['distribution'],
  causes: { signatures: ['exits-by-requestheader-ca', 'exits-by-folder'], symptoms: ['configmap-ca-not-signer'] },
  explain: {
    looksAt: 'the content of the file that `--requestheader-client-ca-file` names',
    why: 'kube-apiserver exits when it starts with a CA file that it cannot read; one that runs goes on with the old CA, up to its next restart.',
    kubernetes:
      'kube-apiserver exits: `error loading CA bundle for "request-header::PATH": data does not contain any valid RSA or ECDSA certificates`.',
    repair: 'Put the CA certificate back as PEM, from another control-plane node or a backup.',
    mirrors:
      'k8s.io/apiserver, pkg/server/dynamiccertificates/dynamic_cafile_content.go, v0.37.2; k8s.io/client-go, util/cert/pem.go, v0.37.2',
  },
  run({ requestheaderCa, distribution }) {
    if (!requestheaderCa) return null;
    if (requestheaderCa.is !== 'unusable') return [];
    const path = requestheaderCa.hostPath ?? requestheaderCa.path;
    const copy = copyFromNode(distribution, path);
    return [
      {
        message: `kube-apiserver cannot start: the requestheader CA file \`${path}\` holds no certificate that it can read.`,
        at: requestheaderCa.at,
        evidence: [`kube-apiserver exits with \`${requestheaderCa.fault}\``, `named in --${requestheaderCa.flag.name}`],
        fix: {
          text: `A new CA would make the front-proxy client certificate worthless: put the old one back from another control-plane node or a backup${copy ? ':' : '.'}`,
          ...(copy && { commands: [copy] }),
        },
      },
    ];
  },
});
