/** The Deployment and its Service; watched until the pod is ready. */
import { apiPath } from '../../api-path.ts';
import { list } from '../../facts/shared/kubernetes.ts';
import type { Ask } from '../../model.ts';
import { nameOf, pathOf } from '../paths.ts';
import { podsPath } from '../pod.ts';
import { notReady, type Pod, type PodEvent, sayings } from '../pod-progress.ts';
import { applied, done, failed, late, read, refusal, type SampleStep, wholeObject } from '../step.ts';

export const rollout: SampleStep = {
  id: 'rollout',
  title: 'Run the sample API server and its etcd, behind a Service',
  proves: 'the pod starts, reaches its etcd, can watch what it needs, and answers /readyz over TLS',
  hop: 'pod and etcd',
  async *run(hands, { plan, objects: { deployment, service, apiService } }) {
    const exposed = yield* applied(hands, [service]);
    if (!exposed.done) return exposed;
    const before = await podsOf(hands.source, plan);
    const written = await hands.writer.apply(pathOf(deployment), deployment);
    if (!written.ok) return refusal(nameOf(deployment), written);
    yield `${nameOf(deployment)} ${written.did}`;
    // Skip the events of pods of an earlier Deployment.
    const old = written.did === 'unchanged' ? [] : before.map(({ metadata }) => metadata.name);
    const told = new Set<string>();
    for (;;) {
      const [own, pods, events] = await Promise.all([
        read(hands.source, pathOf(deployment)),
        podsOf(hands.source, plan),
        list(hands.source, apiPath`/api/v1/namespaces/${plan.namespace}/events`, wholeObject<PodEvent>()),
      ]);
      const current = pods.filter(({ metadata: { name, deletionTimestamp } }) => !deletionTimestamp && !old.includes(name));
      for (const saying of sayings(current, events.ok ? events.value : [])) {
        // Each attempt has its own port.
        const same = saying.replace(/:\d+/g, '');
        if (!told.has(same)) yield saying;
        told.add(same);
      }
      if (own.ok && isComplete(own.value)) break;
      const { why, inVain } = notReady(own.ok ? own.value : null, current);
      const ended = inVain ? failed(`The pod cannot start: ${why}`) : (await hands.pause()) ? null : late(`The pod is not ready: ${why}`);
      if (ended) return { ...ended, findings: (await hands.diagnose(apiService)).findings };
    }
    yield `pod is ready: both containers run, and port ${plan.port} answers /readyz`;
    return done;
  },
};

async function podsOf(source: Ask, plan: Parameters<typeof podsPath>[0]): Promise<readonly Pod[]> {
  const pods = await list(source, podsPath(plan), wholeObject<Pod>());
  return pods.ok ? pods.value : [];
}

/** As `kubectl rollout status` judges (k8s.io/kubectl v0.37.2, pkg/polymorphichelpers/rollout_status.go). */
// biome-ignore lint/suspicious/noExplicitAny: a Deployment as JSON.
function isComplete(deployment: any): boolean {
  const { metadata, spec, status } = deployment ?? {};
  if (!status || (status.observedGeneration ?? 0) < metadata.generation) return false;
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0 } = status;
  return updatedReplicas >= spec.replicas && replicas <= updatedReplicas && availableReplicas >= updatedReplicas;
}
