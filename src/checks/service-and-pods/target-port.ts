/** The pod's port behind the Service's port. */
import type { ApiService, Backend, BackendContainer, BackendPod, BackendService } from '../../model.ts';

export type ServicePort = BackendService['ports'][number];
/** The Service's port in the APIService. */
export const portOf = ({ service }: ApiService, backend: Backend | null): ServicePort | null =>
  backend?.service?.ports.find(({ port }) => port === service.port) ?? null;

/** The number of the port in this pod; null if it has no port with that name. */
export const numberIn = ({ containers }: BackendPod, { targetPort }: ServicePort): number | null =>
  typeof targetPort === 'number'
    ? targetPort
    : (containers.flatMap(({ ports }) => ports).find(({ name }) => name === targetPort)?.port ?? null);

/** The value of `--secure-port`, a flag of every extension API server built with k8s.io/apiserver. */
export function securePort({ words }: Pick<BackendContainer, 'words'>): number | null {
  const text = words.join(' ');
  const said = /(?:^|\s)--secure-port[= ](\d+)(?=\s|$)/.exec(text)?.[1];
  return said === undefined ? null : Number(said);
}

/** Text for a container that kubelet probes at another port than `--secure-port`; null: it does not. */
export function probedElsewhere(container: BackendContainer): string | null {
  const listens = securePort(container);
  const { port } = container.readiness ?? {};
  const asked = typeof port === 'string' ? container.ports.find(({ name }) => name === port)?.port : port;
  if (listens === null || asked === undefined || asked === listens) return null;
  return `it listens on port \`${listens}\` (\`--secure-port\`), but its probes use port \`${asked}\``;
}
