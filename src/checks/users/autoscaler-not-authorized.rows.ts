import { ago, asking, autoscaler, serving } from '../../../test/checks/autoscalers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unavailable } from '../../../test/support/facts.ts';
import type { Refusal } from '../../model.ts';

const group = 'external.metrics.k8s.io';
const controller = 'system:serviceaccount:kube-system:horizontal-pod-autoscaler';
const refusal = { user: controller, verb: 'list', resource: 'queue', namespace: 'shop', missingRole: null };
const refused = (change: Partial<Refusal> = {}, api = group) => autoscaler(api, 'forbidden', { refused: { ...refusal, ...change } });
const external = serving(group);

export const unrecorded = 'needs a kube-controller-manager whose own ClusterRole was changed; the text is recorded upstream';
export const rows: readonly Row[] = [
  ['no API of metrics', {}, 'inapplicable'],
  ['nobody complains', external, 'passed'],
  ['of another API', { ...external, ...asking(refused({}, 'metrics.k8s.io')) }, 'passed'],
  ['settling', { ...external, ...asking({ ...refused(), since: ago(100) }) }, 'passed'],
  ['the API has just come back', { ...serving(group, ago(60)), ...asking(refused()) }, 'passed'],
  ['a provider without the metric', { ...external, ...asking(autoscaler(group, 'no-such-metric')) }, 'passed'],
  [
    'the API is down, too',
    { ...unavailable('MissingEndpoints', '', { name: `v1beta1.${group}`, group, version: 'v1beta1' }), ...asking(refused()) },
    'passed',
  ],
  [
    'external metrics',
    { ...external, ...asking(refused()) },
    [
      {
        says: 'no ClusterRole lets ServiceAccount `kube-system/horizontal-pod-autoscaler` list `external.metrics.k8s.io`: shop/web.',
        at: { object: 'HorizontalPodAutoscaler shop/web', field: 'status.conditions[ScalingActive]' },
        evidence: ['no metrics: forbidden'],
        command: '"verb":"list","group":"external.metrics.k8s.io","resource":"queue","namespace":"shop"',
        fix: 'keda-external-metrics-reader',
        aspect: null,
      },
    ],
  ],
  [
    'pods metrics, several autoscalers',
    {
      ...serving('custom.metrics.k8s.io'),
      ...asking(refused({ verb: 'get', resource: 'pods/requests' }, 'custom.metrics.k8s.io'), {
        ...refused({ verb: 'get', resource: 'pods/requests' }, 'custom.metrics.k8s.io'),
        name: 'shop/api',
      }),
    },
    [
      {
        says: '2 HorizontalPodAutoscalers get no metrics',
        command: '"verb":"get","group":"custom.metrics.k8s.io","resource":"pods","subresource":"requests","namespace":"shop"',
      },
    ],
  ],
  [
    'resource metrics: the ClusterRole is the one of Kubernetes',
    { ...serving('metrics.k8s.io'), ...asking(refused({ resource: 'pods' }, 'metrics.k8s.io')) },
    [
      {
        fix: 'ClusterRole system:controller:horizontal-pod-autoscaler',
        command:
          'kubectl create clusterrolebinding horizontal-pod-autoscaler-metrics.k8s.io --clusterrole=horizontal-pod-autoscaler-metrics.k8s.io --serviceaccount=kube-system:horizontal-pod-autoscaler',
      },
    ],
  ],
  [
    'a controller without a ServiceAccount of its own',
    { ...external, ...asking(refused({ user: 'system:kube-controller-manager' })) },
    [{ says: 'lets user `system:kube-controller-manager` list', command: '--user=system:kube-controller-manager' }],
  ],
  [
    'a binding to nothing',
    { ...external, ...asking(refused({ missingRole: 'external-metrics-reader' })) },
    [{ evidence: ['no metrics: forbidden', 'a binding names ClusterRole `external-metrics-reader`, which does not exist'] }],
  ],
  [
    'the name is lost: no rights for anonymous',
    { ...external, ...asking(refused({ user: 'system:anonymous' })) },
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
    '401',
    { ...external, ...asking(autoscaler(group, 'rejected')) },
    [{ says: 'does not accept the controller (401)', aspect: 'identity' }],
  ],
];
