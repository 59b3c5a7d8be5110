import type { Row } from '../../../test/checks/row.ts';
import { dial, serves, timeout } from '../../../test/checks/way.ts';
import { unavailable } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  serves,
  [
    'the ClusterIP is dead, and a pod answers',
    { ...timeout, dials: [dial('ClusterIP', false), dial('pod', true)] },
    [
      {
        says: 'kube-apiserver dials the ClusterIP, `10.96.100.10:443`',
        evidence: 'from this node pod 10.244.0.7:8443',
        command: 'kube-proxy',
      },
    ],
  ],
  [
    'the pod is dead, and the ClusterIP answers',
    {
      ...unavailable(
        'FailedDiscoveryCheck',
        'failing or missing response from https://10.244.0.7:8443/apis/x/v1: Get "https://10.244.0.7:8443/apis/x/v1": context deadline exceeded',
      ),
      dials: [dial('ClusterIP', true), dial('pod', false)],
    },
    [{ says: 'while the ClusterIP `10.96.100.10:443` answers', fix: 'remove `--enable-aggregator-routing`', command: 'ip route' }],
  ],
  ['both are dead', { ...timeout, dials: [dial('ClusterIP', false), dial('pod', false)] }, 'passed'],
  [
    'one of two pods answers',
    { ...timeout, dials: [dial('ClusterIP', true), dial('pod', false), dial('pod', true, '10.244.0.8:8443')] },
    'passed',
  ],
  ['nobody dialled', { ...timeout, dials: null }, 'passed'],
];
