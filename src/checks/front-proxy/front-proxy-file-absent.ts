import { defineCheck } from '../../check.ts';
import type { CertificateFile, Fix, KeyFile } from '../../model.ts';

export default defineCheck({
  id: 'front-proxy-file-absent',
  title: 'the files that the front-proxy flags name exist',
  severity: 'error',
  scope: 'apiserver',
  needs: ['proxyClientCert', 'proxyClientKey', 'requestheaderCa'],
  wants: ['distribution'],
  after: ['file-path-wrong'],
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

/** Where kubeadm writes to, whatever the flags say. */
const kubeadmPair = ['/etc/kubernetes/pki/front-proxy-client.crt', '/etc/kubernetes/pki/front-proxy-client.key'];

type File = CertificateFile | KeyFile;
function fixOf({ flag, hostPath }: File, pair: readonly File[], distribution: string | null | undefined): Fix {
  const byHand = { text: `Put the file back, or name the right path in \`--${flag.name}\`.` };
  if (distribution !== 'kubeadm') return byHand;
  if (flag.name === 'requestheader-client-ca-file') {
    return {
      text: 'Copy the front-proxy CA from another control-plane node or a backup; a new CA would make every front-proxy client certificate worthless:',
      commands: [`scp root@OTHER-NODE:${hostPath} ${hostPath}`],
    };
  }
  if (!pair.every((half) => kubeadmPair.includes(String(half.hostPath)))) return byHand;
  const left = pair.filter((half) => half.is !== 'absent');
  return {
    text: 'On this node, as root: have kubeadm make the pair anew, signed by the front-proxy CA of this node:',
    commands: [...left.map((half) => `mv ${half.hostPath} ${half.hostPath}.old`), 'kubeadm init phase certs front-proxy-client'],
  };
}
