import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';

const flag = '--requestheader-client-ca-file';

/** The file that the flag names in these arguments; '': none. */
function fileIn(args: readonly string[]): string {
  const index = args.findIndex((arg) => arg === flag || arg.startsWith(`${flag}=`));
  return (args[index] === flag ? args[index + 1] : args[index]?.slice(flag.length + 1)) ?? '';
}

export default defineCheck({
  id: 'extension-server-ca-not-from-configmap',
  title: 'the extension API server reads the requestheader CA from the ConfigMap',
  severity: 'info',
  modes: ['P19'],
  scope: 'apiservice',
  hop: 'front proxy',
  needs: ['apiService', 'backendPods'],
  explain: {
    looksAt: '`--requestheader-client-ca-file` in the command and arguments of the pods behind the Service',
    why: 'The flag replaces what kube-apiserver publishes. After the requestheader CA is rotated, the extension API server still trusts its old copy and rejects every request.',
    kubernetes:
      'Nothing fails while the copy holds the current CA. After a rotation the extension API server returns 401, and logs `x509: certificate signed by unknown authority`.',
    repair:
      'Remove the `--requestheader-*` flags from the extension API server, so that it reads ConfigMap `extension-apiserver-authentication`.',
    mirrors: 'k8s.io/apiserver, pkg/server/options/authentication.go (DelegatingAuthenticationOptions), v0.37.2',
  },
  run({ apiService: { group, version, service }, backendPods }) {
    if (!backendPods) return null;
    const { namespace } = service;
    const copies = backendPods.flatMap((pod) =>
      pod.containers.flatMap(({ name, words }) => (fileIn(words) ? [{ pod: pod.name, container: name, file: fileIn(words) }] : [])),
    );
    const [first] = copies;
    if (!first) return [];
    return [
      {
        message: `\`${group}/${version}\` fails after the next rotation of the requestheader CA: its extension API server reads a copy, \`${first.file}\`.`,
        at: { object: `Pod ${namespace}/${first.pod}`, field: `spec.containers[${first.container}]` },
        evidence: copies.map(({ pod, container, file }) => `Pod ${namespace}/${pod}, container ${container}: ${flag}=${file}`),
        fix: {
          text: 'Remove the `--requestheader-*` flags from the workload of the extension API server, so that it reads the ConfigMap. Find the workload:',
          commands: [sh`kubectl -n ${namespace} get deployments,statefulsets,daemonsets -o yaml | grep -n -e '^    name:' -e ${flag}`],
        },
      },
    ];
  },
});
