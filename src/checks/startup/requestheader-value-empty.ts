import { defineCheck } from '../../check.ts';
import { editManifest } from '../../distributions/fixes.ts';

const lists = ['allowed-names', 'username-headers', 'uid-headers', 'group-headers', 'extra-headers-prefix'] as const;

export default defineCheck({
  id: 'requestheader-value-empty',
  title: 'no value in the lists of the requestheader flags is empty',
  severity: 'error',
  modes: ['F14'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution'],
  causes: { signatures: ['exits-by-empty-value'] },
  explain: {
    looksAt: 'empty or blank values in `--requestheader-allowed-names` and the flags of the headers: `=""`, `=a,` and `=,` hold one',
    why: 'The value is a line of CSV: two quotes are one empty value, and so is what follows a comma at the end. Nothing at all behind the `=` is an empty list, and is allowed.',
    kubernetes: 'kube-apiserver exits: `empty value in "requestheader-allowed-names"`.',
    repair: 'Take the quotes or the comma away; an empty list is `--requestheader-allowed-names=`.',
    mirrors: 'k8s.io/apiserver, pkg/server/options/authentication.go (checkForWhiteSpaceOnly), v0.37.2',
  },
  run({ flags, distribution }) {
    return lists.flatMap((list) => {
      const flag = flags.byName[`requestheader-${list}`];
      if (!flag?.list.some((value) => value.trim() === '')) return [];
      const kept = flag.list.filter((value) => value.trim() !== '').join(',');
      return [
        {
          message: `kube-apiserver cannot start: the list in \`--${flag.name}\` holds an empty value.`,
          at: flag.at,
          evidence: [
            `its values: ${JSON.stringify(flag.list)}`,
            `kube-apiserver exits with \`empty value in "${flag.name}"\`; one that still runs exits at its next restart`,
          ],
          fix: editManifest(flag.at, `Write --${flag.name}=${kept}`, distribution),
        },
      ];
    });
  },
});
