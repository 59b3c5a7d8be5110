/** Which product serves an APIService, and how its certificate is issued again. Pure. */
import type { ApiService, BackendPod, Command } from '../model.ts';
import { sh } from '../sh.ts';
import { antrea } from './antrea.ts';
import { calico } from './calico.ts';
import { datadog } from './datadog.ts';
import { karmada } from './karmada.ts';
import { keda } from './keda.ts';
import { kubevirt } from './kubevirt.ts';
import { kueue } from './kueue.ts';
import { linkerdTap } from './linkerd-tap.ts';
import { metricsServer } from './metrics-server.ts';
import { packageServer } from './olm.ts';
import type { Marks, Product, Workload } from './product.ts';
import { prometheusAdapter } from './prometheus-adapter.ts';
import { rancher } from './rancher.ts';

export const products: readonly Product[] = [
  metricsServer,
  keda,
  prometheusAdapter,
  datadog,
  kueue,
  kubevirt,
  packageServer,
  linkerdTap,
  calico,
  antrea,
  rancher,
  karmada,
];

type Served = Pick<ApiService, 'group' | 'service' | 'labels' | 'managers'>;
type Pods = readonly Pick<BackendPod, 'labels' | 'containers'>[] | null | undefined;

/** The product behind an APIService; null: nothing tells, or too little. */
export const productOf = (apiService: Served, pods: Pods): Product | null =>
  products.find(({ marks }) =>
    'ownGroups' in marks ? marks.ownGroups.includes(apiService.group) : agree(marks, apiService, pods ?? []) >= 2,
  ) ?? null;

/** How many of the marks are there. */
function agree(
  marks: Exclude<Marks, { ownGroups: unknown }>,
  { group, service, labels, managers }: Served,
  pods: NonNullable<Pods>,
): number {
  const all = [labels, ...pods.map((pod) => pod.labels)].flatMap((one) => Object.entries(one).map(([key, value]) => `${key}=${value}`));
  const images = pods.flatMap(({ containers }) => containers.map(({ image }) => `/${repositoryOf(image)}`));
  return [
    marks.sharedGroups.includes(group),
    marks.service.test(service.name),
    marks.images.some((image) => images.some((one) => one.endsWith(`/${image}`))),
    marks.labels.some((label) => all.includes(label)),
    managers.caBundle.some(({ name }) => marks.managers?.includes(name)),
  ].filter(Boolean).length;
}
/** Without digest and tag; a registry may have a port. */
const repositoryOf = (image: string): string => image.replace(/@.*$/, '').replace(/:[^/]*$/, '');

export const productNamed = (name: string): Product | null => products.find((one) => one.name === name) ?? null;

/** Restarts what issues its certificate, then what serves it. */
const restartOf = ({ restart }: Product, namespace: string): readonly Command[] =>
  restart.map((workload: Workload) =>
    'name' in workload
      ? sh`kubectl -n ${namespace} rollout restart deployment/${workload.name}`
      : sh`kubectl -n ${namespace} rollout restart deployment --selector=${workload.selector}`,
  );

/** Shows whether what issues the certificate runs at all. */
const issuersOf = ({ certificate }: Product, namespace: string): readonly Command[] =>
  certificate.by === 'product' ? [sh`kubectl -n ${namespace} get deployments`] : [];

/** Shows the certificate in its Secret, if that has a fixed name. */
const show = ({ certificate: { secret } }: Product, namespace: string): readonly Command[] =>
  secret === null
    ? []
    : [sh`kubectl -n ${namespace} get secret ${secret} -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -subject -dates`];

/** The fix of a server that copies ConfigMap extension-apiserver-authentication once, when the copy is old; null: it follows the ConfigMap, or nobody knows it. */
export const copied = (product: Product | null | undefined, namespace: string) =>
  product?.readsTrustAtStart
    ? {
        text: `${product.name.replace(/^t/, 'T')} reads ConfigMap \`extension-apiserver-authentication\` only when it starts. Restart it:`,
        commands: restartOf(product, namespace),
      }
    : null;

/** The fix where kubelet does not find the Secret that the product itself fills; null: `message` is about something else. */
export const provided = (product: Product | null | undefined, message: string, namespace: string) =>
  product?.certificate.by === 'product' &&
  product.certificate.secret !== null &&
  message.includes(`"${product.certificate.secret}" not found`)
    ? {
        text: `${product.name.replace(/^t/, 'T')} provides the missing Secret: ${product.certificate.renewal}:`,
        commands: [...issuersOf(product, namespace), ...restartOf(product, namespace)],
      }
    : null;

/** How its serving certificate is issued again, as a sentence that ends in `:`, and the commands. */
export const renewalOf = (product: Product, namespace: string) => ({
  text: `${product.certificate.renewal}:`,
  commands: [...show(product, namespace), ...issuersOf(product, namespace), ...restartOf(product, namespace)],
});

/** The setting without which the product serves no such group; of any adapter, where nobody knows which one it is. */
export const configurationOf = (product: Product | null | undefined, group: string): string | null =>
  (product ?? prometheusAdapter).configuredGroups?.[group] ?? null;

/** How long before its end the serving certificate is renewed, where that is later than the default warning; undefined: nothing tells. */
export const renewedBefore = (apiService: Pick<ApiService, 'group' | 'labels'>): number | undefined =>
  'olm.owner' in apiService.labels
    ? packageServer.certificate.renewedBefore
    : products.find(({ marks }) => 'ownGroups' in marks && marks.ownGroups.includes(apiService.group))?.certificate.renewedBefore;
