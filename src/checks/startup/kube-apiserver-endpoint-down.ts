import { defineCheck } from '../../check.ts';
import { showLog } from '../../distributions/fixes.ts';
import { orAsk } from '../../distributions/provider.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'kube-apiserver-endpoint-down',
  title: 'every address of Service default/kubernetes answers',
  severity: 'warning',
  modes: ['G06'],
  scope: 'cluster',
  needs: ['endpoints'],
  wants: ['distribution', 'provider'],
  explain: {
    looksAt: 'GET /version at each address of Service default/kubernetes, if at least one of them can be reached from here',
    why: 'Pods, including extension API servers, reach kube-apiserver through this Service, and a dead address fails its share of their requests. An extension API server that cannot authenticate or authorize a user answers 500 or not at all.',
    kubernetes:
      'Each kube-apiserver renews its own address every 10 s and removes those that were not renewed for 15 s. A dead address remains if the kube-apiservers disagree on `--endpoint-reconciler-type`, or if its process renews it but does not serve.',
    repair: 'Fix or remove that kube-apiserver.',
    mirrors: 'kubernetes/kubernetes, pkg/controlplane/reconcilers/lease.go, v1.37.2',
  },
  run({ endpoints, distribution, provider }) {
    const show = sh`kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes -o wide`;
    if (endpoints.length < 2) return null;
    return endpoints.flatMap(({ address, node, version }) => {
      if (version.ok || version.why === 'denied') return [];
      const others = endpoints.filter((one) => one.version.ok).map((one) => one.node ?? one.address);
      const host = node ? `on ${node}` : `at \`${address}\``;
      return [
        {
          message: `Some requests from pods to kube-apiserver fail: the one ${host} is listed at \`${address}\` but does not answer there.`,
          at: { object: 'Service default/kubernetes', field: `endpoints[${address}]` },
          evidence: [version.message, `${list(others)} can be reached from here`],
          fix: orAsk(
            provider,
            {
              text: `Find out why kube-apiserver does not serve ${host}. If it is restarting, check again in 40 s:`,
              commands: [showLog(distribution), show],
            },
            { to: `repair the kube-apiserver ${host}, unless it only restarts: check again in 40 s`, commands: [show] },
          ),
        },
      ];
    });
  },
});
