import { expect, test } from 'vitest';
import { managersOf } from '../../../src/facts/apiservice/apiservice.ts';

test('who set a field, of several managers', () => {
  // Helm patched an object that `kubectl apply` had made (1.37.2).
  const managedFields = [
    { manager: 'helm', time: '2026-11-23T17:15:02Z', fieldsV1: { 'f:spec': { 'f:service': { 'f:name': {}, 'f:namespace': {} } } } },
    { manager: 'cert-manager-cainjector', time: '2026-11-23T17:15:03Z', fieldsV1: { 'f:spec': { 'f:caBundle': {} } } },
    {
      manager: 'kubectl-client-side-apply',
      time: '2026-11-23T17:15:01Z',
      fieldsV1: { 'f:spec': { 'f:group': {}, 'f:service': { '.': {}, 'f:port': {} } } },
    },
  ];
  const path = ['f:spec', 'f:service', 'f:name'];
  expect(managersOf({ managedFields }, path)).toEqual([{ name: 'helm', at: new Date('2026-11-23T17:15:02Z') }]);
  expect(managersOf({}, path)).toEqual([]);
});
