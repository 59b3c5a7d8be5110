import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';
import { correction } from './line-advice.ts';

export default defineCheck({
  id: 'flag-syntax-wrong',
  title: 'kube-apiserver can parse every argument of its command line',
  severity: 'error',
  modes: ['F30'],
  scope: 'apiserver',
  needs: ['commandLine'],
  wants: ['distribution'],
  causes: { signatures: ['exits-by-unknown-flag', 'exits-by-flag-syntax'] },
  explain: {
    looksAt: "each argument of kube-apiserver's command line, parsed as its flag library parses it",
    why: 'Each list item is one argument. A flag and its value in one item need a `=`, a boolean flag accepts its value only after `=`, and a flag begins with two plain dashes.',
    kubernetes: 'kube-apiserver exits at once with one line, such as `Error: unknown flag: --client-ca-file /etc/…`.',
    repair: 'Write the flag as one argument, `--name=value`.',
    mirrors: 'github.com/spf13/pflag v1.0.9, flag.go; k8s.io/component-base, cli, v0.37.2',
  },
  run({ commandLine: { fault }, distribution }) {
    if (fault?.is !== 'syntax') return [];
    return [
      {
        message: `kube-apiserver cannot start: it cannot parse \`${fault.word}\` on its command line.`,
        at: fault.at,
        evidence: [`kube-apiserver exits with \`Error: ${fault.text}\`; a running one exits at its next restart`],
        fix: editFlag(fault.at, correction(fault.advice), distribution),
      },
    ];
  },
});
