import { defineCheck } from '../../check.ts';
import { onControlPlane } from '../../distributions/fixes.ts';
import { sh } from '../../sh.ts';
import { failsBy, nodePath, target, tried } from './network-path.ts';

export default defineCheck({
  id: 'aggregator-routing-wrong',
  title: 'the control-plane node can reach the address that kube-apiserver dials',
  severity: 'error',
  modes: ['F21', 'S18', 'N03', 'N09', 'N17'],
  scope: 'apiservice',
  hop: 'network',
  needs: ['apiService', 'failure', 'dials', 'egressSelector', 'proxied'],
  wants: ['distribution'],
  causes: { signatures: ['no-route', 'timeout'] },
  explain: {
    looksAt:
      'the address that kube-apiserver dials (the ClusterIP, or a pod with `--enable-aggregator-routing`), and whether this node reaches both',
    why: 'A ClusterIP needs kube-proxy or a replacement on the control-plane node. A pod address needs a route into the pod network.',
    kubernetes: 'The APIService is `False` with a timeout. The host in the message shows the route: the ClusterIP or a pod address.',
    repair: 'Fix the route that is in use, or switch to the other one with `--enable-aggregator-routing`.',
    mirrors: 'k8s.io/apiserver, pkg/util/proxy/proxy.go, v0.37.2',
  },
  run({ apiService, failure, dials, egressSelector, proxied, distribution }) {
    if (!failsBy(failure, 'timeout') && !failsBy(failure, 'no-route')) return [];
    const { is, own, other } = nodePath(failure, { dials, egressSelector, proxied });
    const [dialled] = own;
    if (is !== 'closed' || !dialled || !other) return [];
    const fix =
      dialled.to === 'ClusterIP'
        ? {
            text: 'On this node, check that kube-proxy (or its replacement) runs and knows the ClusterIP. If control-plane nodes do not run one, set `--enable-aggregator-routing=true` on each kube-apiserver so that it dials the pods:',
            commands: [
              sh`kubectl -n kube-system get pods -o wide | grep kube-proxy`,
              onControlPlane(
                distribution,
                'nicolaka/netshoot',
                sh`iptables-save -t nat | grep -e KUBE-SERVICES    # lists each ClusterIP that kube-proxy knows`,
              ),
            ],
          }
        : {
            text: 'Give this node a route into the pod network (its CNI), or remove `--enable-aggregator-routing` from each kube-apiserver so that it dials the ClusterIP:',
            commands: [onControlPlane(distribution, 'busybox', sh`ip route`), onControlPlane(distribution, 'busybox', sh`ip -6 route`)],
          };
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: kube-apiserver dials ${dialled.to === 'pod' ? 'the pod itself' : 'the ClusterIP'}, ${target(apiService, failure)}, which this node cannot reach, while ${other.to === 'pod' ? `the pod \`${other.address}\`` : `the ClusterIP \`${other.address}\``} answers.`,
        at: failure.at,
        evidence: [`\`${failure.text}\``, ...tried(dials)],
        fix,
      },
    ];
  },
});
