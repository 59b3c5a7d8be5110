/** The objects that put an extension API server behind kube-apiserver: Namespace, Service, EndpointSlice, APIService. */
import type { KubernetesObject } from './api.ts';

export interface Exposed {
  namespace: string;
  /** Name of the Service. */
  service: string;
  /** The real port; Service and APIService name the same one. */
  port: number;
  group: string;
  version: string;
  /** PEM of the CA of the serving certificate. */
  caBundle: string;
  /**
   * ClusterIP: a Service without selector, whose address the node itself answers, and an EndpointSlice on the node's address; good with and
   * without `--enable-aggregator-routing`. ExternalName: the name is localhost.
   */
  serviceType: 'ClusterIP' | 'ExternalName';
  /** For a Service of type ClusterIP. */
  clusterIP: string;
  /** The node's address, for the EndpointSlice. */
  address: string;
}

export interface ExposedObjects {
  namespace: KubernetesObject;
  service: KubernetesObject;
  /** Missing for ExternalName. */
  endpointSlice?: KubernetesObject;
  apiService: KubernetesObject;
}

export function expose({ namespace, service, port, group, version, caBundle, serviceType, clusterIP, address }: Exposed): ExposedObjects {
  const metadata = { name: service, namespace };
  const ports = [{ name: 'https', port, protocol: 'TCP' }];
  return {
    namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: serviceType === 'ExternalName' ? { type: serviceType, externalName: 'localhost' } : { type: serviceType, clusterIP, ports },
    },
    ...(serviceType === 'ClusterIP' && {
      endpointSlice: {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { name: `${service}-node`, namespace, labels: { 'kubernetes.io/service-name': service } },
        addressType: 'IPv4',
        endpoints: [{ addresses: [address], conditions: { ready: true, serving: true, terminating: false } }],
        ports,
      },
    }),
    apiService: {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `${version}.${group}` },
      spec: {
        group,
        version,
        groupPriorityMinimum: 2000,
        versionPriority: 200,
        service: { namespace, name: service, port },
        caBundle: Buffer.from(caBundle).toString('base64'),
      },
    },
  };
}
