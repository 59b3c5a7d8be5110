/**
 * Extension servers made by others, on a whole node: found healthy, and with the failures that they are known for.
 *
 * @module-tag more
 */
import { expect, test } from 'vitest';
import { checkApiService, onLaptop, outcome } from './doctor.ts';
import { outcomeOf } from './faults/fault.ts';
import { nothing } from './faults/sound.ts';
import { applyParty, metrics, thirdPartyFaults } from './faults/third-parties.ts';
import { metricsServer, testAdapter } from './third-parties.ts';
import { useThirdParty } from './third-party-lab.ts';

const { node, look, expectHealthy } = useThirdParty(async (node) => {
  await Promise.all([node.importImage('metricsServer'), node.importImage('testAdapter')]);
  await applyParty(node, testAdapter('custom-metrics'));
  await applyParty(node, metricsServer());
  await node.waitServed(metrics);
});

test('metrics-server is healthy, from the node and from a laptop', async () => {
  await expectHealthy('metrics-server-healthy');
  const named = await checkApiService(node(), metrics, ...onLaptop(node()));
  expect(named.report.apiservices?.[0]?.path.find(({ hop }) => hop === 'discovery')).toMatchObject({
    state: 'passed',
    shows: [expect.any(String), expect.stringMatching(/^GET \/openapi\/v3\/apis\/metrics\.k8s\.io\/v1beta1: 200 in/)],
  });
});

test.each(thirdPartyFaults)('$name', async (fault) => {
  await fault.inject(node());
  const found = await look(fault.name);
  expect(outcome(found), JSON.stringify(found.report.findings, null, 1)).toEqual(outcomeOf(fault));
  expect(found.report.findings[0]?.message).toMatch(fault.says);
});

test("custom-metrics-apiserver's test adapter is healthy, with its empty lists; so is the one of two providers that the APIService leads to", async () => {
  await node().kubectl('delete', 'apiservice', metrics);
  expect(outcome(await look('custom-metrics-healthy'))).toEqual(outcomeOf(nothing));
  const other = testAdapter('other-metrics');
  await applyParty(node(), other);
  for (const { metadata } of other.apiServices) await node().waitServed(metadata.name);
  expect(outcome(await look('custom-metrics-two-providers-healthy'))).toEqual(outcomeOf(nothing));
  const all = await checkApiService(node(), '--all', ...onLaptop(node()));
  // One certificate of one server, said once.
  expect(all.report.findings.map(({ id, subject, others }) => [id, subject.name, others?.map(({ name }) => name)])).toEqual([
    ['insecure-skip-hides-faults', 'v1beta1.custom.metrics.k8s.io', ['v1beta1.external.metrics.k8s.io', 'v1beta2.custom.metrics.k8s.io']],
  ]);
});
