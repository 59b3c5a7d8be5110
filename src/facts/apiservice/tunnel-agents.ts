import { apiPath } from '../../api-path.ts';
import type { FailureKind, Observed, TunnelAgents } from '../../model.ts';
import { fact } from '../engine/declare.ts';
import { list } from '../shared/kubernetes.ts';
import { apiservice } from './apiservice.ts';
import { failure } from './failure.ts';
import { readWorkloads } from './pod-trouble.ts';
import { podObject, readPod } from './read-pod.ts';

/**
 * konnectivity's agents, by the label that they have in the documentation of Kubernetes, in k0s (pkg/component/controller/konnectivityagent.go) and
 * on GKE; null: the failure is not the tunnel's, or nothing bears that label.
 */
export const tunnelAgents = fact({
  name: 'tunnelAgents',
  of: apiservice,
  needs: { failure },
  per: ({ failure }) => String(failure !== null && ofTunnel.includes(failure.signature)),
  read: async ({ failure }, ask): Promise<Observed<TunnelAgents | null>> => {
    if (failure === null || !ofTunnel.includes(failure.signature)) return { ok: true, value: null };
    const [pods, workloads] = await Promise.all([
      list(ask, apiPath`/api/v1/namespaces/kube-system/pods?labelSelector=${label}`, podObject),
      readWorkloads(ask, 'kube-system', label),
    ]);
    if (!pods.ok) return pods;
    // Where they may not be read, pods alone tell.
    const agents = { pods: pods.value.map((pod) => readPod(pod, 'kube-system')), workloads: workloads.ok ? workloads.value : [] };
    return { ok: true, value: agents.pods.length + agents.workloads.length > 0 ? agents : null };
  },
});

const label = 'k8s-app=konnectivity-agent';
const ofTunnel: readonly FailureKind[] = ['konnectivity', 'egress-tunnel', 'tunnel-closed'];
