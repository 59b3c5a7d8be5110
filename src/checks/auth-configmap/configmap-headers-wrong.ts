import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import type { AuthenticationConfigMap } from '../../model.ts';
import { sh } from '../../sh.ts';

const object = 'ConfigMap kube-system/extension-apiserver-authentication';
/** kube-aggregator sends these whatever kube-apiserver's flags say (k8s.io/client-go, transport/round_trippers.go, v0.37.2). */
const user = 'x-remote-user';
const isForGroups = (header: string): boolean => /^x-remote-(?:group|uid|extra-)/i.test(header);
const isForUser = (header: string): boolean => header.toLowerCase() === user;

/** The header that is read in place of the user's name: of several the first that is sent. */
const readForUser = ({ usernameHeaders }: AuthenticationConfigMap): string | undefined =>
  usernameHeaders?.find((header) => isForUser(header) || isForGroups(header));

export default defineCheck({
  id: 'configmap-headers-wrong',
  title: "the ConfigMap's lists take the user's name and groups from their own headers",
  severity: 'error',
  modes: [],
  scope: 'cluster',
  needs: ['authConfigMap'],
  wants: ['flags'],
  after: ['username-headers-missing', 'group-headers-missing'],
  causes: { symptoms: ['user-identity-wrong', 'configmap-entries-stale'] },
  explain: {
    looksAt:
      'whether `requestheader-username-headers` of ConfigMap kube-system/extension-apiserver-authentication names a header of groups before X-Remote-User, or `requestheader-group-headers` names X-Remote-User',
    why: "Extension API servers take a group for the user's name, or the name for a group: rights of one are given to the other.",
    kubernetes:
      'kube-apiserver only adds headers to these lists. Once the flags named a wrong header, it stays in front of the right one, also after the flags are corrected.',
    repair: 'Correct the flags first; then write the list without that header.',
    mirrors:
      'k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader.go (headerValue, allHeaderValues), v0.37.2; kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go, v1.37.2',
  },
  run({ authConfigMap, flags }) {
    if (authConfigMap === null) return null;
    const { usernameHeaders, groupHeaders } = authConfigMap;
    const first = readForUser(authConfigMap);
    const asName = first !== undefined && !isForUser(first);
    const asGroup = groupHeaders?.some(isForUser) ?? false;
    if (!asName && !asGroup) return [];
    const wrong = [
      ...(asName ? [{ key: 'requestheader-username-headers', values: usernameHeaders, is: isForGroups, standard: 'X-Remote-User' }] : []),
      ...(asGroup ? [{ key: 'requestheader-group-headers', values: groupHeaders, is: isForUser, standard: 'X-Remote-Group' }] : []),
    ];
    const set = wrong.filter(({ key, is }) => flags?.some(({ observed }) => observed.ok && observed.value.byName[key]?.list.some(is)));
    const data = Object.fromEntries(
      wrong.map(({ key, values = [], is, standard }) => {
        const kept = (values ?? []).filter((header) => !is(header));
        return [key, JSON.stringify(kept.length > 0 ? kept : [standard])];
      }),
    );
    return [
      {
        message: asName
          ? `Extension API servers take the value of \`${first}\` for the user's name, because it stands before X-Remote-User in ConfigMap \`extension-apiserver-authentication\`.`
          : "Extension API servers make every user a member of a group of the user's own name, because X-Remote-User stands among the headers of groups in ConfigMap `extension-apiserver-authentication`.",
        at: { object, field: `data[${wrong[0]?.key}]` },
        evidence: wrong.map(({ key, values }) => `\`${key}\`: ${list((values ?? []).map((header) => `\`${header}\``))}`),
        fix: {
          text: `${set.length > 0 || !flags ? `Take the wrong header out of ${list(wrong.map(({ key }) => `\`--${key}\``))} on every control-plane node first, or kube-apiserver adds it again. Then write` : 'Write'} the list without it; restart extension API servers that read it only at their start:`,
          commands: [
            sh`kubectl -n kube-system patch configmap extension-apiserver-authentication --type=merge -p ${JSON.stringify({ data })}`,
          ],
        },
        ...(!asName && { severity: 'warning' }),
      },
    ];
  },
});
