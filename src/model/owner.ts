/** Who keeps an object of a cluster as it is. Plain, immutable data. */

/** Those whose objects are put back, or made again, from elsewhere; a Helm release: with its next upgrade only. */
type OwnerKind =
  | 'Argo CD'
  | 'Flux Kustomization'
  | 'Flux HelmRelease'
  | 'Config Sync'
  | 'OLM'
  | 'EKS add-on'
  | 'AKS add-on'
  | 'GKE add-on'
  | 'addon manager'
  | 'k3s manifest'
  | 'HelmChart'
  | 'Helm release'
  | 'cert-manager'
  | 'service CA'
  | 'rotator'
  | 'product'
  | 'operator';
export interface Owner {
  readonly kind: OwnerKind;
  /** Of the application, release, add-on or owning object (`KIND/NAME`). */
  readonly name: string;
  /** null: it has none, or nothing tells. */
  readonly namespace: string | null;
  /** Of a product: the Helm release by which it is installed. */
  readonly release?: Owner;
}

/** The owners of what serves an APIService: of each object, or where it shows none, of what it is installed with. */
export interface Owners {
  readonly workload: Owner | null;
  readonly service: Owner | null;
  readonly apiService: Owner | null;
  /** Who issues the serving certificate and writes its CA to `spec.caBundle`. */
  readonly certificate: Owner | null;
}
