import { defineCheck } from '../../check.ts';
import { list, plural } from '../../format.ts';
import { refused } from './refused-requests.ts';

export default defineCheck({
  id: 'user-groups-missing',
  title: "extension servers see a user's groups",
  severity: 'error',
  scope: 'cluster',
  needs: ['identity', 'userRequest'],
  wants: ['authConfigMap'],
  explainedBy: [
    'group-headers-missing',
    'manifest-not-applied',
    'configmap-missing',
    'configmap-requestheader-missing',
    'configmap-value-unusable',
  ],
  explain: {
    looksAt: 'a GET of one object that does not exist, as the asking user, against what kube-apiserver says of the rights of that user',
    why: 'An extension server that knows the user and not the groups refuses everybody whose rights come from a group, administrators included.',
    kubernetes:
      'Available stays True and discovery works. A sound extension server answers 404; without the groups it answers 403 and names the right user.',
    repair:
      'Set `--requestheader-group-headers=X-Remote-Group` on every control-plane node, and restart the extension servers once the ConfigMap says so.',
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader.go, v0.37.2',
  },
  run({ identity, userRequest, authConfigMap }) {
    const lost = refused(userRequest).filter(({ seenAs }) => seenAs === identity.user);
    const [first] = lost;
    if (!first) return [];
    const published = authConfigMap?.groupHeaders;
    const named = published?.some((header) => header.toLowerCase() === 'x-remote-group');
    return [
      {
        message: `Users have no groups in ${plural(lost.length, 'aggregated API')}: \`${identity.user}\` may do what the extension server of ${list(
          lost.map(({ apiService }) => `\`${apiService}\``),
          { most: 3 },
        )} refuses.`,
        at: { probe: `GET ${first.request.path}` },
        evidence: [
          `403 \`${first.request.text}\``,
          `kube-apiserver says that the user may, and sees these groups: ${list(identity.groups, { most: 3 })}`,
          ...(published === undefined
            ? []
            : [`the ConfigMap names ${published?.length ? JSON.stringify(published) : 'no header'} for groups`]),
        ],
        fix:
          published !== undefined && !named
            ? {
                text: 'Set `--requestheader-group-headers=X-Remote-Group` on every control-plane node, one after the other; the ConfigMap follows, and extension servers read it by themselves. On each of them:',
                commands: ['sudo aggctl doctor'],
              }
            : {
                text: 'Candidates: the extension server started while the ConfigMap named no header for groups; it runs with `--requestheader-group-headers` of its own; or an authorizer of its own refuses. Its flags and log tell:',
                commands: [
                  'kubectl -n kube-system get configmap extension-apiserver-authentication -o yaml',
                  `kubectl get apiservice ${first.apiService} -o jsonpath='{.spec.service}'`,
                ],
              },
      },
    ];
  },
});
