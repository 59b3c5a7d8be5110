import { defineCheck } from '../../check.ts';
import { fails, serviceOf } from './workload-words.ts';

export default defineCheck({
  id: 'service-not-routable',
  title: 'kube-apiserver can route to a Service of this type',
  severity: 'error',
  modes: ['S08', 'S09'],
  scope: 'apiservice',
  hop: 'Service',
  needs: ['apiService', 'failure'],
  causes: { signatures: ['headless-service', 'external-name-service'] },
  explain: {
    looksAt: 'what kube-apiserver says of the type of the Service',
    why: 'By default kube-apiserver dials the ClusterIP, which a headless Service has not; with `--enable-aggregator-routing` it dials the pods, which an ExternalName has not.',
    kubernetes:
      'The APIService is `False`, `FailedDiscoveryCheck`: `cannot route to service with ClusterIP "None"` without aggregator routing, `unsupported service type "ExternalName"` with it. The other way round both serve.',
    repair:
      'Give the Service a ClusterIP; for a server outside the cluster, a Service without selector and an EndpointSlice with its address.',
    mirrors: 'k8s.io/apiserver, pkg/util/proxy/proxy.go (ResolveCluster, ResolveEndpoint), v0.37.2',
  },
  run({ apiService, failure }) {
    if (!failure || failure.inTransition) return [];
    const headless = failure.signature === 'headless-service';
    if (!headless && failure.signature !== 'external-name-service') return [];
    const { namespace, name } = apiService.service;
    return [
      {
        message: headless
          ? `${fails(apiService)}: ${serviceOf(apiService)} is headless, and kube-apiserver dials ClusterIPs.`
          : `${fails(apiService)}: ${serviceOf(apiService)} is an ExternalName, and kube-apiserver dials pods (\`--enable-aggregator-routing\`).`,
        at: { object: `Service ${namespace}/${name}`, field: headless ? 'spec.clusterIP' : 'spec.type' },
        evidence: [`\`${failure.text}\``],
        fix: headless
          ? {
              text: 'A ClusterIP cannot be added to a Service that has none: save it, take `clusterIP`, `clusterIPs`, `resourceVersion` and `uid` out, and create it anew:',
              commands: [
                `kubectl -n ${namespace} get service ${name} -o yaml > service.yaml`,
                'vi service.yaml    # without clusterIP, clusterIPs, resourceVersion, uid',
                `kubectl -n ${namespace} delete service ${name} && kubectl create -f service.yaml`,
              ],
            }
          : {
              text: 'Make it a Service of type ClusterIP without selector, with an EndpointSlice that holds the address of the server outside:',
              commands: [`kubectl -n ${namespace} get service ${name} -o yaml`, 'kubectl explain endpointslice'],
            },
      },
    ];
  },
});
