import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import type { Fix } from '../../model.ts';
import { sh } from '../../sh.ts';
import { logged } from '../front-proxy/log-evidence.ts';

export default defineCheck({
  id: 'authentication-reader-missing',
  title: 'the extension API server can read ConfigMap extension-apiserver-authentication',
  severity: 'error',
  modes: ['R01', 'R02', 'R06', 'R09', 'R11'],
  scope: 'apiservice',
  hop: 'delegation',
  needs: ['apiService', 'failure', 'delegation', 'backendPods', 'serverLog'],
  causes: { signatures: ['anonymous', 'connection-refused', 'no-endpoints', 'timeout', 'configmap-forbidden'] },
  explain: {
    looksAt:
      "whether RBAC allows the ServiceAccount of the extension API server's pods to get ConfigMap kube-system/extension-apiserver-authentication while they keep exiting; and whether a server that sees kube-apiserver as system:anonymous logs that it cannot list and watch it",
    why: 'Without the ConfigMap an extension API server cannot authenticate its users and exits when it starts. With only the right to get it, the server starts and is ready, but because it reads the ConfigMap by list and watch, it requests no client certificate and sees every user as system:anonymous.',
    kubernetes:
      'It logs `Unable to get configmap/extension-apiserver-authentication in kube-system.  Usually fixed by …` and exits; its pods crash and the APIService is `False (MissingEndpoints)`.',
    repair:
      'Bind Role extension-apiserver-authentication-reader to the ServiceAccount, in namespace kube-system: a RoleBinding in another namespace has no effect there.',
    mirrors: 'k8s.io/apiserver, pkg/server/options/authentication.go (lookup of the ConfigMap), v0.37.2',
  },
  run({ apiService: { service }, failure, delegation, backendPods, serverLog }) {
    if (serverLog?.account)
      return [
        {
          message: `The extension API server \`${service.namespace}/${service.name}\` sees every user as \`system:anonymous\`: its ServiceAccount \`${serverLog.account}\` cannot list and watch ConfigMap \`extension-apiserver-authentication\`.`,
          at: { object: `ServiceAccount ${serverLog.account}` },
          evidence: logged(serverLog),
          fix: bind(serverLog.account, 'the server then reads the ConfigMap within a minute'),
        },
      ];
    // Another authorizer than RBAC may grant it: only pods that exit show that none does.
    const exits = backendPods?.find(
      ({ ready, containers }) => !ready && containers.some(({ state, last }) => state.exitCode || last?.exitCode),
    );
    if (!failure || !delegation?.configMapVerbsMissing.includes('get') || !exits) return [];
    const { account, misplaced, readers } = delegation;
    return [
      {
        message: `The extension API server \`${service.namespace}/${service.name}\` exits when it starts: its ServiceAccount \`${account}\` cannot read ConfigMap \`extension-apiserver-authentication\`.`,
        at: { object: `ServiceAccount ${account}` },
        evidence: [
          ...(misplaced.length > 0 ? [`${list(misplaced)} has no effect: the binding must be in kube-system, like the ConfigMap`] : []),
          ...(readers.length > 0
            ? [
                `bound in kube-system: ${list(
                  readers.map(({ binding, accounts }) => `${binding} to ${list(accounts)}`),
                  { most: 3 },
                )}`,
              ]
            : ['no RoleBinding in kube-system grants it to a ServiceAccount']),
          `pod ${exits.name} keeps exiting`,
        ],
        fix: bind(account, 'the pods then start by themselves'),
      },
    ];
  },
});

function bind(account: string, then: string): Fix {
  const [namespace = '', name = ''] = account.split('/');
  return {
    text: `Bind the Role that kube-apiserver provides for this, in kube-system; ${then}:`,
    commands: [
      sh`kubectl -n kube-system create rolebinding ${namespace}-${name}-auth-reader --role=extension-apiserver-authentication-reader --serviceaccount=${namespace}:${name}`,
    ],
  };
}
