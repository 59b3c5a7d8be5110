import { apiPath } from '../../api-path.ts';
import { object } from '../../decode.ts';
import { installs } from '../../distributions/provider.ts';
import type { Ask, BackendPod, Owners } from '../../model.ts';
import { ownerOf } from '../../owners/index.ts';
import { issuerOf } from '../../owners/issuer.ts';
import { distribution } from '../cluster/distribution.ts';
import { fact, maybe } from '../engine/declare.ts';
import { type KubernetesObject, list, metadata } from '../shared/kubernetes.ts';
import { marksOf } from '../shared/marks.ts';
import { apiServiceObjects, apiservice } from './apiservice.ts';
import { backendPods } from './backend-pods.ts';
import { firstFailure } from './first-failure.ts';
import { product } from './product.ts';
import { service } from './service.ts';

/** Looked for where it fails: then something of it may be changed. */
export const owners = fact({
  name: 'owners',
  of: apiservice,
  needs: {
    firstFailure,
    objects: apiServiceObjects,
    service: maybe(service),
    pods: maybe(backendPods),
    product: maybe(product),
    distribution,
  },
  read: async ({ firstFailure, objects, service, pods, product, distribution }, ask, one) => {
    const {
      name,
      service: { namespace, name: serviceName },
    } = one;
    const own = objects.find((object) => object.metadata?.name === name);
    const pod = firstFailure && pods.ok ? pods.value?.[0] : undefined;
    const behind = service.ok && service.value?.service.ok ? service.value.service.value : null;
    const workload = pod ? await workloadOf(ask, namespace, pod) : null;
    const around = { ...installs(distribution), name: serviceName };
    const of = (object: KubernetesObject | null | undefined) => (object ? ownerOf(marksOf(object), around) : null);
    const ofPod = pod && ownerOf({ labels: pod.labels, annotations: {}, managers: [], owners: pod.owner ? [pod.owner] : [] }, around);
    const found = { workload: of(workload) ?? ofPod ?? null, service: of(behind), apiService: of(own) };
    const installed = found.workload ?? found.service ?? found.apiService;
    const value: Owners = {
      workload: installed,
      service: found.service ?? installed,
      apiService: found.apiService ?? installed,
      certificate: issuerOf(one, installed, product.ok ? product.value : null),
    };
    return { ok: true, value };
  },
});

const resources: Readonly<Record<string, string>> = { ReplicaSet: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' };
/** What makes the pod, whatever of it may be read. A ReplicaSet is called after its Deployment. */
async function workloadOf(ask: Ask, namespace: string, { owner }: BackendPod): Promise<KubernetesObject | null> {
  const [kind = '', name = ''] = (owner ?? '').split('/');
  const resource = resources[kind];
  if (!resource) return null;
  const all = await list(ask, apiPath`/apis/apps/v1/namespaces/${namespace}/${resource}`, object({ metadata: object(metadata) }));
  const made = kind === 'ReplicaSet' ? name.replace(/-[^-]*$/, '') : name;
  return (all.ok && all.value.find((one) => one.metadata?.name === made)) || null;
}
