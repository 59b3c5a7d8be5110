import { defineCheck } from '../../check.ts';
import { setMissing } from './set-missing.ts';

const name = 'requestheader-extra-headers-prefix';
const standard = 'x-remote-extra-';

export default defineCheck({
  id: 'extra-headers-prefix-missing',
  title: "extension API servers know the prefix of the headers with the user's extra fields",
  severity: 'info',
  modes: ['F19'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution'],
  after: ['requestheader-ca-missing', 'requestheader-value-empty'],
  explain: {
    looksAt: 'whether `--requestheader-extra-headers-prefix` contains X-Remote-Extra-, including the dash at its end',
    why: 'kube-apiserver sends each extra field in X-Remote-Extra-KEY. Only extension API servers that authorize by scopes or credential IDs use them.',
    kubernetes:
      'Available stays True. If the flag is not set, there is no warning and extension API servers see no extra fields. Without the dash, each key begins with a dash. With any other list, kube-apiserver logs `… API aggregation will not work` at its start.',
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
          ? `Extension API servers see a dash in front of every key in users' extra fields: the dash at the end of \`--${name}\` is missing.`
          : `Extension API servers do not see users' extra fields: \`--${name}\` ${set ? `is \`${flag.value}\`, without X-Remote-Extra-` : 'is not set'}.`,
        at: flag?.at ?? flags.at,
        evidence: ['Available stays True, and users keep their names and groups'],
        fix: setMissing(flags, undefined, distribution, { [name]: 'X-Remote-Extra-' }),
        ...(set && { severity: 'warning' as const }),
      },
    ];
  },
});
