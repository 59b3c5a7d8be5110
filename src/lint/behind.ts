/** What an APIService leads to in the manifests: its Service, the port, and the workloads whose pods answer there. */
import { intOrString, list, map, number, object, string } from '../decode.ts';
import { isOf } from '../manifests/name.ts';
import { type Container, selects, serving, type Workload, workloadsIn } from '../manifests/workloads.ts';
import type { ApiService, ManifestObject } from '../model.ts';

const serviceObject = object({
  spec: object({ selector: map(string), ports: list(object({ name: string, port: number, targetPort: intOrString })) }),
});

export interface Behind {
  readonly service: ManifestObject;
  /** The port of the Service, and where it is among its ports; null: there is none of this number. */
  readonly port: { readonly index: number; readonly targetPort: number | string } | null;
  /** [] also where the manifests do not hold what the Service selects. */
  readonly workloads: readonly Workload[];
}

/** null: the manifests do not hold the Service. */
export function behind(
  { service: { namespace, name, port } }: Pick<ApiService, 'service'>,
  manifests: readonly ManifestObject[],
): Behind | null {
  const service = manifests.find((one) => isOf(one, '', 'Service') && one.namespace === namespace && one.name === name);
  if (!service) return null;
  const { selector = {}, ports = [] } = serviceObject(service.value)?.spec ?? {};
  const index = ports.findIndex((one) => one.port === port);
  return {
    service,
    port: index < 0 ? null : { index, targetPort: ports[index]?.targetPort ?? port },
    workloads: workloadsIn(manifests).filter((one) => one.object.namespace === namespace && selects(selector, one)),
  };
}

/** Command and arguments, as one list. */
export const wordsOf = ({ command = [], args = [] }: Container): readonly string[] => [...command, ...args];

/** The number of the pods' port; null: no container has one of this name. */
export const numberOf = (workload: Workload, targetPort: number | string): number | null =>
  typeof targetPort === 'number'
    ? targetPort
    : (serving(workload)
        .flatMap(({ ports = [] }) => ports)
        .find(({ name }) => name === targetPort)?.containerPort ?? null);
