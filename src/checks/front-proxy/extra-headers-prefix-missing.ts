import { defineCheck } from '../../check.ts';
import { editManifest } from '../../distributions/fixes.ts';

const name = 'requestheader-extra-headers-prefix';
const standard = 'x-remote-extra-';

export default defineCheck({
  id: 'extra-headers-prefix-missing',
  title: "extension servers are told the prefix of the headers with the user's extra",
  severity: 'info',
  modes: ['F19'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution'],
  after: ['requestheader-ca-missing', 'requestheader-value-empty'],
  explain: {
    looksAt: 'whether `--requestheader-extra-headers-prefix` holds X-Remote-Extra-, with the dash at its end',
    why: 'kube-apiserver sends each extra in X-Remote-Extra-KEY. Most extension servers do not use them; those that authorize by scopes or credential ids do.',
    kubernetes:
      'Available stays True. Absent: no warning, and extension servers see no extra. Without the dash: each key begins with one. Any other list: `… API aggregation will not work` is logged at the start.',
    repair: 'Set `--requestheader-extra-headers-prefix=X-Remote-Extra-`.',
    mirrors: 'k8s.io/client-go, transport/round_trippers.go (SetAuthProxyHeaders), v0.37.2',
  },
  run({ flags, distribution }) {
    const flag = flags.byName[name];
    if (flag?.list.some((prefix) => prefix.toLowerCase() === standard)) return [];
    const dashless = flag?.list.some((prefix) => prefix.toLowerCase() === standard.slice(0, -1));
    const set = flag && flag.list.length > 0;
    return [
      {
        message: dashless
          ? `Extension servers see wrong keys in the extra of every user, each with a dash in front: the dash at the end of \`--${name}\` is missing.`
          : `Extension servers do not see the extra of any user: \`--${name}\` ${set ? `is \`${flag.value}\`, without X-Remote-Extra-` : 'is not set'}.`,
        at: flag?.at ?? flags.at,
        evidence: ['Available stays True, and users keep their names and groups'],
        fix: editManifest(flags.at, `Set --${name}=X-Remote-Extra-`, distribution),
        ...(set && { severity: 'warning' as const }),
      },
    ];
  },
});
