import { pod as backendPod } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';
import { byText, pod, says } from '../../../test/checks/way.ts';

export const rows: readonly Row[] = [
  ...byText('EOF', { command: 'spec.ports' }),
  ['reset', says('read tcp 10.0.0.1:4->10.96.100.10:443: read: connection reset by peer'), [{ evidence: 'reset by peer' }]],
  ['a stream', says('stream error: stream ID 1; PROTOCOL_ERROR; received from peer'), [{ evidence: 'PROTOCOL_ERROR' }]],
  ['a stream that is refused', says('stream error: stream ID 1; REFUSED_STREAM; received from peer'), 'passed'],
  [
    'after the handshake',
    says('write tcp 10.0.0.1:4->10.96.100.10:443: write: broken pipe'),
    [{ evidence: "rejects kube-apiserver's client certificate" }],
  ],
  [
    'in a mesh',
    { ...says('EOF'), backendPods: [pod('istio-proxy')] },
    [
      {
        says: 'the service mesh proxy `istio-proxy` is before its pods',
        evidence: 'a service mesh proxy, istio-proxy in api-0',
        fix: 'excludeInboundPorts',
      },
    ],
  ],
  ['in none', { ...says('EOF'), backendPods: [backendPod] }, [{ says: 'closes them without an answer.', fix: 'Compare the Service' }]],
  [
    'the connection is to the address itself, so that no proxy is between',
    says('read tcp 10.0.0.1:4->10.96.100.10:443: read: connection reset by peer'),
    [{ aspect: null }],
  ],
  [
    'the connection is to another address',
    says('read tcp 10.0.0.1:4->10.0.0.9:3128: read: connection reset by peer'),
    [{ aspect: 'route-unknown' }],
  ],
];
