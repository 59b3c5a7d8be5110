/** What runs in pods, of the kinds that make them: where the specification of the pods is, and what of it is read. */
import { anything, boolean, type Decoded, intOrString, isObject, list, map, number, object, string } from '../decode.ts';
import type { ManifestObject } from '../model.ts';

const probe = object({
  httpGet: object({ port: intOrString }),
  tcpSocket: object({ port: intOrString }),
  grpc: object({ port: number }),
  exec: anything,
});
/** k8s.io/api, core/v1/types.go. */
const container = object({
  name: string,
  command: list(string),
  args: list(string),
  ports: list(object({ name: string, containerPort: number })),
  readinessProbe: probe,
  restartPolicy: string,
});
const secret = object({ secretName: string, name: string, optional: boolean });
const podSpec = object({
  serviceAccountName: string,
  hostNetwork: boolean,
  containers: list(container),
  initContainers: list(container),
  volumes: list(object({ secret, projected: object({ sources: list(object({ secret })) }) })),
});
export type Container = Decoded<typeof container>;
/** The pods of one workload, or one Pod. */
export interface Workload {
  readonly object: ManifestObject;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: Decoded<typeof podSpec>;
  /** The field of `object` that is the pods' `spec`, and all of that. */
  readonly field: string;
  readonly pods: unknown;
}

/** Of Jobs the pods end. All else with a template keeps its pods, whoever defined it. */
const endsItsPods = /^(?:Job|PodTemplate)$/;
const made = object({ spec: object({ template: anything }) });
const pod = object({ metadata: object({ labels: map(string) }), spec: podSpec });

export function workloadsIn(manifests: readonly ManifestObject[]): readonly Workload[] {
  return manifests.flatMap((one): Workload[] => {
    if (one.apiVersion === 'v1' && one.kind === 'Pod') return workload(one, one.value, 'spec');
    return endsItsPods.test(one.kind) ? [] : workload(one, made(one.value)?.spec?.template, 'spec.template.spec');
  });
}
function workload(object: ManifestObject, template: unknown, field: string): Workload[] {
  const { metadata, spec } = pod(template) ?? {};
  return spec?.containers && isObject(template) ? [{ object, labels: metadata?.labels ?? {}, spec, field, pods: template.spec }] : [];
}

/** Whether a Service with this selector sends requests to them: k8s.io/endpointslice, reconciler.go, v0.37.2. One without selects nothing. */
export const selects = (selector: Readonly<Record<string, string>>, { labels }: Workload): boolean =>
  Object.keys(selector).length > 0 && Object.entries(selector).every(([key, value]) => labels[key] === value);

/** Those whose ports count: init containers that keep running do, too (k8s.io/endpointslice, utils.go, findPort, v0.37.2). */
export const serving = ({ spec: { containers = [], initContainers = [] } }: Workload): readonly Container[] => [
  ...containers,
  ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always'),
];
