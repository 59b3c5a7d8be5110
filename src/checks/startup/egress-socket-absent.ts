import { defineCheck } from '../../check.ts';
import { everyUser } from '../../model.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'egress-socket-absent',
  title: 'the socket of the tunnel to the extension API servers exists',
  severity: 'error',
  modes: ['F23', 'N05'],
  scope: 'apiserver',
  needs: ['egressSelector', 'flags'],
  after: ['egress-selector-unusable'],
  causes: { signatures: ['egress-socket', 'konnectivity', 'tunnel-closed', 'timeout'] },
  explain: {
    looksAt:
      'whether the Unix sockets of selection `cluster` in the file in `--egress-selector-config-file` exist on the node and are mounted',
    why: 'kube-apiserver dials every extension API server through this tunnel. konnectivity-server creates the socket, and both Pods must mount it.',
    kubernetes:
      'kube-apiserver starts. The APIServices become `False`: with a time-out over GRPC, or over HTTPConnect with `dial unix SOCKET: connect: no such file or directory`.',
    repair: "Start konnectivity-server, and mount the directory of its socket into kube-apiserver's Pod.",
    mirrors: 'k8s.io/apiserver, pkg/server/egressselector/egress_selector.go, v0.37.2',
  },
  run({ egressSelector, flags }) {
    if (!egressSelector || egressSelector.sockets.length === 0) return null;
    return egressSelector.sockets
      .filter((socket) => socket.is !== 'present')
      .map((socket) => ({
        message: `Aggregated APIs fail for ${everyUser}: the tunnel's socket \`${socket.path}\` ${socket.is === 'absent' ? 'does not exist' : 'is not mounted into kube-apiserver'}.`,
        at: egressSelector.at,
        evidence: [`selection \`cluster\` of ${egressSelector.path}, named in --egress-selector-config-file`],
        fix: {
          text: `Check that konnectivity-server runs on this node and creates \`${socket.path}\`. Both Pods must mount its directory as a hostPath volume:`,
          commands: [
            sh`ls -l -- ${socket.path}`,
            sh`grep -n hostPath -A1 ${'file' in flags.at ? flags.at.file : '/etc/kubernetes/manifests/kube-apiserver.yaml'}`,
          ],
        },
      }));
  },
});
