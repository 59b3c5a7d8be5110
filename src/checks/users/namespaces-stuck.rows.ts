import { apiService, dead, now } from '../../../test/checks/effects.ts';
import type { Row } from '../../../test/checks/row.ts';
import { answers, failing } from '../../../test/support/facts.ts';

const discovery =
  'Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: wardle.example.com/v1alpha1: stale GroupVersion discovery: wardle.example.com/v1alpha1';
const stuck = (name: string, text = discovery) => ({ name, since: new Date(now.getTime() - 7_200_000), text });

export const rows: readonly Row[] = [
  ['nothing fails', {}, 'passed'],
  ['nothing waits', dead, 'passed'],
  [
    'one waits for another API',
    { ...dead, stuckNamespaces: [stuck('ci-1', 'metrics.k8s.io/v1beta1: stale GroupVersion discovery')] },
    'passed',
  ],
  ['the API serves again', { ...failing(apiService, answers(200)), stuckNamespaces: [stuck('ci-1')] }, 'passed'],
  [
    'one waits',
    { ...dead, stuckNamespaces: [stuck('ci-1')] },
    [
      {
        says: 'A namespace cannot finish deleting while `v1alpha1.wardle.example.com` does not serve: ci-1.',
        evidence: 'ci-1, for 120m',
      },
    ],
  ],
  [
    'many wait',
    { ...dead, stuckNamespaces: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => stuck(name)) },
    [{ says: '6 namespaces cannot finish deleting', evidence: 'a, for 120m' }],
  ],
];
