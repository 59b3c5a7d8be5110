import { apiPath } from '../../api-path.ts';
import type { Ask, BackendPod, ComplaintKind, Observed } from '../../model.ts';
import { autoscalersWithoutMetrics } from '../cluster/autoscalers-without-metrics.ts';
import { fact, maybe } from '../engine/declare.ts';
import { known } from '../shared/observed.ts';
import { apiservice } from './apiservice.ts';
import { firstFailure } from './first-failure.ts';
import { nodesWithMetrics } from './nodes-with-metrics.ts';
import { readPods } from './pods.ts';
import { service } from './service.ts';
import { userRequest } from './user-request.ts';

export interface ProviderLog {
  /** `NAMESPACE/NAME`. */
  readonly pod: string;
  readonly text: string;
}
/** What the log of a provider may explain. */
const explained: readonly ComplaintKind[] = ['no-pod-metrics', 'unserved', 'keda-operator', 'provider'];
/** Replicas say the same; so many lines hold the last minutes of one that complains. */
const mostPods = 2;
const tailLines = 50;

/** The ends of the logs behind an API of metrics that serves and still leaves somebody without; [] where nobody had reason to look, or none may be read. */
export const providerLogs = fact({
  name: 'providerLogs',
  of: apiservice,
  internal: true,
  needs: {
    firstFailure,
    service: maybe(service),
    autoscalers: maybe(autoscalersWithoutMetrics),
    nodes: maybe(nodesWithMetrics),
    request: maybe(userRequest),
  },
  read: async ({ firstFailure, service, autoscalers, nodes, request }, ask, one): Promise<Observed<readonly ProviderLog[]>> => {
    const complains = autoscalers.ok && autoscalers.value.some(({ api, kind }) => api === one.group && explained.includes(kind));
    const lacks = nodes.ok && (nodes.value?.missing.length ?? 0) > 0;
    const fails = /(?:^|\.)metrics\.k8s\.io$/.test(one.group) && request.ok && request.value?.fails === true;
    const behind = service.ok && service.value?.service.ok ? service.value.service.value : null;
    if (firstFailure || !behind || !(complains || lacks || fails)) return known([]);
    const pods = await readPods(ask, one.service.namespace, behind);
    return known(
      pods.ok
        ? await readLogs(
            ask,
            one.service.namespace,
            pods.value.filter(({ ready }) => ready),
          )
        : [],
    );
  },
});

async function readLogs(ask: Ask, namespace: string, pods: readonly BackendPod[]): Promise<readonly ProviderLog[]> {
  const each = await Promise.all(
    pods.slice(0, mostPods).map(async ({ name, containers: [first] }) => {
      if (!first) return [];
      const path = apiPath`/api/v1/namespaces/${namespace}/pods/${name}/log?container=${first.name}&tailLines=${tailLines}`;
      const answer = await ask({ kind: 'api', method: 'GET', path });
      return answer.ok && answer.value.status === 200 ? [{ pod: `${namespace}/${name}`, text: answer.value.text }] : [];
    }),
  );
  return each.flat();
}
