import { defineCheck } from '../../check.ts';
import { save } from '../../distributions/keep.ts';
import { sh } from '../../sh.ts';
import { fails, serviceOf } from './workload-words.ts';

export default defineCheck({
  id: 'service-not-routable',
  title: "kube-apiserver supports the Service's type",
  severity: 'error',
  modes: ['S08', 'S09'],
  scope: 'apiservice',
  hop: 'Service',
  needs: ['apiService', 'failure'],
  causes: { signatures: ['headless-service', 'external-name-service'] },
  explain: {
    looksAt: "kube-apiserver's message about the Service's type",
    why: 'By default kube-apiserver dials the ClusterIP, which a headless Service does not have. With `--enable-aggregator-routing` it dials the pods, which an ExternalName does not have.',
    kubernetes:
      'The APIService is `False`, `FailedDiscoveryCheck`: `cannot route to service with ClusterIP "None"` without aggregator routing, `unsupported service type "ExternalName"` with it. In the opposite mode both work.',
    repair:
      'Use a Service with a ClusterIP. For a server outside the cluster, use a Service without a selector and an EndpointSlice with its address.',
    mirrors: 'k8s.io/apiserver, pkg/util/proxy/proxy.go (ResolveCluster, ResolveEndpoint), v0.37.2',
  },
  run({ apiService, failure }) {
    if (!failure || failure.inTransition) return [];
    const get = sh`kubectl -n ${apiService.service.namespace} get service ${apiService.service.name} -o yaml`;
    const headless = failure.signature === 'headless-service';
    if (!headless && failure.signature !== 'external-name-service') return [];
    const { namespace, name } = apiService.service;
    return [
      {
        message: headless
          ? `${fails(apiService)}: ${serviceOf(apiService)} is headless, but kube-apiserver dials ClusterIPs.`
          : `${fails(apiService)}: ${serviceOf(apiService)} is an ExternalName, but kube-apiserver dials pods (\`--enable-aggregator-routing\`).`,
        at: { object: `Service ${namespace}/${name}`, field: headless ? 'spec.clusterIP' : 'spec.type' },
        evidence: [`\`${failure.text}\``],
        fix: headless
          ? {
              text: 'A ClusterIP cannot be added to a headless Service: save the Service, remove `clusterIP`, `clusterIPs`, `resourceVersion` and `uid`, and recreate it:',
              edits: {
                of: 'service',
                commands: [
                  sh`${{ command: save(get, 'service.yaml') }} && ${{ command: get }} > service.yaml`,
                  sh`vi service.yaml    # without clusterIP, clusterIPs, resourceVersion, uid`,
                  sh`kubectl create --dry-run=client -f service.yaml && ! grep -q -e 'clusterIP: None' -e resourceVersion service.yaml && kubectl -n ${namespace} delete service ${name} && kubectl create -f service.yaml`,
                ],
              },
            }
          : {
              text: 'Change it to a Service of type ClusterIP without a selector, with an EndpointSlice that contains the address of the external server:',
              commands: [sh`kubectl -n ${namespace} get service ${name} -o yaml`, sh`kubectl explain endpointslice`],
            },
      },
    ];
  },
});
