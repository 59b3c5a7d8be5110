import { container, pod, rejected } from '../../../test/checks/backend.ts';
import { line } from '../../../test/checks/extension-servers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { configMap, healthy } from '../../../test/support/facts.ts';
import { productOf } from '../../products/index.ts';

const named = { ...line('own-trust'), says: 'name-not-allowed' as const, commonName: 'front-proxy-client' };
const signed = { ...line('own-trust'), says: 'unknown-authority' as const };

export const unrecorded = 'hand-made cases alone: the sample reads the ConfigMap again whenever it changes';
const tap = productOf({ ...healthy.apiService, group: 'tap.linkerd.io' }, null);
export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['its log says nothing', { ...rejected, serverLog: null }, 'passed'],
  ['the ConfigMap rejects it, too', { ...rejected, serverLog: line('name-not-allowed') }, 'passed'],
  [
    'it rejects a name that the ConfigMap allows',
    { ...rejected, ...configMap({ allowedNames: ['front-proxy-client'] }), serverLog: named, backendPods: [{ ...pod, name: 'api-0' }] },
    [
      {
        says: 'rejects the name `front-proxy-client`, which ConfigMap `extension-apiserver-authentication` accepts',
        evidence: 'allowed by the ConfigMap: ["front-proxy-client"]',
        fix: '`--requestheader-*` arguments',
        command: 'delete pod api-0',
      },
    ],
  ],
  [
    'its pod is not visible, so nobody knows whether it would be made again',
    { ...rejected, ...configMap({ allowedNames: ['front-proxy-client'] }), serverLog: named, backendPods: null },
    [{ command: 'get endpointslices' }],
  ],
  [
    'the ConfigMap allows any name',
    { ...rejected, ...configMap({ allowedNames: [] }), serverLog: named, backendPods: [] },
    [{ evidence: 'allowed by the ConfigMap: any name' }],
  ],
  [
    'a product that reads the ConfigMap only when it starts',
    { ...rejected, serverLog: signed, backendPods: [pod], product: tap },
    [{ fix: 'Linkerd tap reads ConfigMap', command: 'rollout restart deployment --selector=linkerd.io/extension=viz,component=tap' }],
  ],
  [
    'its arguments show it',
    {
      ...rejected,
      serverLog: signed,
      backendPods: [{ ...pod, containers: [{ ...container, words: ['api', '--requestheader-client-ca-file=/ca.crt'] }] }],
    },
    [
      {
        says: 'the signer of',
        evidence: 'its arguments: --requestheader-client-ca-file=/ca.crt',
        fix: 'Remove the `--requestheader-*` arguments',
      },
    ],
  ],
];
