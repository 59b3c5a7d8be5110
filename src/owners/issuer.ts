/** Who issues the serving certificate of an APIService and writes its CA to `spec.caBundle`. Pure. */
import type { ApiService, Owner } from '../model.ts';
import type { Product } from '../products/product.ts';

interface Injector {
  /** Of the annotation. */
  readonly key: RegExp;
  readonly who: string;
  readonly ownerOf: (value: string, service: ApiService['service']) => Owner;
}
/** `NAMESPACE/NAME` of an object, as `KIND/NAME`; without a name nothing tells which. */
const certManager =
  (kind: string): Injector['ownerOf'] =>
  (value) => {
    const [namespace = '', name] = value.split('/');
    return { kind: 'cert-manager', name: name ? `${kind}/${name}` : '', namespace: name ? namespace : null };
  };
const injectors: readonly Injector[] = [
  // https://cert-manager.io/docs/concepts/ca-injector/
  { key: /^cert-manager\.io\/inject-ca-from$/, who: "cert-manager's cainjector", ownerOf: certManager('certificate') },
  { key: /^cert-manager\.io\/inject-ca-from-secret$/, who: "cert-manager's cainjector", ownerOf: certManager('secret') },
  { key: /^cert-manager\.io\/inject-apiserver-ca$/, who: "cert-manager's cainjector", ownerOf: certManager('certificate') },
  // https://docs.openshift.com/container-platform/4.17/security/certificates/service-serving-certificate.html
  {
    key: /^service\.(?:beta|alpha)\.openshift\.io\/inject-cabundle$/,
    who: "OpenShift's service-ca operator",
    ownerOf: (_, { namespace, name }) => ({ kind: 'service CA', name, namespace }),
  },
];

/** The annotation that asks a controller to inject the caBundle, and that controller; null: there is none. */
export function injectorOf({ annotations, service }: Pick<ApiService, 'annotations' | 'service'>): {
  readonly who: string;
  readonly key: string;
  readonly value: string;
  readonly owner: Owner;
} | null {
  for (const [key, value] of Object.entries(annotations)) {
    const found = injectors.find((one) => one.key.test(key));
    if (found) return { who: found.who, key, value, owner: found.ownerOf(value, service) };
  }
  return null;
}

/** Programs through which a person writes an object. */
const byHand = /^(?:kubectl\b.*|oc|k9s|lens|openlens|headlamp|curl|node-fetch|mozilla|go-http-client|unknown|before-first-apply)$/i;

/**
 * By its annotation, else what its product says, else by who last wrote `spec.caBundle` and nothing else of `spec`, as a controller does that
 * patches it in (open-policy-agent/cert-controller, pkg/rotator/rotator.go); else whoever it is installed with.
 */
export function issuerOf(
  apiService: Pick<ApiService, 'annotations' | 'service' | 'managers'>,
  installed: Owner | null,
  product: Product | null,
): Owner | null {
  const { service, managers } = apiService;
  const injector = injectorOf(apiService);
  if (injector) return injector.owner;
  // That manager issues the certificates of all APIServices that it installs.
  if (product?.certificate.by === 'product') return installed?.kind === 'OLM' ? installed : ofProduct(product, service, null);
  const last = managers.caBundle.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]?.name;
  const alone = last !== undefined && !byHand.test(last) && ![...managers.service, ...managers.release].some(({ name }) => name === last);
  if (alone) return { kind: 'rotator', name: last, namespace: service.namespace };
  const release = installed?.kind === 'Helm release' ? installed : null;
  const installs = product && (release || (product.certificate.by === 'installer' && !installed));
  return installs ? ofProduct(product, service, release) : installed;
}
const ofProduct = ({ name }: Product, { namespace }: ApiService['service'], release: Owner | null): Owner => ({
  kind: 'product',
  name,
  namespace,
  ...(release && { release }),
});
