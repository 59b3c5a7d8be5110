/** The fields of Kubernetes' own objects that several facts read. */
import { apiPath } from '../../api-path.ts';
import { boolean, type Decoded, intOrString, list, map, number, object, string, time } from '../../decode.ts';
import type { ApiPath } from '../../model.ts';
import { metadata, named } from './kubernetes.ts';

/** k8s.io/api, core/v1/types.go. */
export const serviceObject = named(
  object({
    metadata: object(metadata),
    spec: object({
      type: string,
      clusterIP: string,
      externalName: string,
      selector: map(string),
      ports: list(object({ name: string, port: number, targetPort: intOrString })),
      internalTrafficPolicy: string,
      ipFamilies: list(string),
    }),
  }),
);
export type ServiceObject = Decoded<typeof serviceObject>;

/** k8s.io/api, discovery/v1/types.go. */
export const sliceObject = object({
  metadata: object(metadata),
  endpoints: list(
    object({
      addresses: list(string),
      conditions: object({ ready: boolean }),
      nodeName: string,
      targetRef: object({ kind: string, name: string }),
    }),
  ),
  ports: list(object({ name: string, port: number })),
});
export type SliceObject = Decoded<typeof sliceObject>;
/** Of an EndpointSlice: the name of its Service. */
export const ownerLabel = 'kubernetes.io/service-name';
/** The EndpointSlices of a Service. */
export const slicesPath = (namespace: string, service: string): ApiPath =>
  apiPath`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?labelSelector=${`${ownerLabel}=${service}`}`;

/** k8s.io/api, core/v1/types.go. */
export const eventObject = object({
  metadata: object(metadata),
  involvedObject: object({ kind: string, name: string }),
  reason: string,
  message: string,
  count: number,
  lastTimestamp: time,
  eventTime: time,
  series: object({ lastObservedTime: time }),
});
export type EventObject = Decoded<typeof eventObject>;
/** The Warning events of a namespace, or of the whole cluster. */
export const warningsPath = (namespace?: string): ApiPath =>
  apiPath`/api/v1/${namespace === undefined ? ['events'] : ['namespaces', namespace, 'events']}?fieldSelector=type%3DWarning`;

/** The discovery of one group version: k8s.io/apimachinery, pkg/apis/meta/v1/types.go. */
export const resourceList = object({
  kind: string,
  resources: list(object({ name: string, kind: string, namespaced: boolean, verbs: list(string) })),
});

/** What kube-apiserver serves at `/apis` to who accepts `aggregatedDiscovery`: k8s.io/api, apidiscovery/v2/types.go; from 1.30 on. */
export const groupDiscoveryList = object({
  items: list(
    object({
      metadata: object({ name: string }),
      versions: list(object({ version: string, freshness: string, resources: list(object({ resource: string })) })),
    }),
  ),
});
export const aggregatedDiscovery = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
