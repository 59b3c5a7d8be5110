import { defineCheck } from '../../check.ts';
import { editManifest } from '../../distributions/fixes.ts';

const files = [
  'proxy-client-cert-file',
  'proxy-client-key-file',
  'requestheader-client-ca-file',
  'client-ca-file',
  'egress-selector-config-file',
];

export default defineCheck({
  id: 'file-path-wrong',
  title: "no quote or blank belongs to a path of kube-apiserver's flags",
  severity: 'error',
  modes: ['F30'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution'],
  causes: { signatures: ['exits-by-absent-file'] },
  explain: {
    looksAt: 'quotes and blanks around the paths of the files of the aggregation layer',
    why: 'No shell reads the command line of a static pod: quotes inside an item are part of the path, and so is a blank at its end.',
    kubernetes: 'kube-apiserver exits: `open "/etc/…": no such file or directory`, the quotes included.',
    repair: 'Write the bare path behind the `=`, or quote the whole item.',
    mirrors: 'github.com/spf13/pflag v1.0.9, string.go',
  },
  run({ flags, distribution }) {
    return files.flatMap((name) => {
      const flag = flags.byName[name];
      const path = flag?.value.replace(/^["'\s]+|["'\s]+$/g, '');
      if (!flag || !path || path === flag.value) return [];
      const what = /["']/.test(flag.value) ? 'the quotes are' : 'a blank is';
      return [
        {
          message: `kube-apiserver cannot start: ${what} part of the path in \`--${name}=${flag.value}\`.`,
          at: flag.at,
          evidence: [
            `kube-apiserver exits with \`open ${flag.value}: no such file or directory\`; one that still runs exits at its next restart`,
          ],
          fix: editManifest(flag.at, `Write --${name}=${path}`, distribution),
        },
      ];
    });
  },
});
