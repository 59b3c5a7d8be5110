import { container, pod } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';

const started = (...words: readonly string[]) => ({
  backendPods: [{ ...pod, containers: [container, { ...container, name: 'api', words }] }],
});

export const unrecorded = 'every extension API server of the lab reads the ConfigMap, and those outside whole nodes run in no Pod';
export const rows: readonly Row[] = [
  ['nobody looked at the pods', { backendPods: null }, 'inapplicable'],
  ['no pod', { backendPods: [] }, 'passed'],
  ['no such flag', started('api', '--secure-port=443', '--client-ca-file=/ca.crt'), 'passed'],
  ['an empty value is as none', started('api', '--requestheader-client-ca-file='), 'passed'],
  ['the flag of another name', started('api', '--requestheader-client-ca-files=/ca.crt'), 'passed'],
  [
    'the flag',
    started('api', '--requestheader-client-ca-file=/etc/ca/ca.crt'),
    [
      {
        says: 'reads a copy, `/etc/ca/ca.crt`',
        at: { object: 'Pod wardle/api-7c9f-x', field: 'spec.containers[api]' },
        evidence: 'Pod wardle/api-7c9f-x, container api: --requestheader-client-ca-file=/etc/ca/ca.crt',
        command: "-e '--requestheader-client-ca-file'",
      },
    ],
  ],
  ['the flag and its value as two arguments', started('api', '--requestheader-client-ca-file', '/ca.crt'), [{ says: '`/ca.crt`' }]],
  ['the flag as the last argument, without a value', started('api', '--requestheader-client-ca-file'), 'passed'],
];
