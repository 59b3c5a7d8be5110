import { ago, asking, autoscaler, serving } from '../../../test/checks/autoscalers.ts';
import { serving as lists } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unavailable } from '../../../test/support/facts.ts';

const group = 'custom.metrics.k8s.io';
const custom = serving(group);
const lacks = asking(autoscaler(group, 'no-such-metric'));

export const unrecorded = 'needs an adapter with rules and a source; its texts are recorded upstream';
export const rows: readonly Row[] = [
  ['no API of metrics', {}, 'inapplicable'],
  ['nobody complains', custom, 'passed'],
  ['an adapter without rules that nobody needs', { ...custom, discovery: lists() }, 'passed'],
  ['settling', { ...custom, ...asking(autoscaler(group, 'no-samples', { since: ago(60) })) }, 'passed'],
  ['forbidden', { ...custom, ...asking(autoscaler(group, 'forbidden')) }, 'passed'],
  [
    'the API is down',
    { ...unavailable('MissingEndpoints', '', { name: `v1beta1.${group}`, group, version: 'v1beta1' }), ...lacks },
    'passed',
  ],
  [
    'no such metric',
    { ...custom, ...lacks },
    [
      {
        says: 'the adapter does not have its metric: shop/web.',
        fix: 'prometheus-adapter: `rules`',
        command: 'kubectl get --raw /apis/custom.metrics.k8s.io/v1beta1',
      },
    ],
  ],
  ['a metric without values', { ...custom, ...asking(autoscaler(group, 'no-samples')) }, [{ says: 'has no value of its metric' }]],
  [
    'an adapter without rules',
    { ...custom, ...lacks, discovery: lists() },
    [{ says: 'lists no metric at all', evidence: ['no-such-metric', 'GET /apis/custom.metrics.k8s.io/v1beta1 lists no resources'] }],
  ],
  [
    'external metrics',
    { ...serving('external.metrics.k8s.io'), ...asking(autoscaler('external.metrics.k8s.io', 'not-served')) },
    [{ says: 'does not have its metric', fix: '`externalRules`' }],
  ],
];
