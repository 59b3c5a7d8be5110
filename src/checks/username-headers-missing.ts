import { defineCheck } from '../model.ts';
import { editManifest } from '../repairs.ts';
import { hidden, unread } from './_masked.ts';

const standard = (headers: readonly string[]) => headers.some((header) => header.toLowerCase() === 'x-remote-user');

export default defineCheck({
  id: 'username-headers-missing',
  title: "extension servers are told the header with the user's name",
  severity: 'error',
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution', 'authConfigMap'],
  after: ['requestheader-value-empty', 'requestheader-ca-missing'],
  explain: {
    looksAt: 'whether `--requestheader-username-headers` holds X-Remote-User',
    why: "kube-apiserver always sends the user's name in X-Remote-User, whatever the flag says; the flag tells extension servers where to look.",
    kubernetes:
      'Absent or empty: no warning. Extension servers find no user and answer 401. Headers of an earlier start stay in the ConfigMap, so that nothing shows until it is written anew.',
    repair: 'Set `--requestheader-username-headers=X-Remote-User` on every control-plane node.',
    mirrors:
      'k8s.io/client-go, transport/round_trippers.go (SetAuthProxyHeaders), v0.37.2; k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader.go, v0.37.2',
  },
  run({ flags, authConfigMap, distribution }) {
    const flag = flags.byName['requestheader-username-headers'];
    if (standard(flag?.list ?? [])) return [];
    const published = authConfigMap?.usernameHeaders;
    const masked = standard(published ?? []);
    const because = `\`--requestheader-username-headers\` ${flag?.list.length ? `is \`${flag.value}\`, without X-Remote-User` : 'is not set'}`;
    return [
      {
        message: masked
          ? `Aggregated APIs work only as long as ConfigMap \`extension-apiserver-authentication\` names X-Remote-User by itself: ${because}.`
          : `Aggregated APIs fail for every user: extension servers are not told the header with the user's name, as ${because}.`,
        at: flag?.at ?? flags.at,
        evidence: [
          "kube-apiserver sends the user's name in X-Remote-User",
          ...(published ? [`the ConfigMap names ${JSON.stringify(published)}`] : unread(authConfigMap)),
        ],
        fix: editManifest(flags.at, 'Set --requestheader-username-headers=X-Remote-User', distribution),
        ...hidden(masked),
      },
    ];
  },
});
