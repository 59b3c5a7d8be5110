import { defineCheck } from '../../check.ts';
import { orAsk } from '../../distributions/provider.ts';
import { list, plural } from '../../format.ts';
import { sh } from '../../sh.ts';
import { unseenNodes } from '../front-proxy/unseen-nodes.ts';
import { refused } from './refused-requests.ts';

export default defineCheck({
  id: 'user-groups-missing',
  title: "extension API servers see each user's groups",
  severity: 'error',
  modes: ['H04'],
  scope: 'cluster',
  needs: ['identity', 'userRequest'],
  wants: ['authConfigMap', 'provider', 'flags'],
  explain: {
    looksAt: "a GET of one nonexistent object as aggctl's user, compared with that user's rights in kube-apiserver",
    why: 'An extension API server that sees the user but not the groups rejects every user whose rights come from a group, administrators included.',
    kubernetes:
      'Available stays True and discovery works. A correct extension API server returns 404; without the groups it returns 403 and names the right user.',
    repair:
      'Set `--requestheader-group-headers=X-Remote-Group` on every control-plane node, and restart the extension API servers when the ConfigMap contains it.',
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader.go, v0.37.2',
  },
  run({ identity, userRequest, authConfigMap, provider, flags }) {
    const lost = refused(userRequest).filter(({ seenAs }) => seenAs === identity.user);
    const [first] = lost;
    if (!first) return [];
    const unseen = unseenNodes(flags, 'each node');
    const published = authConfigMap?.groupHeaders;
    const named = published?.some((header) => header.toLowerCase() === 'x-remote-group');
    return [
      {
        message: `${plural(lost.length, 'aggregated API')} ${lost.length === 1 ? 'does' : 'do'} not see users' groups: \`${identity.user}\` is allowed what the extension API server of ${list(
          lost.map(({ apiService }) => `\`${apiService}\``),
          { most: 3 },
        )} rejects.`,
        at: { probe: `GET ${first.request.path}` },
        evidence: [
          `403 \`${first.request.text}\``,
          `kube-apiserver allows the request and sees these groups: ${list(identity.groups, { most: 3 })}`,
          ...(published === undefined
            ? []
            : [`the ConfigMap names ${published?.length ? JSON.stringify(published) : 'no header'} for groups`]),
        ],
        fix:
          published !== undefined && !named
            ? orAsk(
                provider,
                {
                  text: `Set \`--requestheader-group-headers=X-Remote-Group\` on every control-plane node, one after the other. The ConfigMap is then updated, and extension API servers reload it. Check ${unseen ?? 'the ConfigMap'}:`,
                  commands: [
                    unseen === null
                      ? sh`kubectl -n kube-system get configmap extension-apiserver-authentication -o yaml`
                      : sh`sudo aggctl doctor`,
                  ],
                },
                { to: 'set `--requestheader-group-headers=X-Remote-Group` on kube-apiserver' },
              )
            : {
                text: "Check the extension API server's flags and log: it started while the ConfigMap named no group header, sets its own `--requestheader-group-headers`, or rejects the request with its own authorizer:",
                commands: [
                  sh`kubectl -n kube-system get configmap extension-apiserver-authentication -o yaml`,
                  sh`kubectl get apiservice ${first.apiService} -o jsonpath='{.spec.service}'`,
                ],
              },
      },
    ];
  },
});
