import { metricsApi, scraped, unscraped } from '../../../test/checks/autoscalers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unavailable } from '../../../test/support/facts.ts';

const node = 'aks-nodepool1-40341403-vmss000000';
const tls = unscraped(node, 'no-certificate', 'remote error: tls: internal error');

/** No recording of ours has nodes with metrics. */
export const unrecorded = 'the whole node of the lab is scraped; rows take the lines of the programs';

export const rows: readonly Row[] = [
  ['every node has metrics', { ...metricsApi(), ...scraped([]) }, 'passed'],
  ['nobody looked', { ...metricsApi(), scraping: null }, 'passed'],
  ['the APIService is down', { ...unavailable('MissingEndpoints', ''), ...scraped([tls]) }, 'passed'],
  [
    'a kubelet without a serving certificate, whose request nobody has approved',
    {
      ...metricsApi(),
      ...scraped([tls]),
      pendingCertificates: [
        { name: 'csr-7bd5w', node },
        { name: 'csr-x', node: 'another' },
      ],
    },
    [
      {
        says: '1 of 3 nodes have no metrics',
        evidence: ['nodes.metrics.k8s.io', 'tls: internal error', '`csr-7bd5w` of'],
        fix: 'Check first that each request names its own node',
        command: 'kubectl certificate approve csr-7bd5w',
      },
    ],
  ],
  [
    'no request is pending',
    { ...metricsApi(), ...scraped([tls]), pendingCertificates: [] },
    [{ fix: 'install a controller that approves', command: 'kubectl get csr' }],
  ],
  [
    'two reasons are two problems',
    { ...metricsApi(), ...scraped([tls, unscraped('a', 'forbidden', 'request failed, status: "403 Forbidden"')]) },
    [{ says: node }, { says: '`a`', fix: 'nodes/metrics' }],
  ],
  [
    'no reason is known',
    { ...metricsApi(), ...scraped([{ node: 'a', error: null }]) },
    [{ says: 'does not scrape `a`.', fix: 'Find out why' }],
  ],
  [
    'the nodes could not be compared',
    { ...metricsApi(), ...scraped([unscraped('a', 'unreachable', 'dial tcp 10.0.0.1:10250: i/o timeout')], null) },
    [{ says: 'Pods on 1 node have no metrics' }],
  ],
];
