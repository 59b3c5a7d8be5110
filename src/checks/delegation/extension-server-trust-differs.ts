import { defineCheck } from '../../check.ts';
import type { BackendPod } from '../../model.ts';
import { copied } from '../../products/index.ts';
import { sh } from '../../sh.ts';
import { logged } from '../front-proxy/log-evidence.ts';
import { editOf, replace } from '../service-and-pods/kubectl-commands.ts';

/** The arguments by which a server leaves the ConfigMap aside, in the containers of its pods. */
const argumentsOf = (pods: readonly BackendPod[]): readonly string[] => [
  ...new Set(
    pods.flatMap(({ containers }) => containers.flatMap(({ words }) => words.filter((word) => word.startsWith('--requestheader-')))),
  ),
];

export default defineCheck({
  id: 'extension-server-trust-differs',
  title: 'the extension API server accepts what ConfigMap extension-apiserver-authentication accepts',
  severity: 'error',
  modes: ['P19', 'H01'],
  scope: 'apiservice',
  hop: 'front proxy',
  needs: ['apiService', 'failure', 'serverLog'],
  wants: ['authConfigMap', 'backendPods', 'product'],
  causes: { signatures: ['rejected', 'anonymous'] },
  explain: {
    looksAt: "the certificate that the extension API server's log rejects, compared with the CAs and names in the ConfigMap",
    why: "The extension API server's own `--requestheader-*` arguments replace the ConfigMap, and some servers (Linkerd's tap, old ones) read it only when they start.",
    kubernetes:
      'The APIService is `False`, `bad status … 401`, while other extension API servers accept kube-apiserver. kube-apiserver itself is not at fault.',
    repair: 'Remove the `--requestheader-*` arguments from the extension API server, or restart it so that it reads the ConfigMap again.',
    mirrors: 'k8s.io/apiserver, pkg/server/options/authentication.go (DelegatingAuthenticationOptions), v0.37.2',
  },
  run({ apiService: { group, version, service }, failure, serverLog, authConfigMap, backendPods, product }) {
    if (!failure || serverLog?.kind !== 'own-trust') return [];
    const { namespace, name } = service;
    const own = argumentsOf(backendPods ?? []);
    const named = serverLog.says === 'name-not-allowed';
    const what = named ? `the name \`${serverLog.commonName ?? ''}\`` : "the signer of kube-apiserver's client certificate";
    return [
      {
        message: `\`${group}/${version}\` fails for every user: its extension API server rejects ${what}, which ConfigMap \`extension-apiserver-authentication\` accepts.`,
        at: { object: `Pod ${serverLog.pod}`, field: 'log' },
        evidence: [
          ...logged(serverLog),
          ...(named
            ? [`allowed by the ConfigMap: ${authConfigMap?.allowedNames?.length ? JSON.stringify(authConfigMap.allowedNames) : 'any name'}`]
            : []),
          ...(own.length > 0 ? [`its arguments: ${own.join(' ')}`] : []),
        ],
        fix:
          own.length > 0
            ? {
                text: 'Remove the `--requestheader-*` arguments from the extension API server, because they win over the ConfigMap:',
                commands: [sh`kubectl -n ${namespace} get pods -o yaml | grep -n -e requestheader`],
                ...(backendPods?.[0] && { edits: editOf(backendPods[0]) }),
              }
            : (copied(product, namespace) ?? {
                text: 'Look for `--requestheader-*` arguments of the extension API server, which win over the ConfigMap, and remove them. Without such arguments it read the ConfigMap only when it started: restart it:',
                commands: [
                  sh`kubectl -n ${namespace} get pods -o yaml | grep -n -e requestheader`,
                  sh`kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name} -o jsonpath='{.items[*].endpoints[*].targetRef.name}{"\\n"}'`,
                  ...replace(backendPods?.find((pod) => `${pod.namespace}/${pod.name}` === serverLog.pod)),
                ],
              }),
      },
    ];
  },
});
