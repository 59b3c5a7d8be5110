/** What a service mesh puts before a pod. Plain, immutable data. */
export interface Sidecar {
  /** Its container, among those of the pod or, as a native sidecar, before them; or what the mesh calls it. */
  readonly proxies: readonly string[];
  /** The annotation that its injector sets on the pod, whatever the container is called. */
  readonly annotations: readonly string[];
  /** The annotation of the pod template by which a port is excluded; null: nothing that we could verify. */
  readonly excludes: string | null;
  /** The name that its proxy presents in a certificate. */
  readonly presents: RegExp;
}

/** Istio, Consul, Kuma: https://github.com/spiffe/spiffe/blob/main/standards/SPIFFE-ID.md. */
export const spiffe = /^spiffe:\/\//;
