import { defineCheck } from '../../check.ts';
import { duration } from '../../format.ts';
import { sh } from '../../sh.ts';

/** Milliseconds: the server's Date has no fractions, and an answer takes its time. */
const tolerance = 60_000;

export default defineCheck({
  id: 'client-clock-wrong',
  title: "this machine's clock agrees with kube-apiserver's",
  severity: 'info',
  modes: [],
  scope: 'cluster',
  needs: ['version', 'clockSkew'],
  explain: {
    looksAt: "the Date of kube-apiserver's answer, compared with the clock of the machine that runs aggctl",
    why: 'Certificates and tokens look expired, or not valid yet, to a machine with a wrong clock. aggctl therefore judges all dates by the clock of kube-apiserver.',
    kubernetes: 'kube-apiserver and extension API servers judge certificates by the clocks of their own nodes.',
    repair: 'Correct the clock that is wrong, and synchronize both with NTP.',
    mirrors: 'crypto/x509, verify.go, go1.26',
  },
  run({ version, clockSkew }) {
    if (Math.abs(clockSkew) <= tolerance) return [];
    const where = clockSkew > 0 ? 'behind' : 'ahead of';
    return [
      {
        message: `This machine's clock is ${duration(clockSkew)} ${where} kube-apiserver's, so aggctl uses kube-apiserver's clock for dates.`,
        at: { probe: 'GET /version' },
        evidence: [`kube-apiserver ${version.text} answered with that date`],
        fix: {
          text: 'Find out which of the two clocks is wrong, and synchronize it with NTP:',
          commands: [sh`date -u; kubectl get --raw /version -v=8 2>&1 | grep -i ' date:'`],
        },
      },
    ];
  },
});
