import { defineCheck } from '../../check.ts';
import { copyFromNode, restoreFrontProxy } from '../../distributions/fixes.ts';
import type { CertificateFile, Fix, KeyFile } from '../../model.ts';

export default defineCheck({
  id: 'front-proxy-file-absent',
  title: 'the files named in the front-proxy flags exist',
  severity: 'error',
  modes: ['F03', 'F08'],
  scope: 'apiserver',
  needs: ['proxyClientCert', 'proxyClientKey', 'requestheaderCa'],
  wants: ['distribution'],
  after: ['file-path-wrong'],
  causes: { signatures: ['exits-by-absent-file'] },
  explain: {
    looksAt:
      "whether the files in `--proxy-client-cert-file`, `--proxy-client-key-file` and `--requestheader-client-ca-file` exist on the node, with the container's mounts applied",
    why: 'kube-apiserver exits if one of them is missing at its start; a running one uses what it has read until its next restart.',
    kubernetes: 'kube-apiserver exits: `open PATH: no such file or directory`.',
    repair: 'Restore the file, or set the right path in the flag.',
    mirrors: 'k8s.io/apiserver, pkg/server/dynamiccertificates/dynamic_serving_content.go, v0.37.2',
  },
  run({ proxyClientCert, proxyClientKey, requestheaderCa, distribution }) {
    const pair = [proxyClientCert, proxyClientKey].filter((file) => file !== null);
    const files = [...pair, ...(requestheaderCa ? [requestheaderCa] : [])];
    if (files.length === 0) return null;
    return files
      .filter((file) => file.is === 'absent')
      .map((file) => ({
        message: `kube-apiserver cannot start: \`${file.hostPath}\`, named in \`--${file.flag.name}\`, does not exist.`,
        at: file.flag.at,
        evidence: [`kube-apiserver exits with \`open ${file.path}: no such file or directory\`; a running one exits at its next restart`],
        fix: fixOf(file, pair, distribution),
      }));
  },
});

type File = CertificateFile | KeyFile;
function fixOf({ flag, hostPath }: File, pair: readonly File[], distribution: string | null | undefined): Fix {
  const byHand = { text: `Restore the file, or set the right path in \`--${flag.name}\`.` };
  if (flag.name !== 'requestheader-client-ca-file') return restoreFrontProxy(distribution, pair) ?? byHand;
  const copy = copyFromNode(distribution, String(hostPath));
  if (!copy) return byHand;
  return {
    text: 'Copy the front-proxy CA from a backup or from another control-plane node (replace OTHER-NODE with its address). A new CA would invalidate every front-proxy client certificate:',
    commands: [copy],
  };
}
