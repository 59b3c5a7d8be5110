import { defineCheck } from '../../check.ts';
import { copyFromNode, restoreFrontProxy } from '../../distributions/fixes.ts';
import type { CertificateFile, Fix, KeyFile } from '../../model.ts';

export default defineCheck({
  id: 'front-proxy-file-absent',
  title: 'the files that the front-proxy flags name exist',
  severity: 'error',
  modes: ['F03', 'F08'],
  scope: 'apiserver',
  needs: ['proxyClientCert', 'proxyClientKey', 'requestheaderCa'],
  wants: ['distribution'],
  after: ['file-path-wrong'],
  causes: { signatures: ['exits-by-absent-file'] },
  explain: {
    looksAt:
      'the files that `--proxy-client-cert-file`, `--proxy-client-key-file` and `--requestheader-client-ca-file` name, on the node, through the mounts',
    why: 'kube-apiserver exits when it starts without one of them; one that runs goes on with what it has read, up to its next restart.',
    kubernetes: 'kube-apiserver exits: `open PATH: no such file or directory`.',
    repair: 'Put the file back, or name the right path in the flag.',
    mirrors: 'k8s.io/apiserver, pkg/server/dynamiccertificates/dynamic_serving_content.go, v0.37.2',
  },
  run({ proxyClientCert, proxyClientKey, requestheaderCa, distribution }) {
    const pair = [proxyClientCert, proxyClientKey].filter((file) => file !== null);
    const files = [...pair, ...(requestheaderCa ? [requestheaderCa] : [])];
    if (files.length === 0) return null;
    return files
      .filter((file) => file.is === 'absent')
      .map((file) => ({
        message: `kube-apiserver cannot start: \`${file.hostPath}\`, which \`--${file.flag.name}\` names, does not exist.`,
        at: file.flag.at,
        evidence: [
          `kube-apiserver exits with \`open ${file.path}: no such file or directory\`; one that still runs exits at its next restart`,
        ],
        fix: fixOf(file, pair, distribution),
      }));
  },
});

type File = CertificateFile | KeyFile;
function fixOf({ flag, hostPath }: File, pair: readonly File[], distribution: string | null | undefined): Fix {
  const byHand = { text: `Put the file back, or name the right path in \`--${flag.name}\`.` };
  if (flag.name !== 'requestheader-client-ca-file') return restoreFrontProxy(distribution, pair) ?? byHand;
  const copy = copyFromNode(distribution, String(hostPath));
  if (!copy) return byHand;
  return {
    text: 'Copy the front-proxy CA from another control-plane node or a backup; a new CA would make every front-proxy client certificate worthless:',
    commands: [copy],
  };
}
