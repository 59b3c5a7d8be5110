import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';
import { correction } from './line-advice.ts';

export default defineCheck({
  id: 'flag-unknown',
  title: 'kube-apiserver knows every flag on its command line',
  severity: 'error',
  modes: ['F19', 'F20', 'F37'],
  scope: 'apiserver',
  needs: ['commandLine'],
  wants: ['distribution'],
  causes: { signatures: ['exits-by-unknown-flag'] },
  explain: {
    looksAt: "the flag names, compared with those that the image's version knows; flags of vendors' images are not compared",
    why: 'Versions add and remove flags, and kube-apiserver rejects a misspelled name.',
    kubernetes: 'kube-apiserver exits at once with `Error: unknown flag: --NAME`.',
    repair: 'Write the name that this version knows, or remove the flag.',
    mirrors: 'kube-apiserver 1.35.4, 1.36.3 and 1.37.2: `--help` and `/flagz`',
  },
  run({ commandLine: { fault, minor }, distribution }) {
    if (fault?.is !== 'unknown flag') return [];
    const known = fault.knownIn?.length
      ? `known in ${fault.knownIn.map((one) => `1.${one}`).join(', ')}`
      : 'not known in any version that aggctl knows';
    return [
      {
        message: `kube-apiserver cannot start: version 1.${minor} has no flag \`${fault.flag}\`.`,
        at: fault.at,
        evidence: [`kube-apiserver exits with \`Error: ${fault.text}\`; a running one exits at its next restart`, known],
        fix: editFlag(fault.at, correction(fault.advice), distribution),
      },
    ];
  },
});
