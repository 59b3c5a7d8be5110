import { pod } from '../../../test/checks/backend.ts';
import {
  apiService,
  condition,
  dialedAfter,
  discovery,
  probe,
  refused,
  rejects,
  request,
  steadily,
} from '../../../test/checks/extension-servers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { throughAgents } from '../../../test/checks/way.ts';
import { answers, configMap, failing, unavailable } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  [
    'nothing listens',
    discovery(refused),
    [
      {
        says: 'nothing listens at the address that kube-apiserver dials (Service `wardle/api`, port 443)',
        at: condition,
        evidence: '`dial tcp 10.96.100.10:443: connect: connection refused`',
        command: 'kubectl -n wardle describe service api',
        shows: ['connection-refused'],
      },
    ],
  ],
  [
    'nothing listens, and none can start on this ConfigMap',
    { ...discovery(refused), ...configMap({ malformed: [{ key: 'requestheader-allowed-names', reason: 'it is not JSON' }] }) },
    [{ shows: ['connection-refused', 'configmap-unusable'] }],
  ],
  [
    'nothing listens, and a broken CA keeps none from starting',
    { ...discovery(refused), ...configMap({ malformed: [{ key: 'requestheader-client-ca-file', reason: 'no PEM' }] }) },
    [{ shows: ['connection-refused'] }],
  ],
  [
    'no pod behind the Service is ready',
    unavailable('MissingEndpoints', 'endpoints for service/api in "wardle" have no addresses with port name "https"'),
    [{ says: 'no pod behind the Service is ready' }],
  ],
  [
    'no endpoints at all',
    unavailable('EndpointsNotFound', 'cannot find endpointslices for service/api in "wardle"'),
    [{ says: 'no pod behind the Service is ready' }],
  ],
  ['it answers 401', discovery(rejects), 'passed'],
  [
    'the condition does not say so yet',
    request('error trying to reach service: dial tcp 10.96.100.10:443: connect: connection refused'),
    'passed',
  ],
  [
    'the condition does not say so yet, and each request is refused',
    steadily('error trying to reach service: dial tcp 10.96.100.10:443: connect: connection refused'),
    [{ says: 'nothing listens', at: probe }],
  ],
  [
    'the condition is young, and the address refuses this node, too',
    failing(
      apiService,
      answers(503, 'error trying to reach service: dial tcp 10.96.100.10:443: connect: connection refused'),
      undefined,
      [answers(503, 'error trying to reach service: dial tcp 10.96.100.10:443: connect: connection refused')],
      'none',
    ),
    [{ says: 'nothing listens' }],
  ],
  ['every address answers by now', dialedAfter(refused, 'all'), 'passed'],
  [
    'nothing listens, and one of two pods is ready',
    { ...discovery(refused), backendPods: [pod, { ...pod, ready: false }] },
    [{ evidence: ['connection refused', 'a pod behind it is ready'] }],
  ],
  [
    'nothing listens, and no pod is ready',
    { ...discovery(refused), backendPods: [{ ...pod, ready: false }] },
    [{ evidence: ['connection refused'] }],
  ],
  [
    'no pod is an endpoint, and one is ready',
    { ...unavailable('MissingEndpoints', 'endpoints for service/api in "wardle" have no addresses'), backendPods: [pod] },
    [{ evidence: ['have no addresses'] }],
  ],
  [
    'an agent is refused, and a pod is ready',
    { ...discovery(refused), ...throughAgents, backendPods: [pod] },
    [
      {
        evidence: ['refused', 'a pod behind it is ready', 'each from its own host'],
        fix: 'Every agent of the egress proxy must reach port 443',
      },
    ],
  ],
  [
    'an agent is refused, and no pod is ready',
    { ...discovery(refused), ...throughAgents, backendPods: [] },
    [{ command: 'describe service api' }],
  ],
];
