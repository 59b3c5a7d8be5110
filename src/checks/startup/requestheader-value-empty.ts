import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';

const lists = ['allowed-names', 'username-headers', 'uid-headers', 'group-headers', 'extra-headers-prefix'] as const;

export default defineCheck({
  id: 'requestheader-value-empty',
  title: 'the lists in the requestheader flags contain no empty values',
  severity: 'error',
  modes: ['F14'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution'],
  causes: { signatures: ['exits-by-empty-value'] },
  explain: {
    looksAt:
      'empty values and values of only spaces in `--requestheader-allowed-names` and the header flags: `=""`, `=a,` and `=,` contain one',
    why: 'The value is parsed as CSV: two quotes are one empty value, and a comma at the end adds one. Nothing after the `=` is an empty list, which is allowed.',
    kubernetes: 'kube-apiserver exits: `empty value in "requestheader-allowed-names"`.',
    repair: 'Remove the quotes or the comma; an empty list is `--requestheader-allowed-names=`.',
    mirrors: 'k8s.io/apiserver, pkg/server/options/authentication.go (checkForWhiteSpaceOnly), v0.37.2',
  },
  run({ flags, distribution }) {
    return lists.flatMap((list) => {
      const flag = flags.byName[`requestheader-${list}`];
      if (!flag?.list.some((value) => value.trim() === '')) return [];
      const kept = flag.list.filter((value) => value.trim() !== '').join(',');
      return [
        {
          message: `kube-apiserver cannot start: the list in \`--${flag.name}\` contains an empty value.`,
          at: flag.at,
          evidence: [
            `its values: ${JSON.stringify(flag.list)}`,
            `kube-apiserver exits with \`empty value in "${flag.name}"\`; a running one exits at its next restart`,
          ],
          fix: editFlag(flag.at, `Write --${flag.name}=${kept}`, distribution),
        },
      ];
    });
  },
});
