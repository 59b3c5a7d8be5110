import { expect, test } from 'vitest';
import { readDelegation, readRules } from '../../../src/facts/apiservice/delegation.ts';
import type { Binding } from '../../../src/facts/shared/role-bindings.ts';
import type { Ask, BackendPod } from '../../../src/model.ts';

const account = 'wardle/api';
const bound: Binding = { name: 'b', kind: 'ClusterRole', role: 'r', users: [], groups: [], accounts: [account] };
const pods = { ok: true, value: [{ namespace: 'wardle', serviceAccount: 'api' } as BackendPod] } as const;
const answer = (rules: object[]) => ({ ok: true, value: { status: 200, headers: {}, text: JSON.stringify({ rules }), ms: 1 } });
const delegation = (role: object) =>
  readDelegation((path) => readRules((async () => role) as unknown as Ask, path), pods, {
    cluster: { ok: true, value: [bound] },
    kubeSystem: { ok: true, value: [] },
    own: { ok: true, value: [] },
  });

test('the rules of a bound role count', async () => {
  const rule = { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] };
  expect(await delegation(answer([rule]))).toMatchObject({ ok: true, value: { account, reviewsMissing: ['subjectaccessreviews'] } });
});
test('a snapshot that lacks a bound role tells nothing of what it grants', async () =>
  expect(await delegation({ ok: false, why: 'excluded', message: 'not in the snapshot' })).toEqual({ ok: true, value: null }));
