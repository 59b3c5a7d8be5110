import { defineCheck } from '../model.ts';
import { editManifest } from '../repairs.ts';
import { hidden, unread } from './_masked.ts';

const standard = (headers: readonly string[]) => headers.some((header) => header.toLowerCase() === 'x-remote-group');

export default defineCheck({
  id: 'group-headers-missing',
  title: "extension servers are told the header with the user's groups",
  severity: 'error',
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution', 'authConfigMap'],
  after: ['requestheader-value-empty', 'requestheader-ca-missing'],
  explain: {
    looksAt: 'whether `--requestheader-group-headers` holds X-Remote-Group',
    why: 'Without it users reach extension servers without their groups, and everybody whose rights come from a group loses them, administrators included.',
    kubernetes:
      'Available stays True and discovery works. Users get 403 `User "…" cannot list …`. Headers of an earlier start stay in the ConfigMap, so that nothing shows until it is written anew.',
    repair: 'Set `--requestheader-group-headers=X-Remote-Group` on every control-plane node.',
    mirrors:
      'k8s.io/client-go, transport/round_trippers.go (SetAuthProxyHeaders), v0.37.2; k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader.go, v0.37.2',
  },
  run({ flags, authConfigMap, distribution }) {
    const flag = flags.byName['requestheader-group-headers'];
    if (standard(flag?.list ?? [])) return [];
    const published = authConfigMap?.groupHeaders;
    const masked = standard(published ?? []);
    const because = `\`--requestheader-group-headers\` ${flag?.list.length ? `is \`${flag.value}\`, without X-Remote-Group` : 'is not set'}`;
    return [
      {
        message: masked
          ? `Users keep their groups in aggregated APIs only as long as ConfigMap \`extension-apiserver-authentication\` names X-Remote-Group by itself: ${because}.`
          : `Users lose their groups in every aggregated API, administrators too: ${because}.`,
        at: flag?.at ?? flags.at,
        evidence: [
          `Available stays True and discovery works; users whose rights come from a group ${masked ? 'would ' : ''}get 403`,
          ...(published ? [`the ConfigMap names ${JSON.stringify(published)}`] : unread(authConfigMap)),
        ],
        fix: editManifest(flags.at, 'Set --requestheader-group-headers=X-Remote-Group', distribution),
        ...hidden(masked),
      },
    ];
  },
});
