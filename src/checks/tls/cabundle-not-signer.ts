import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { injectorOf } from '../registration/apiservice-owner.ts';
import { servingProblem } from './serving-check.ts';
import { strangers } from './strangers.ts';

export default defineCheck({
  id: 'cabundle-not-signer',
  title: "the caBundle holds the CA of the extension server's serving certificate",
  severity: 'error',
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'failure', 'servingFaults'],
  wants: ['serving', 'backendPods', 'upgrade'],
  // It is kube-apiserver's own certificate then.
  explainedBy: ['service-is-kube-apiserver'],
  explain: {
    looksAt: 'what kube-apiserver says of the serving certificate, the CAs in `spec.caBundle`, and what a handshake shows',
    why: 'kube-apiserver trusts only the CAs in caBundle for this extension server, and with an empty one those of its own image, never the CA of the cluster.',
    kubernetes:
      'From 1.36 on the APIService becomes `False`, `x509: certificate signed by unknown authority`. Up to 1.35 Available stays True, and users get 503 with that text.',
    repair: 'Put the CA that signed the serving certificate into `spec.caBundle`, and the intermediates into what the server sends.',
    mirrors:
      'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2; crypto/x509, verify.go, go1.26',
  },
  run(facts) {
    const { apiService, serving } = facts;
    // Then the injection is what has to be repaired.
    if (!apiService.caBundle && injectorOf(apiService)) return null;
    const { namespace, name, port } = apiService.service;
    const bundle = apiService.caBundle;
    const problems = servingProblem('cabundle-not-signer', 'not-signer', facts, () => ({
      because: "kube-apiserver does not trust the extension server's serving certificate, as no CA in `spec.caBundle` signed it",
      evidence: [
        bundle
          ? `caBundle: ${
              list(
                bundle.certificates.map((ca) => `${ca.subject} (SHA-256 ${ca.fingerprint.slice(0, 17)}…)`),
                { most: 3 },
              ) ||
              (bundle.fault ?? 'no certificate')
            }`
          : "caBundle is empty: kube-apiserver then trusts the CAs of its own image, never the cluster's",
        ...(serving && bundle ? strangers(serving.chain, bundle.certificates) : []),
      ],
      fix: {
        text: 'See who signed what the server shows, and put that CA into the caBundle; where cert-manager or the chart injects it, repair the injection instead:',
        commands: [
          `kubectl -n ${namespace} port-forward service/${name} 8443:${port} & sleep 2; openssl s_client -connect 127.0.0.1:8443 -servername ${name}.${namespace}.svc -showcerts </dev/null; kill %1`,
          `kubectl patch apiservice ${apiService.name} --type merge -p "{\\"spec\\":{\\"caBundle\\":\\"$(base64 -w0 CA.crt)\\"}}"`,
        ],
      },
    }));
    const at = { object: `APIService ${apiService.name}`, field: 'spec.caBundle' };
    return problems?.map((problem) => ({ ...problem, at })) ?? null;
  },
});
