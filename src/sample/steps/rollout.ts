/** The Deployment and its Service; watched until the pod is ready. */
import { list } from '../../facts/kubernetes.ts';
import type { Outcome } from '../../model.ts';
import { pathOf } from '../paths.ts';
import { podLabels } from '../plan.ts';
import { notReady, type Pod, type PodEvent, sayings } from '../pod-progress.ts';
import { applied, done, failed, late, read, type SampleStep } from '../step.ts';

export const rollout: SampleStep = {
  id: 'rollout',
  title: 'Run the sample API server and its etcd, behind a Service',
  proves: 'the pod runs, answers /readyz over TLS, and the Service leads to it',
  hop: 'Service and pod',
  async *run(hands, { plan, objects: { deployment, service } }) {
    const made = yield* applied(hands, [service, deployment]);
    if (!made.done) return made;
    const inside = `/api/v1/namespaces/${plan.namespace}`;
    const selector = encodeURIComponent(
      Object.entries(podLabels)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
    );
    const told = new Set<string>();
    for (;;) {
      const [own, pods, events] = await Promise.all([
        read(hands.source, pathOf(deployment)),
        list<Pod>(hands.source, `${inside}/pods?labelSelector=${selector}`),
        list<PodEvent>(hands.source, `${inside}/events`),
      ]);
      const current = pods.ok ? pods.value.filter(({ metadata }) => !metadata.deletionTimestamp) : [];
      for (const saying of sayings(current, events.ok ? events.value : [])) {
        if (!told.has(saying)) yield saying;
        told.add(saying);
      }
      if (own.ok && isComplete(own.value)) break;
      const stuck = notReady(own.ok ? own.value : null, current);
      if (stuck.final) return failed(`The pod cannot start: ${stuck.why}`);
      if (!(await hands.pause())) return late(`The pod is not ready: ${stuck.why}`) satisfies Outcome;
    }
    yield `pod is ready: both containers run, and ${plan.port} answers /readyz`;
    return done;
  },
};

/** As `kubectl rollout status` judges (k8s.io/kubectl v0.37.2, pkg/polymorphichelpers/rollout_status.go). */
// biome-ignore lint/suspicious/noExplicitAny: a Deployment as JSON.
function isComplete(deployment: any): boolean {
  const { metadata, spec, status } = deployment ?? {};
  if (!status || (status.observedGeneration ?? 0) < metadata.generation) return false;
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0 } = status;
  return updatedReplicas >= spec.replicas && replicas <= updatedReplicas && availableReplicas >= updatedReplicas;
}
