import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { injectorOf } from '../../owners/issuer.ts';
import { sh } from '../../sh.ts';
import { setCaBundle } from '../registration/set-cabundle.ts';
import { servingProblem } from './serving-check.ts';
import { strangers } from './strangers.ts';

export default defineCheck({
  id: 'cabundle-not-signer',
  title: "the caBundle contains the CA of the extension API server's serving certificate",
  severity: 'error',
  modes: ['A04', 'A05', 'A22', 'A26', 'T07', 'T08', 'T09', 'T17', 'T18', 'T20', 'W10'],
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'failure', 'servingFaults'],
  wants: ['serving', 'backendPods', 'upgrade'],
  causes: { signatures: ['unknown-authority'] },
  explain: {
    looksAt:
      "kube-apiserver's message about the serving certificate, the CAs in `spec.caBundle`, and the certificates presented in a handshake",
    why: 'For this extension API server, kube-apiserver trusts only the CAs in caBundle. If caBundle is empty, it trusts the CAs of its own image, never the cluster CA.',
    kubernetes:
      'From 1.36 on the APIService becomes `False`, `x509: certificate signed by unknown authority`. Up to 1.35 Available stays True, and users get 503 with this message.',
    repair: 'Set `spec.caBundle` to the CA that signed the serving certificate, and let the server send the intermediates.',
    mirrors:
      'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2; crypto/x509, verify.go, go1.26',
  },
  run(facts) {
    const { apiService, serving } = facts;
    // Then the injection must be fixed.
    if (!apiService.caBundle && injectorOf(apiService)) return null;
    const { namespace, name, port } = apiService.service;
    const bundle = apiService.caBundle;
    const problems = servingProblem('not-signer', facts, () => ({
      because: "kube-apiserver does not trust the extension API server's serving certificate, because no CA in `spec.caBundle` signed it",
      evidence: [
        bundle
          ? `caBundle: ${
              list(
                bundle.certificates.map((ca) => `${ca.subject} (SHA-256 ${ca.fingerprint.slice(0, 17)}…)`),
                { most: 3 },
              ) ||
              (bundle.fault ?? 'no certificate')
            }`
          : 'caBundle is empty: kube-apiserver then trusts the CAs of its own image, never the cluster CA',
        ...(serving && bundle ? strangers(serving.chain, bundle.certificates) : []),
      ],
      fix: {
        text: 'The caBundle must contain the CA that signed the certificate that the server presents.',
        commands: [
          sh`kubectl -n ${namespace} port-forward service/${name} 8443:${port} & sleep 2; openssl s_client -connect 127.0.0.1:8443 -servername ${name}.${namespace}.svc -showcerts </dev/null; kill %1`,
        ],
        edits: {
          of: 'certificate',
          to: 'renew',
          text: 'If cert-manager or the Helm chart injects the caBundle, fix the injection. Otherwise find out which CA signed the certificate that the server presents, and set that CA (`CA.crt` in the command) in the caBundle:',
          commands: [setCaBundle(apiService.name)],
        },
      },
    }));
    const at = { object: `APIService ${apiService.name}`, field: 'spec.caBundle' };
    return problems?.map((problem) => ({ ...problem, at })) ?? null;
  },
});
