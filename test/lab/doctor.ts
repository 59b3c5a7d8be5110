/** Runs `aggctl doctor` as a process inside a lab, as its users do. */
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Report } from '../../src/model.ts';
import type { ControlPlane } from './control-plane.ts';
import { checkout } from './namespace.ts';

export const aggctl = join(checkout, 'bin/aggctl.js');

export interface Diagnosed {
  readonly report: Report;
  readonly status: number | null;
  readonly stderr: string;
}

/** On the node: its files under the root folder, the API by admin.conf. */
export const onNode = (cp: ControlPlane) => ['--root', cp.root, '--kubeconfig', cp.kubeconfig.admin];

/** Somewhere else: the API by admin.conf, and no file of a node. */
export const onLaptop = (cp: ControlPlane) => ['--root', cp.path('usr'), '--kubeconfig', cp.kubeconfig.admin];

/** What a recording says on stderr. */
export const recordingHint: unknown = expect.stringMatching(/^hint: \d+ answers were recorded; [^\n]*\n$/);

/** Runs it with `-o json`. Fails when nothing comes out. */
export const doctor = (cp: ControlPlane, ...options: string[]): Promise<Diagnosed> => reportOf(cp, 'doctor', ...options);

/** The same of `aggctl check-apiservice`. */
export const checkApiService = (cp: ControlPlane, ...options: string[]): Promise<Diagnosed> => reportOf(cp, 'check-apiservice', ...options);

async function reportOf(cp: ControlPlane, command: string, ...options: string[]): Promise<Diagnosed> {
  const { stdout, stderr, status } = await cp.run([process.execPath, aggctl, command, '-o', 'json', ...options]);
  if (!stdout) throw new Error(`aggctl ${command} printed nothing, exit status ${status}: ${stderr}`);
  return { report: JSON.parse(stdout) as Report, status, stderr };
}

/** Every id of a report, each symptom behind its cause. */
export const idsOf = (report: Report): string[] =>
  report.findings.flatMap(({ id, symptoms }) => [id, ...symptoms.map((symptom) => symptom.id)]);

/** What a test compares: the first finding, all ids in alphabetical order, the exit status. */
export const outcome = ({ report, status }: Diagnosed) => ({ first: idsOf(report)[0], ids: idsOf(report).sort(), status });
