/** The options of `deploy-sample`, checked. */
import { expect, test } from 'vitest';
import { sampleOptions } from '../../src/commands/sample-options.ts';

test.each([
  [{}, ''],
  [{ context: 'prod', kubeconfig: '/home/jane doe/.kube/config' }, " --kubeconfig '/home/jane doe/.kube/config' --context prod"],
  [{ as: "o'hara", token: 'canary' }, " --as 'o'\\''hara'"],
])('%j: what removes the sample goes to the same cluster', (options, more) =>
  expect(sampleOptions(options).removeWith).toBe(`aggctl deploy-sample --delete${more}`),
);

test('as a plugin of kubectl, aggctl is called so', () =>
  expect(sampleOptions({}, 'kubectl aggctl').removeWith).toBe('kubectl aggctl deploy-sample --delete'));
