/**
 * KEDA's operator and adapter on a whole node: found healthy, and with the failures that they are known for.
 *
 * @module-tag more
 */
import { expect, test } from 'vitest';
import { outcome } from './doctor.ts';
import { outcomeOf } from './faults/fault.ts';
import { kedaFaults } from './faults/keda.ts';
import { externalMetrics, installKeda, metric } from './keda.ts';
import { useThirdParty } from './third-party-lab.ts';
import { until } from './wait.ts';

const { node, look, expectHealthy } = useThirdParty(async (node) => {
  await Promise.all([node.importImage('kedaAdapter'), node.importImage('kedaOperator')]);
  await installKeda(node);
  await node.waitServed(externalMetrics);
  await until('the adapter to reach its operator', 60_000, async () =>
    (await node.request(metric)).text.includes('gRPC') ? undefined : true,
  );
});

test('KEDA is healthy, from the node and from a laptop', () => expectHealthy('keda-healthy'));

test.each(kedaFaults)('$name', async (fault) => {
  await fault.inject(node());
  const found = await look(fault.name);
  expect(outcome(found), JSON.stringify(found.report.findings, null, 1)).toEqual(outcomeOf(fault));
  expect(found.report.findings[0]?.message).toMatch(fault.says);
  expect(found.report.findings[0]?.fix.text).toMatch(
    /keda-operator issues the certificate in Secret `kedaorg-certs`|gets every metric from its operator/,
  );
  await fault.undo?.(node());
});
