/**
 * A kube-apiserver that dials through konnectivity, on whole nodes: found healthy, and with the failures that konnectivity is known for.
 *
 * @module-tag more
 */
import { describe, expect, test } from 'vitest';
import { onNode, outcome } from './doctor.ts';
import { outcomeOf } from './faults/fault.ts';
import { konnectivityFaults } from './faults/konnectivity.ts';
import { applyParty, metrics } from './faults/third-parties.ts';
import { installKonnectivity } from './konnectivity.ts';
import { metricsServer } from './third-parties.ts';
import { useThirdParty } from './third-party-lab.ts';

describe.each(['GRPC', 'HTTPConnect'] as const)('%s', (protocol) => {
  const { node, look, expectHealthy } = useThirdParty(async (node) => {
    await node.importImage('metricsServer');
    await installKonnectivity(node, protocol);
    await applyParty(node, metricsServer());
    await node.waitServed(metrics);
  });

  test('healthy, from the node and from a laptop', () => expectHealthy(`konnectivity-${protocol.toLowerCase()}-healthy`));

  test.each(konnectivityFaults(protocol))('$name', async (fault) => {
    await fault.inject(node());
    const found = await look(fault.name, fault.onNode && onNode(node()));
    const { commands = [] } = found.report.findings[0]?.fix ?? {};
    for (const command of fault.heals ? commands : [])
      await node().run(['sh', '-c', command], { env: { KUBECONFIG: node().kubeconfig.admin } });
    await fault.undo?.(node());
    await node().waitServed(metrics);
    expect(outcome(found), JSON.stringify(found.report.findings, null, 1)).toEqual(outcomeOf(fault));
    expect(found.report.findings[0]?.message).toMatch(fault.says);
  });
});
