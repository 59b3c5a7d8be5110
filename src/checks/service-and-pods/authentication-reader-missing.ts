import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import type { Fix } from '../../model.ts';
import { logged } from '../front-proxy/log-evidence.ts';

export default defineCheck({
  id: 'authentication-reader-missing',
  title: 'the extension server may read ConfigMap extension-apiserver-authentication',
  severity: 'error',
  modes: ['R01', 'R02', 'R06', 'R09', 'R11'],
  scope: 'apiservice',
  hop: 'delegation',
  needs: ['apiService', 'failure', 'delegation', 'backendPods', 'ownLog'],
  causes: { signatures: ['anonymous', 'connection-refused', 'no-endpoints', 'timeout', 'configmap-forbidden'] },
  explain: {
    looksAt:
      "whether RBAC lets the ServiceAccount of the extension server's pods get ConfigMap kube-system/extension-apiserver-authentication, while they exit again and again; and whether a server that takes kube-apiserver for system:anonymous logs that it may not list and watch it",
    why: 'Without the ConfigMap an extension server does not know whose word to take for its users, and it exits at its start. One that may get it, and no more, starts and is ready; as it reads the ConfigMap by list and watch it asks nobody for a certificate, and takes everybody for system:anonymous.',
    kubernetes:
      'It logs `Unable to get configmap/extension-apiserver-authentication in kube-system.  Usually fixed by …` and exits; its pods crash and the APIService is `False (MissingEndpoints)`.',
    repair:
      'Bind Role extension-apiserver-authentication-reader to the ServiceAccount, in namespace kube-system: a RoleBinding in another namespace grants nothing there.',
    mirrors: 'k8s.io/apiserver, pkg/server/options/authentication.go (lookup of the ConfigMap), v0.37.2',
  },
  run({ apiService: { service }, failure, delegation, backendPods, ownLog }) {
    if (ownLog?.account)
      return [
        {
          message: `The extension server \`${service.namespace}/${service.name}\` takes everybody for \`system:anonymous\`: its ServiceAccount \`${ownLog.account}\` may not list and watch ConfigMap \`extension-apiserver-authentication\`.`,
          at: { object: `ServiceAccount ${ownLog.account}` },
          evidence: logged(ownLog),
          fix: bind(ownLog.account, 'it reads the ConfigMap within a minute then'),
        },
      ];
    // Authorizers beside RBAC may grant it: only pods that exit show that nobody does.
    const exits = backendPods?.find(
      ({ ready, containers }) => !ready && containers.some(({ state, last }) => state.exitCode || last?.exitCode),
    );
    if (!failure || !delegation?.configMapVerbsMissing.includes('get') || !exits) return [];
    const { account, misplaced, readers } = delegation;
    return [
      {
        message: `The extension server \`${service.namespace}/${service.name}\` exits at its start: its ServiceAccount \`${account}\` may not read ConfigMap \`extension-apiserver-authentication\`.`,
        at: { object: `ServiceAccount ${account}` },
        evidence: [
          ...(misplaced.length > 0
            ? [`${list(misplaced)} grants nothing: the ConfigMap is in kube-system, and so must be the binding`]
            : []),
          ...(readers.length > 0
            ? [
                `bound in kube-system: ${list(
                  readers.map(({ binding, accounts }) => `${binding} to ${list(accounts)}`),
                  { most: 3 },
                )}`,
              ]
            : ['no RoleBinding in kube-system grants it to a ServiceAccount']),
          `pod ${exits.name} exits again and again`,
        ],
        fix: bind(account, 'the pods start by themselves then'),
      },
    ];
  },
});

function bind(account: string, then: string): Fix {
  const [namespace, name] = account.split('/');
  return {
    text: `Bind the Role that kube-apiserver keeps for this, in kube-system; ${then}:`,
    commands: [
      `kubectl -n kube-system create rolebinding ${namespace}-${name}-auth-reader --role=extension-apiserver-authentication-reader --serviceaccount=${namespace}:${name}`,
    ],
  };
}
