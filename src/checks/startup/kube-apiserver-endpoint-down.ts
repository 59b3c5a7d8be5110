import { defineCheck } from '../../check.ts';
import { showLog } from '../../distributions/fixes.ts';
import { list } from '../../format.ts';

export default defineCheck({
  id: 'kube-apiserver-endpoint-down',
  title: 'every address of Service default/kubernetes answers',
  severity: 'warning',
  modes: ['G06'],
  scope: 'cluster',
  needs: ['endpoints'],
  wants: ['distribution'],
  explain: {
    looksAt: 'GET /version at each address that Service default/kubernetes announces, when at least one of them can be reached from here',
    why: 'Pods, extension servers among them, reach kube-apiserver through this Service: a dead address takes its share of their requests, and an extension server that cannot ask who a user is answers 500 or not at all.',
    kubernetes:
      'Each kube-apiserver renews its own address every 10 s and drops those that were not renewed for 15 s. An address stays when the kube-apiservers do not agree on `--endpoint-reconciler-type`, or when it belongs to a process that renews it and does not serve.',
    repair: 'Repair or remove that kube-apiserver.',
    mirrors: 'kubernetes/kubernetes, pkg/controlplane/reconcilers/lease.go, v1.37.2',
  },
  run({ endpoints, distribution }) {
    if (endpoints.length < 2) return null;
    return endpoints.flatMap(({ address, node, version }) => {
      if (version.ok || version.why === 'denied') return [];
      const others = endpoints.filter((one) => one.version.ok).map((one) => one.node ?? one.address);
      const host = node ? `on ${node}` : `at \`${address}\``;
      return [
        {
          message: `Pods lose a part of their requests to kube-apiserver: the one ${host} is announced at \`${address}\` and does not answer there.`,
          at: { object: 'Service default/kubernetes', field: `endpoints[${address}]` },
          evidence: [version.message, `${list(others)} can be reached from here`],
          fix: {
            text: `See why kube-apiserver does not serve ${host}; while it restarts, ask again in 40 s:`,
            commands: [showLog(distribution), 'kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes -o wide'],
          },
        },
      ];
    });
  },
});
