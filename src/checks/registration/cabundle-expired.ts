import { defineCheck } from '../../check.ts';
import { fromNow, moment } from '../../format.ts';
import { setCaBundle } from './set-cabundle.ts';

export default defineCheck({
  id: 'cabundle-expired',
  title: 'the CA in the caBundle is valid',
  severity: 'error',
  modes: ['A23'],
  scope: 'apiservice',
  hop: 'registration',
  needs: ['now', 'apiService', 'failure'],
  causes: { signatures: ['serving-expired'] },
  explain: {
    looksAt: "the expiry of each CA in `spec.caBundle`, and the expiry time in kube-apiserver's error message",
    why: 'An expired CA verifies nothing, even if the serving certificate that it signed is still valid.',
    kubernetes:
      'The message is the same as for an expired serving certificate: `certificate has expired or is not yet valid: current time … is after …`. Open connections keep working until they are closed. An expired CA beside a valid one is harmless.',
    repair: 'Set a valid CA in `spec.caBundle` and serve a certificate that it signed.',
    mirrors: 'crypto/x509, verify.go (isValid), go1.26; k8s.io/kube-aggregator, remote_available_controller.go, v0.37.2',
  },
  run({ now, apiService: { name, group, version, caBundle, available }, failure }) {
    const cas = caBundle?.certificates ?? [];
    const expired = cas.filter((ca) => ca.notAfter < now);
    const refusal = failure && !failure.inTransition && failure.signature === 'serving-expired' ? failure : null;
    // Go's message names the expiry as in RFC 3339, without fractions of a second.
    const guilty = refusal ? expired.find((ca) => refusal.text.includes(`${ca.notAfter.toISOString().slice(0, 19)}Z`)) : undefined;
    // Until kube-apiserver reconnects, the open connection keeps working.
    const ca = guilty ?? (failure === null && expired.length === cas.length ? expired[0] : undefined);
    if (!ca) return [];
    const since = `the CA in \`spec.caBundle\` expired \`${moment(ca.notAfter)}\`, ${fromNow(ca.notAfter, now)}`;
    return [
      {
        message: refusal
          ? `\`${group}/${version}\` fails for every user: ${since}.`
          : `\`${group}/${version}\` works only until kube-apiserver reconnects: ${since}.`,
        at: { object: `APIService ${name}`, field: 'spec.caBundle' },
        evidence: [
          `caBundle: ${ca.subject} (SHA-256 ${ca.fingerprint.slice(0, 17)}…)`,
          ...(refusal
            ? [
                `\`${refusal.text}\``,
                ...(available?.status === 'True' ? ['Available is True because its probe does not verify the certificate'] : []),
              ]
            : []),
        ],
        fix: {
          text: 'Issue a new CA and a serving certificate by it.',
          edits: {
            of: 'certificate',
            to: 'renew',
            text: 'If cert-manager or the Helm chart creates these certificates, let it renew them. Otherwise issue a new CA and serving certificate, restart the extension API server with them, and set the new CA (`CA.crt` in the command) in the caBundle:',
            commands: [setCaBundle(name)],
          },
        },
        ...(!refusal && { severity: 'warning' as const }),
      },
    ];
  },
});
