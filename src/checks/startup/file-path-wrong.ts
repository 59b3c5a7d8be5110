import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';
import { aggregationFlags } from '../../model.ts';

export default defineCheck({
  id: 'file-path-wrong',
  title: 'no path in a kube-apiserver flag contains quotes or spaces around it',
  severity: 'error',
  modes: ['F30'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution'],
  causes: { signatures: ['exits-by-absent-file'] },
  explain: {
    looksAt: "quotes and spaces around the paths in the aggregation layer's flags",
    why: 'No shell parses the command line of a static pod: quotes inside an argument are part of the path, and so is a space at its end.',
    kubernetes: 'kube-apiserver exits: `open "/etc/…": no such file or directory`, including the quotes.',
    repair: 'Write the path without quotes after the `=`, or quote the whole argument.',
    mirrors: 'github.com/spf13/pflag v1.0.9, string.go',
  },
  run({ flags, distribution }) {
    return aggregationFlags.flatMap(({ name, file }) => {
      const flag = file && flags.byName[name];
      const path = flag?.value.replace(/^["'\s]+|["'\s]+$/g, '');
      if (!flag || !path || path === flag.value) return [];
      const what = /["']/.test(flag.value) ? 'the quotes are' : 'a space is';
      return [
        {
          message: `kube-apiserver cannot start: ${what} part of the path in \`--${name}=${flag.value}\`.`,
          at: flag.at,
          evidence: [
            `kube-apiserver exits with \`open ${flag.value}: no such file or directory\`; a running one exits at its next restart`,
          ],
          fix: editFlag(flag.at, `Write --${name}=${path}`, distribution),
        },
      ];
    });
  },
});
