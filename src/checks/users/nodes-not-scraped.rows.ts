import { serving, unscraped } from '../../../test/checks/autoscalers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unavailable } from '../../../test/support/facts.ts';

const metrics = serving('metrics.k8s.io');
const vmss = 'aks-nodepool1-40341403-vmss000000';
const pending = (...nodes: readonly string[]) => ({ pendingCertificates: nodes.map((node) => ({ name: `csr-${node}`, node })) });

export const unrecorded = 'needs a cluster of several kubelets, of which metrics-server scrapes some';
export const rows: readonly Row[] = [
  ['another API', serving('custom.metrics.k8s.io'), 'inapplicable'],
  ['nothing could be seen', { ...metrics, scraping: null }, 'passed'],
  ['every node has metrics', { ...metrics, ...unscraped(3, {}) }, 'passed'],
  [
    'the API is down',
    {
      ...unavailable('MissingEndpoints', '', { name: 'v1beta1.metrics.k8s.io', group: 'metrics.k8s.io', version: 'v1beta1' }),
      ...unscraped(3, { a: null }),
    },
    'passed',
  ],
  [
    'one of three, for no reason that shows',
    { ...metrics, ...unscraped(3, { [vmss]: null }) },
    [
      {
        says: `Pods on 1 of 3 nodes have no metrics: metrics-server does not scrape \`${vmss}\`.`,
        evidence: ['ready nodes without an item'],
        fix: 'Find out why',
      },
    ],
  ],
  [
    'by its log alone',
    { ...metrics, ...unscraped(null, { a: 'no-answer' }) },
    [
      {
        says: 'Pods on 1 node have no metrics: metrics-server does not scrape `a`: meaning of no-answer.',
        evidence: ['log, node `a`: `error no-answer`'],
        fix: 'Mend no-answer',
      },
    ],
  ],
  [
    'its arguments are those of who installed it',
    { ...metrics, ...unscraped(2, { a: 'no-address' }) },
    [{ fix: 'Mend no-address', command: 'kubectl -n wardle get deployments -o wide' }],
  ],
  [
    'each reason by itself, that of most nodes first',
    { ...metrics, ...unscraped(5, { a: null, b: 'forbidden', c: 'unreachable', d: 'unreachable' }) },
    [
      { says: '2 of 5 nodes have no metrics: metrics-server does not scrape `c` and `d`: meaning of unreachable' },
      { says: '`b`: meaning of forbidden' },
      { says: 'scrape `a`.' },
    ],
  ],
  [
    'no certificate, and no request for one',
    { ...metrics, ...unscraped(2, { a: 'no-certificate' }), pendingCertificates: [] },
    [{ fix: 'Mend no-certificate:', command: 'kubectl get csr --field-selector spec.signerName=kubernetes.io/kubelet-serving' }],
  ],
  [
    "no certificate, and requests: only these nodes' are named, behind a look",
    { ...metrics, ...unscraped(3, { a: 'no-certificate', b: 'no-certificate' }), ...pending('a', 'b', 'c') },
    [
      {
        evidence: ['ready nodes', 'node `a`', 'node `b`', 'pending certificate signing requests: `csr-a` of `a` and `csr-b` of `b`'],
        fix: "Check first that each request names its own node's host name and addresses alone",
        command: 'kubectl certificate approve csr-a csr-b',
      },
    ],
  ],
];
