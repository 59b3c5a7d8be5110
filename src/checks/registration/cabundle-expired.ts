import { fromNow, moment } from '../../format.ts';
import { defineCheck } from '../../model.ts';

export default defineCheck({
  id: 'cabundle-expired',
  title: 'the CA in the caBundle is valid',
  severity: 'error',
  scope: 'apiservice',
  hop: 'registration',
  needs: ['now', 'apiService', 'failure'],
  causes: { signatures: ['serving-expired'] },
  explain: {
    looksAt: 'the end of each CA in `spec.caBundle`, and the time that kube-apiserver says a certificate ended at',
    why: 'An expired CA vouches for nothing, however long the serving certificate that it signed still holds.',
    kubernetes:
      'The text is the same as for an expired serving certificate: `certificate has expired or is not yet valid: current time … is after …`. A connection that is open goes on until it is renewed. An expired CA beside a valid one does no harm.',
    repair: 'Put a valid CA into `spec.caBundle` and serve a certificate that it signed.',
    mirrors: 'crypto/x509, verify.go (isValid), go1.26; k8s.io/kube-aggregator, remote_available_controller.go, v0.37.2',
  },
  run({ now, apiService: { name, group, version, caBundle, available }, failure }) {
    const cas = caBundle?.certificates ?? [];
    const expired = cas.filter((ca) => ca.notAfter < now);
    const refusal = failure && !failure.inTransition && failure.signature === 'serving-expired' ? failure : null;
    // Go writes the time as in RFC 3339.
    const guilty = refusal ? expired.find((ca) => refusal.text.includes(moment(ca.notAfter).replace(' ', 'T'))) : undefined;
    // Up to then the connection that is open goes on.
    const ca = guilty ?? (failure === null && expired.length === cas.length ? expired[0] : undefined);
    if (!ca) return [];
    const since = `the CA in \`spec.caBundle\` expired \`${moment(ca.notAfter)}\`, ${fromNow(ca.notAfter, now)}`;
    return [
      {
        message: refusal
          ? `\`${group}/${version}\` fails for every user: ${since}.`
          : `\`${group}/${version}\` works only until kube-apiserver connects anew: ${since}.`,
        at: { object: `APIService ${name}`, field: 'spec.caBundle' },
        evidence: [
          `caBundle: ${ca.subject} (SHA-256 ${ca.fingerprint.slice(0, 17)}…)`,
          ...(refusal
            ? [`\`${refusal.text}\``, ...(available?.status === 'True' ? ['Available True: its probe does not verify'] : [])]
            : []),
        ],
        fix: {
          text: 'Issue a new CA and a serving certificate of it, restart the extension server with them, and put the new CA into the caBundle; where cert-manager or the chart makes them, have it renew them instead:',
          commands: [`kubectl patch apiservice ${name} --type merge -p "{\\"spec\\":{\\"caBundle\\":\\"$(base64 -w0 CA.crt)\\"}}"`],
        },
        ...(!refusal && { severity: 'warning' as const }),
      },
    ];
  },
});
