import { defineCheck } from '../../check.ts';
import { everyUser } from '../../model.ts';

export default defineCheck({
  id: 'egress-socket-absent',
  title: 'the tunnel to the extension servers has its socket',
  severity: 'error',
  modes: ['F23', 'N05'],
  scope: 'apiserver',
  needs: ['egressSelector', 'flags'],
  after: ['egress-selector-unusable'],
  causes: { signatures: ['egress-socket', 'konnectivity', 'timeout'] },
  explain: {
    looksAt: 'the Unix sockets of selection `cluster` in the file of `--egress-selector-config-file`, on the node, through the mounts',
    why: 'kube-apiserver dials every extension server through this tunnel. The socket belongs to konnectivity-server, and must be mounted into both.',
    kubernetes:
      'kube-apiserver starts. The APIServices become `False`: over GRPC with a timeout, over HTTPConnect with `dial unix SOCKET: connect: no such file or directory`.',
    repair: 'Start konnectivity-server, and mount the folder of its socket into the Pod of kube-apiserver.',
    mirrors: 'k8s.io/apiserver, pkg/server/egressselector/egress_selector.go, v0.37.2',
  },
  run({ egressSelector, flags }) {
    if (!egressSelector || egressSelector.sockets.length === 0) return null;
    return egressSelector.sockets
      .filter((socket) => socket.is !== 'present')
      .map((socket) => ({
        message: `Aggregated APIs fail for ${everyUser}: the tunnel's socket \`${socket.path}\` ${socket.is === 'absent' ? 'does not exist' : 'is not mounted into kube-apiserver'}.`,
        at: egressSelector.at,
        evidence: [`selection \`cluster\` of ${egressSelector.path}, which --egress-selector-config-file names`],
        fix: {
          text: `See whether konnectivity-server runs on this node and writes \`${socket.path}\`; its folder must be a hostPath volume of both Pods:`,
          commands: [
            `ls -l ${socket.path}`,
            `grep -n hostPath -A1 ${'file' in flags.at ? flags.at.file : '/etc/kubernetes/manifests/kube-apiserver.yaml'}`,
          ],
        },
      }));
  },
});
