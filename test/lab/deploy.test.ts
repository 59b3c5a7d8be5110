/** deploy/kubernetes on a whole node: the Pod of its CronJob leaves metrics where node_exporter would read them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { aggctlImage } from './aggctl-image.ts';
import { deploySample } from './deploy-sample.ts';
import { useNode } from './fixture.ts';
import { checkout } from './namespace.ts';
import { until } from './wait.ts';

const lab = useNode();
/** In place of node_exporter's: one that belongs to the lab's node, and not to the machine. */
const directory = '/var/lib/kubelet/aggctl-metrics';

beforeAll(async () => {
  await lab().importAggctl();
  await deploySample(lab());
  await lab().kubectl('label', 'node', 'cp-1', 'aggctl-metrics=true');
});

/** Runs the CronJob once, as a user applies it → what it left. */
async function metricsOf(variant: string): Promise<string> {
  const text = await lab().kubectl('kustomize', join(checkout, 'deploy/kubernetes', variant));
  const changed = text.replace('/var/lib/node_exporter/textfile_collector', directory).replace(/image: \S+/, `image: ${aggctlImage}`);
  await lab().apply(...parseAllDocuments(changed).map((document) => document.toJS()));
  await lab().kubectl('-n', 'aggctl', 'create', 'job', variant, '--from=cronjob/aggctl');
  await until('the Job to end', 120_000, async () => {
    const { status } = JSON.parse(await lab().kubectl('-n', 'aggctl', 'get', 'job', variant, '-o', 'json'));
    if (status.failed) throw new Error(await lab().kubectl('-n', 'aggctl', 'logs', `job/${variant}`));
    return status.succeeded === 1 || undefined;
  });
  return readFile(join(lab().root, directory, 'aggctl.prom'), 'utf8');
}

test('on a control-plane node it sees the files, with the rights of its ServiceAccount', async () => {
  const metrics = await metricsOf('control-plane');
  expect(metrics).toContain('aggctl_checked 1\n');
  expect(metrics).toContain('aggctl_exit_status 0\n');
  expect(metrics).toMatch(/^aggctl_certificate_expiry_timestamp_seconds\{role="front-proxy client",.*,node="[^"]+",/m);
  expect(await lab().kubectl('-n', 'aggctl', 'logs', 'job/control-plane')).toContain('as system:serviceaccount:aggctl:aggctl');
});

test('elsewhere it sees the API', async () => {
  const metrics = await metricsOf('base');
  expect(metrics).toContain('aggctl_checked 1\n');
  expect(metrics).toMatch(/^aggctl_certificate_expiry_timestamp_seconds\{role="front-proxy CA",.*,place="ConfigMap /m);
  expect(metrics).not.toContain('role="front-proxy client"');
});
