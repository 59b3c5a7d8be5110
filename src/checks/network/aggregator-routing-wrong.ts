import { defineCheck } from '../../check.ts';
import { failsBy, ownWay, target, tried } from './network-path.ts';

export default defineCheck({
  id: 'aggregator-routing-wrong',
  title: 'kube-apiserver dials the extension server on a way that the control-plane node has',
  severity: 'error',
  scope: 'apiservice',
  hop: 'network',
  needs: ['apiService', 'failure', 'dials', 'egressSelector', 'proxied'],
  explain: {
    looksAt:
      'the address that kube-apiserver dials (the ClusterIP, or with `--enable-aggregator-routing` a pod), and whether this node reaches it and the other one',
    why: 'A ClusterIP needs kube-proxy or its like on the control-plane node; an address of a pod needs a route into the network of the pods.',
    kubernetes: 'The APIService is `False` with a timeout, and the host in its text tells the way: the ClusterIP, or the address of a pod.',
    repair: 'Repair the way that is in use; or take the other one, by `--enable-aggregator-routing`.',
    mirrors: 'k8s.io/apiserver, pkg/util/proxy/proxy.go, v0.37.2',
  },
  run({ apiService, failure, dials, egressSelector, proxied }) {
    if (!failsBy(failure, 'timeout') && !failsBy(failure, 'no-route')) return [];
    const { is, own, other } = ownWay(apiService, failure, { dials, egressSelector, proxied });
    const [dialled] = own;
    if (is !== 'closed' || !dialled || !other) return [];
    const fix =
      dialled.to === 'ClusterIP'
        ? {
            text: 'On this node, see that kube-proxy (or what stands in for it) runs and knows the ClusterIP; where control-plane nodes have none, set `--enable-aggregator-routing=true` on each kube-apiserver, which dials the pods then:',
            commands: [
              'crictl ps --name kube-proxy',
              'iptables-save -t nat | grep -e KUBE-SERVICES    # with each ClusterIP that kube-proxy knows',
            ],
          }
        : {
            text: 'Give this node a route into the network of the pods (its CNI), or take `--enable-aggregator-routing` off each kube-apiserver, which dials the ClusterIP then:',
            commands: ['ip route; ip -6 route'],
          };
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: kube-apiserver dials ${dialled.to === 'pod' ? 'the pod itself' : 'the ClusterIP'}, ${target(apiService, failure)}, which this node does not reach, while ${other.to === 'pod' ? `the pod \`${other.address}\`` : `the ClusterIP \`${other.address}\``} answers.`,
        at: failure.at,
        evidence: [`\`${failure.text}\``, ...tried(dials)],
        fix,
      },
    ];
  },
});
