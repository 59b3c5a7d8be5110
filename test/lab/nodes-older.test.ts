/** `--nodes` on nodes of the older versions: it shows what the node shows to who logs in, healthy and with a fault. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/model.ts';
import { aggctlImage } from './aggctl-image.ts';
import { versions } from './assets.ts';
import { deploySample } from './deploy-sample.ts';
import { aggctl, doctor, idsOf, onNode } from './doctor.ts';
import { useNode } from './fixture.ts';
import { more } from './tiers.ts';

describe.each(versions.slice(1))('%s', more, (version) => {
  const lab = useNode({ version });
  const withNodes = async () => {
    const argv = [process.execPath, aggctl, 'doctor', '--nodes', '--node-image', aggctlImage, '--yes', '-o', 'json'];
    const { stdout, status } = await lab().run([...argv, '--kubeconfig', lab().kubeconfig.admin], { milliseconds: 200_000 });
    return { report: JSON.parse(stdout) as Report, status };
  };
  const left = () => lab().kubectl('-n', 'kube-system', 'get', 'pods', '-l', 'app.kubernetes.io/managed-by=aggctl-nodes', '-o', 'name');

  beforeAll(async () => {
    await lab().importAggctl();
    await deploySample(lab());
  });

  test('a healthy node', async () => {
    const { report, status } = await withNodes();
    const there = await doctor(lab(), ...onNode(lab()));
    expect({ ids: idsOf(report), status, passed: report.passed }).toEqual({ ids: [], status: 0, passed: there.report.passed });
    expect(await left()).toBe('');
  });

  test('a fault of the node is found from elsewhere, first', async () => {
    await lab().write('etc/kubernetes/pki/front-proxy-client.key', 'no key\n');
    const there = await doctor(lab(), ...onNode(lab()));
    const { report, status } = await withNodes();
    expect({ ids: idsOf(report), status }).toEqual({ ids: idsOf(there.report), status: 1 });
    expect(report.findings[0]?.id).toMatch(/^proxy-client-/);
  });
});
