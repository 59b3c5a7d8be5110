import { ago, asking, autoscaler } from '../../../test/checks/autoscalers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { healthy } from '../../../test/support/facts.ts';

const lacks = autoscaler('custom.metrics.k8s.io', 'not-served');
const [one] = healthy.apiServices;
const registered = (group: string) => ({
  apiServices: [...healthy.apiServices, { ...(one as NonNullable<typeof one>), name: `v1beta1.${group}`, group }],
});

export const unrecorded = 'needs an autoscaler of a metric that nobody serves, beside a metrics API that is registered';
export const rows: readonly Row[] = [
  ['nobody complains', {}, 'passed'],
  ['the API is registered: the metric is not known there', { ...registered('custom.metrics.k8s.io'), ...asking(lacks) }, 'passed'],
  ['settling', asking({ ...lacks, since: ago(30) }), 'passed'],
  ['an error of a provider', asking({ ...lacks, kind: 'provider' }), 'passed'],
  [
    'no APIService for it',
    { ...registered('metrics.k8s.io'), ...asking(lacks) },
    [
      {
        says: 'no APIService registers `custom.metrics.k8s.io`: shop/web.',
        evidence: ['not-served', 'metrics APIs that are registered: metrics.k8s.io'],
        fix: 'an adapter such as prometheus-adapter',
      },
    ],
  ],
  [
    'two APIs',
    asking(lacks, { ...lacks, name: 'shop/api', api: 'external.metrics.k8s.io' }),
    [{ says: '`custom.metrics.k8s.io`' }, { says: '`external.metrics.k8s.io`', fix: 'KEDA' }],
  ],
];
