import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { failsBy, forwarded, meshed, ownWay, target, tried, withoutTunnel } from './network-path.ts';

export default defineCheck({
  id: 'extension-server-no-answer',
  title: 'kube-apiserver gets an answer from the extension server',
  severity: 'error',
  scope: 'apiservice',
  hop: 'network',
  needs: ['apiService', 'failure', 'dials', 'egressSelector', 'proxied'],
  wants: ['backend', 'backendPods', 'networkPolicies', 'route', 'serving'],
  explainedBy: ['no-proxy-without-services', 'service-is-kube-apiserver', 'internal-traffic-policy-without-pod'],
  explain: {
    looksAt: 'a timeout in what kube-apiserver says, and the address in that text: the ClusterIP, or a pod',
    why: 'Packets are dropped on the way (a firewall, a security group, a NetworkPolicy, an overlay network with a wrong MTU or checksum), or the extension server takes longer than 5 s.',
    kubernetes:
      'The APIService is `False`: `context deadline exceeded`, `Client.Timeout exceeded while awaiting headers` or `i/o timeout`; the four texts alternate, and say nothing of the cause.',
    repair:
      'Let the control-plane nodes reach the port of the pod, which is not the port of the Service: firewalls and security groups see the packet after kube-proxy has given it the address of the pod.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure, backend, backendPods, dials, networkPolicies, route, serving, egressSelector, proxied }) {
    if (!failsBy(failure, 'timeout') || withoutTunnel({ egressSelector })) return [];
    const seen = ownWay(apiService, failure, { dials, egressSelector, proxied });
    // Then it is slow, or on the wrong way: checks of their own.
    if (seen.is === 'open' || (seen.is === 'closed' && seen.other)) return [];
    const { namespace, name, port } = apiService.service;
    const targetPort = backend?.service?.ports.find((one) => one.port === port)?.targetPort ?? port;
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: kube-apiserver gets no answer from ${target(apiService, failure)} within 5 s.`,
        at: failure.at,
        evidence: [
          `\`${failure.text}\``,
          ...(route ? [route.evidence, ...(route.to === 'ClusterIP' ? ['kube-proxy on its node leads from there to a pod'] : [])] : []),
          ...tried(dials),
          ...forwarded(serving),
          ...(networkPolicies && networkPolicies.length > 0
            ? [
                `may be NetworkPolicy ${list(networkPolicies, { most: 3 })}, which restricts what reaches its pods: kube-apiserver comes from the node, and is no pod`,
              ]
            : []),
          ...meshed(backendPods),
        ],
        fix: {
          text: `Open port ${targetPort} of its pods from the control-plane nodes (firewall, security group, NetworkPolicy)${route?.to === 'pod' ? '' : ', and see that kube-proxy runs there'}. On a control-plane node, to tell a blocked way from a slow server:`,
          commands: [
            ...(dials ? [] : ['sudo aggctl doctor']),
            `curl -sk -m 10 -o /dev/null -w '%{time_connect} %{time_appconnect} %{http_code}\\n' https://$(kubectl -n ${namespace} get service ${name} -o jsonpath='{.spec.clusterIP}'):${port}/`,
          ],
        },
      },
    ];
  },
});
