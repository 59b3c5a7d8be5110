/** As kubelet expands them: kubernetes/kubernetes, third_party/forked/golang/expansion/expand_test.go, v1.37.2. */
import { expect, test } from 'vitest';
import { expandVariables } from '../../../src/facts/shared/expand-variables.ts';
import { readFlags } from '../../../src/facts/shared/read-flags.ts';
import { readManifest } from '../../../src/facts/shared/read-manifest.ts';

const variables = new Map([
  ['A', 'a'],
  ['EMPTY', ''],
  ['HIDDEN', null],
]);

test.each([
  ['--x=$(A)', { text: '--x=a' }],
  ['$(A)$(A)', { text: 'aa' }],
  ['$(EMPTY)', { text: '' }],
  ['$$(A)', { text: '$(A)' }],
  ['$$$(A)', { text: '$a' }],
  ['$A', { text: '$A' }],
  ['$(A', { text: '$(A' }],
  ['$(NONE)', { text: '$(NONE)' }],
  ['$(HIDDEN)/x', { text: '$(HIDDEN)/x', unseen: 'HIDDEN' }],
])('%s', (text, expected) => {
  expect(expandVariables(text, variables)).toEqual(expected);
});

const manifest = (env: object) =>
  readManifest(
    JSON.stringify({
      kind: 'Pod',
      spec: {
        containers: [
          { command: ['kube-apiserver', '--client-ca-file=$(DIR)/ca.crt', '--requestheader-allowed-names', '$(DIR)'], env: [env] },
        ],
      },
    }),
    (line) => ({ file: 'x', line }),
  );

test.each([
  [{ name: 'DIR', value: '/pki' }, '/pki/ca.crt', undefined],
  [{ name: 'DIR', value: 'REDACTED' }, '$(DIR)/ca.crt', 'DIR'],
  [{ name: 'DIR', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }, '$(DIR)/ca.crt', 'DIR'],
  [{ name: 'OTHER', value: '/pki' }, '$(DIR)/ca.crt', undefined],
])('in a manifest, %j', (env, value, unseen) => {
  const read = manifest(env);
  if (typeof read === 'string') throw new Error(read);
  const flags = readFlags(read.arguments);
  expect(flags['client-ca-file']).toMatchObject({ value, ...(unseen && { unseen }) });
  expect([flags['client-ca-file']?.unseen, flags['requestheader-allowed-names']?.unseen]).toEqual([unseen, unseen]);
});
