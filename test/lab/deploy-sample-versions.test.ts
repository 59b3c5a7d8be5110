/**
 * `aggctl deploy-sample` on whole nodes of older versions, with sample servers older and newer than they.
 *
 * @module-tag more
 */
import { describe, expect, test } from 'vitest';
import { type Version, versions } from './assets.ts';
import { image } from './node-assets.ts';
import { all, everyStep, notesOf, outcome, useSampleRuns } from './sample-runs.ts';

const [newest, ...older] = versions;
const gone = { ...all, done: [...everyStep, 'removal'] };

describe.each(older)('%s', (version: Version) => {
  const { lab, sample, everything } = useSampleRuns({ version });

  test('the published image, again on the same, and gone', { timeout: 300_000 }, async () => {
    const before = await everything();
    const first = await sample();
    expect(outcome(first)).toEqual(all);
    expect(notesOf(first, 'identity')).toContain('the audit log names `kubernetes-admin` (kubeadm:cluster-admins, system:authenticated)');
    expect(notesOf(first, 'identity')).toContain('the audit log names `aggctl-learner` (kubeadm:cluster-admins, system:authenticated)');
    const made = await everything();
    expect(outcome(await sample())).toEqual(all);
    expect(await everything()).toEqual(made);
    expect(outcome(await sample('--delete'))).toEqual({ ...all, done: ['removal'] });
    expect(await everything()).toEqual(before);
  });

  test.each(['', '--restricted'])('a server of the same version %s', { timeout: 300_000 }, async (option) => {
    const before = await everything();
    expect(outcome(await sample('--image', image.sampleApiserver(version), '--cleanup', ...(option ? [option] : [])))).toEqual(gone);
    expect(await everything()).toEqual(before);
  });

  test('a server of the newest version (W15)', { timeout: 300_000 }, async () => {
    await lab().importSample(newest);
    expect(outcome(await sample('--image', image.sampleApiserver(newest), '--cleanup'))).toEqual(gone);
    // From 1.36 on the cluster serves what such a server watches.
    if (version !== '1.35.4') return;
    const unknown = await sample('--image', image.latestSampleApiserver, '--cleanup', '--step-timeout', '45s');
    expect(outcome(unknown)).toMatchObject({ failed: 'rollout', because: 'extension-server-not-ready', status: 124 });
    expect(unknown.run.findings[0]?.message).toContain('watches a resource that this cluster does not serve');
    expect(unknown.run.left).toEqual([]);
  });
});
