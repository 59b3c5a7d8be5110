import { blind, controller, forbidden, metricsApi, unfetched } from '../../../test/checks/autoscalers.ts';
import type { Row } from '../../../test/checks/row.ts';

const external = 'external.metrics.k8s.io';
const of = (user: string, group = external, since?: number) => ({
  ...metricsApi(group),
  autoscalersWithoutMetrics: [blind(forbidden(user, group), group, since)],
});

/** No recording of ours has an autoscaler. */
export const unrecorded = 'the lab runs no kube-controller-manager with autoscalers; rows take the texts of the programs';

export const rows: readonly Row[] = [
  ['no autoscaler complains', metricsApi(external), 'passed'],
  ['it has just begun', of(controller, external, 30_000), 'passed'],
  [
    'the API is another',
    { ...metricsApi('custom.metrics.k8s.io'), ...{ autoscalersWithoutMetrics: of(controller).autoscalersWithoutMetrics } },
    'passed',
  ],
  [
    "the controller's ServiceAccount may not list",
    of(controller),
    [
      {
        says: 'no ClusterRole lets ServiceAccount `kube-system/horizontal-pod-autoscaler` list `external.metrics.k8s.io`: shop/web.',
        at: { object: 'HorizontalPodAutoscaler shop/web', field: 'status.conditions[ScalingActive]' },
        evidence: 'is forbidden: User',
        fix: 'keda-external-metrics-reader',
        command: '"resource":"queue"',
        aspect: null,
      },
    ],
  ],
  [
    'on GKE the controller is a user',
    of('system:vpa-recommender', 'metrics.k8s.io'),
    [{ says: 'no ClusterRole lets user `system:vpa-recommender`' }],
  ],
  [
    'a binding names a ClusterRole that does not exist',
    {
      ...metricsApi(external),
      autoscalersWithoutMetrics: [
        blind(`${forbidden(controller)}: RBAC: clusterrole.rbac.authorization.k8s.io "external-metrics" not found`, external),
      ],
    },
    [{ evidence: ['is forbidden', 'ClusterRole `external-metrics`, which does not exist'] }],
  ],
  [
    'the name of the controller is lost',
    of('system:anonymous'),
    [
      {
        says: 'sees the controller as `system:anonymous`',
        fix: 'Grant no rights to `system:anonymous`',
        command: 'aggctl certs',
        aspect: 'identity',
      },
    ],
  ],
  [
    'the provider accepts nobody',
    { ...metricsApi(external), autoscalersWithoutMetrics: [blind(unfetched('Unauthorized', external), external)] },
    [{ says: 'does not accept the controller (401)', aspect: 'identity' }],
  ],
];
