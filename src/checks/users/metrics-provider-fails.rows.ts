import { ago, asking, autoscaler, serving } from '../../../test/checks/autoscalers.ts';
import { differs } from '../../../test/checks/differing.ts';
import { request } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { answers, unavailable } from '../../../test/support/facts.ts';
import type { DependencyError } from '../../model.ts';

const group = 'external.metrics.k8s.io';
const external = serving(group);
const fails = asking(autoscaler(group, 'provider', { text: 'Internal error occurred: unable to fetch metrics' }));
const logs = (kind: DependencyError['kind']) => ({ providerDependency: { kind, pod: 'keda/adapter-1', text: 'its line' } });

export const rows: readonly Row[] = [
  ['no API of metrics', {}, 'inapplicable'],
  ['nobody complains', external, 'passed'],
  ['settling', { ...external, ...asking(autoscaler(group, 'unserved', { since: ago(119) })) }, 'passed'],
  ['the pods have no request for CPU, so nothing is complained of', { ...serving('metrics.k8s.io'), ...asking() }, 'passed'],
  ['no such metric', { ...external, ...asking(autoscaler(group, 'no-such-metric')) }, 'passed'],
  ['another API', { ...serving('metrics.k8s.io'), ...fails }, 'passed'],
  [
    'the API is down',
    { ...unavailable('MissingEndpoints', '', { name: `v1beta1.${group}`, group, version: 'v1beta1' }), ...fails },
    'passed',
  ],
  ['a share of all requests fails', { ...external, ...fails, ...differs([answers(200), answers(503)]) }, 'passed'],
  [
    'an error of the provider',
    { ...external, ...fails },
    [
      {
        says: 'the provider behind Service `wardle/api` returns an error: shop/web.',
        evidence: ['unable to fetch metrics'],
        fix: 'Its log has the cause',
      },
    ],
  ],
  [
    '503 of an API that is available',
    { ...external, ...asking(autoscaler(group, 'unserved')) },
    [{ says: 'although `v1beta1.external.metrics.k8s.io` is available' }],
  ],
  [
    'KEDA without its operator, by what it answers',
    { ...external, ...asking(autoscaler(group, 'keda-operator', { ofKeda: true })) },
    [{ says: "KEDA's adapter does not reach its operator", command: 'kubectl -n wardle get deployments,pods -l app=keda-operator' }],
  ],
  [
    'KEDA without its operator, by its log',
    { ...external, ...asking(autoscaler(group, 'unserved', { ofKeda: true })), ...logs('keda-operator') },
    [{ says: "KEDA's adapter does not reach its operator", evidence: ['no metrics: unserved', 'log of `keda/adapter-1`: `its line`'] }],
  ],
  [
    'prometheus-adapter without Prometheus',
    { ...external, ...fails, ...logs('prometheus') },
    [{ says: 'does not reach Prometheus', fix: '--prometheus-url' }],
  ],
  ['no autoscaler, and a sound answer', { ...external, ...request({ status: 404 }), ...logs('prometheus') }, 'passed'],
  ['no autoscaler, and an error that nothing explains', { ...external, ...request({ status: 500 }) }, 'passed'],
  [
    'no autoscaler, and the request of aggctl fails',
    { ...external, ...request({ status: 500, text: 'Internal error occurred: unable to fetch metrics' }), ...logs('prometheus') },
    [{ says: 'Requests for metrics of `external.metrics.k8s.io` fail', evidence: ['500 `Internal error', 'its line'] }],
  ],
  [
    'no autoscaler, and no answer',
    { ...external, ...request({ status: null, text: 'no answer within 10 s' }), ...logs('keda-operator') },
    [{ evidence: ['no answer within 10 s', 'its line'] }],
  ],
];
