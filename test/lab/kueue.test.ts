/**
 * Kueue's visibility server on a whole node: found healthy, and with the failures that it is known for.
 *
 * @module-tag more
 */
import { expect, test } from 'vitest';
import { outcome } from './doctor.ts';
import { outcomeOf } from './faults/fault.ts';
import { kueueFaults } from './faults/kueue.ts';
import { kueueObjects, visibility } from './kueue.ts';
import { useThirdParty } from './third-party-lab.ts';
import { until } from './wait.ts';

const { node, look, expectHealthy } = useThirdParty(async (node) => {
  await node.importImage('kueue');
  const objects = await kueueObjects(node);
  // Its webhooks are called only once it runs.
  const isHook = ({ kind }: { kind?: string }) => /WebhookConfiguration$/.test(kind ?? '');
  await node.apply(...objects.filter(({ kind }) => kind === 'Namespace' || kind === 'CustomResourceDefinition'));
  await node.apply(
    ...objects
      .filter((one) => !['Namespace', 'CustomResourceDefinition'].includes(one.kind))
      .toSorted((a, b) => Number(isHook(a)) - Number(isHook(b))),
  );
  // kubelet brings a Secret that has changed to a pod within two minutes, and to a new pod at once.
  await until('Kueue to issue its certificate', 60_000, async () => {
    const issued = await node.kubectl(
      '-n',
      visibility.namespace,
      'get',
      'secret',
      'kueue-webhook-server-cert',
      '-o',
      'jsonpath={.data.tls\\.crt}',
    );
    return issued !== '' || undefined;
  });
  await node.kubectl('-n', visibility.namespace, 'delete', 'pods', '-l', 'control-plane=controller-manager', '--grace-period=1');
  for (const name of visibility.apiServices) await node.waitServed(name);
});

test('Kueue is healthy, from the node and from a laptop', () => expectHealthy('kueue-healthy'));

test.each(kueueFaults)('$name', async (fault) => {
  await fault.inject(node());
  const found = await look(fault.name);
  if (fault.undo) {
    await fault.undo(node());
    for (const name of visibility.apiServices) await node().waitServed(name);
  }
  expect(outcome(found), JSON.stringify(found.report.findings, null, 1)).toEqual(outcomeOf(fault));
  expect(found.report.findings[0]?.message).toMatch(fault.says);
});
