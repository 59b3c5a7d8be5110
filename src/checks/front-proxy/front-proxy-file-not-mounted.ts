import { defineCheck } from '../../check.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { editFlag } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'front-proxy-file-not-mounted',
  title: "the front-proxy files are mounted into kube-apiserver's container",
  severity: 'error',
  modes: ['F32'],
  scope: 'apiserver',
  needs: ['flags', 'proxyClientCert', 'proxyClientKey', 'requestheaderCa'],
  wants: ['frontProxyRemedy', 'distribution'],
  after: ['file-path-wrong'],
  causes: { signatures: ['exits-by-absent-file'] },
  explain: {
    looksAt: 'whether a volumeMount of the static pod covers each path that a front-proxy flag names',
    why: 'The paths in flags are container paths: kube-apiserver cannot open a file on the node that is not mounted.',
    kubernetes: 'kube-apiserver exits: `open PATH: no such file or directory`.',
    repair: "Move the file into a mounted directory, such as kubeadm's /etc/kubernetes/pki, or add a hostPath volume and a volumeMount.",
    mirrors: 'k8s.io/apiserver, pkg/server/dynamiccertificates/dynamic_serving_content.go, v0.37.2',
  },
  run({ flags, proxyClientCert, proxyClientKey, requestheaderCa, frontProxyRemedy, distribution }) {
    const files = [proxyClientCert, proxyClientKey, requestheaderCa].filter((file) => file !== null);
    if (files.length === 0) return null;
    return files
      .filter((file) => file.is === 'not-mounted')
      .map((file) => ({
        message: `kube-apiserver cannot start: \`${file.path}\`, named in \`--${file.flag.name}\`, is not mounted into its container.`,
        at: file.flag.at,
        evidence: ['no volumeMount of the container covers this path with a hostPath volume'],
        fix:
          // Sound files lie where the distribution keeps them.
          frontProxyRemedy?.issue === null && frontProxyRemedy.set[file.flag.name] !== undefined
            ? fixFrontProxy(frontProxyRemedy, distribution)
            : editFlag(
                flags.at,
                `Set --${file.flag.name} to a path in a mounted directory, or add a hostPath volume and a volumeMount for it`,
                distribution,
              ),
      }));
  },
});
