import { type CertificateFile, defineCheck, type Fix, type KeyFile } from '../../model.ts';

export default defineCheck({
  id: 'front-proxy-file-absent',
  title: 'the files named in the front-proxy flags exist',
  severity: 'error',
  scope: 'apiserver',
  needs: ['proxyClientCert', 'proxyClientKey', 'requestheaderCa'],
  wants: ['distribution'],
  after: ['file-path-wrong'],
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

/** kubeadm writes to these paths, whatever the flags say. */
const kubeadmPair = ['/etc/kubernetes/pki/front-proxy-client.crt', '/etc/kubernetes/pki/front-proxy-client.key'];

type File = CertificateFile | KeyFile;
function fixOf({ flag, hostPath }: File, pair: readonly File[], distribution: string | null | undefined): Fix {
  const byHand = { text: `Restore the file, or set the right path in \`--${flag.name}\`.` };
  if (distribution !== 'kubeadm') return byHand;
  if (flag.name === 'requestheader-client-ca-file') {
    return {
      text: 'Copy the front-proxy CA from a backup or from another control-plane node (replace OTHER-NODE with its address). A new CA would invalidate every front-proxy client certificate:',
      commands: [`scp root@OTHER-NODE:${hostPath} ${hostPath}`],
    };
  }
  if (!pair.every((half) => kubeadmPair.includes(String(half.hostPath)))) return byHand;
  const left = pair.filter((half) => half.is !== 'absent');
  return {
    text: "As root on this node, let kubeadm create a new pair, signed by this node's front-proxy CA:",
    commands: [...left.map((half) => `mv ${half.hostPath} ${half.hostPath}.old`), 'kubeadm init phase certs front-proxy-client'],
  };
}
