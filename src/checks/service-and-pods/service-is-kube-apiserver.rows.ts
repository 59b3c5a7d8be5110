import { failed, object, response, url } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unavailable } from '../../../test/support/facts.ts';
import type { ApiService } from '../../model.ts';

const refusesItself = (service: Partial<ApiService> = {}) =>
  unavailable('FailedDiscoveryCheck', `${response}bad status from ${url}: 503`, service);
const node = { address: '192.0.2.10', port: 443 };
const toItself = (all: readonly (typeof node)[]) => ({
  kubeApiserverAddresses: [{ address: '192.0.2.10', port: 6443 }],
  backendEndpoints: {
    slices: ['api'],
    addresses: all.map(({ address, port }) => ({
      slice: 'api',
      address,
      ready: true,
      node: null,
      pod: null,
      ports: [{ name: 'https', port }],
    })),
    portNames: ['https'],
  },
});

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['it fails by itself', toItself([node]), 'passed'],
  [
    'by its name',
    refusesItself({ service: { namespace: 'default', name: 'kubernetes', port: 443 } }),
    [{ says: 'Service `default/kubernetes` points to kube-apiserver itself', at: { object, field: 'spec.service' }, evidence: '503' }],
  ],
  [
    'by its addresses',
    { ...refusesItself(), ...toItself([{ address: '192.0.2.10', port: 6443 }]) },
    [{ says: 'points to kube-apiserver itself', evidence: 'behind the Service: 192.0.2.10:6443' }],
  ],
  [
    'by addresses of IPv6',
    {
      ...refusesItself(),
      ...toItself([{ address: 'fd00::10', port: 6443 }]),
      kubeApiserverAddresses: [{ address: 'fd00::10', port: 6443 }],
    },
    [{ evidence: 'behind the Service: [fd00::10]:6443' }],
  ],
  ['an extension server in the network of the same node', { ...refusesItself(), ...toItself([node]) }, 'passed'],
  ['one of two', { ...refusesItself(), ...toItself([{ address: '192.0.2.10', port: 6443 }, node]) }, 'passed'],
  ['nobody knows its addresses', { ...refusesItself(), ...toItself([]) }, 'passed'],
  [
    'another port of an address of kube-apiserver, among several',
    {
      ...refusesItself(),
      ...toItself([{ address: '192.0.2.10', port: 6443 }]),
      kubeApiserverAddresses: [
        { address: '192.0.2.11', port: 6443 },
        { address: '192.0.2.10', port: 6443 },
      ],
    },
    [{ says: 'points to kube-apiserver itself', effects: [] }],
  ],
  ['of its name in another namespace', refusesItself({ service: { namespace: 'wardle', name: 'kubernetes', port: 443 } }), 'passed'],
  [
    'it asks itself until it gives up',
    failed('context deadline exceeded', { service: { namespace: 'default', name: 'kubernetes', port: 443 } }),
    [{ effects: ['each request loops through kube-apiserver'] }],
  ],
];
