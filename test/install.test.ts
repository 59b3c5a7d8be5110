/** packaging/: the install script against a release in a folder, and the templates of package managers. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkout } from './support/scenarios.ts';

const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

describe('install.sh', () => {
  let folder: string;
  const archive = `aggctl-${process.platform}-${process.arch}.tar.gz`;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aggctl-install-'));
    mkdirSync(join(folder, 'release'));
    writeFileSync(join(folder, 'aggctl'), '#!/bin/sh\necho 1.2.3\n');
    chmodSync(join(folder, 'aggctl'), 0o755);
    execFileSync('tar', ['-czf', join(folder, 'release', archive), '-C', folder, 'aggctl']);
    const digest = createHash('sha256')
      .update(readFileSync(join(folder, 'release', archive)))
      .digest('hex');
    writeFileSync(join(folder, 'release/SHA256SUMS'), `${digest}  ${archive}\n${'0'.repeat(64)}  something else\n`);
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const install = (...args: string[]) => spawnSync('sh', [join(checkout, 'packaging/install.sh'), ...args], { encoding: 'utf8' });
  const release = () => install(`file://${folder}/release`, join(folder, 'bin'));

  test('installs all names, and again over itself', () => {
    for (const _ of [1, 2]) {
      const ran = release();
      expect(ran.stderr).toBe('');
      expect(ran.status).toBe(0);
      expect(ran.stdout).toContain(`installed aggctl 1.2.3 as ${folder}/bin/aggctl`);
      expect(readdirSync(join(folder, 'bin')).sort()).toEqual(['aggctl', 'kubectl-aggctl', 'kubectl_complete-aggctl']);
      for (const name of ['kubectl-aggctl', 'kubectl_complete-aggctl']) expect(readlinkSync(join(folder, 'bin', name))).toBe('aggctl');
    }
  });

  test('installs nothing from an archive that was changed', () => {
    appendFileSync(join(folder, 'release', archive), 'x');
    const ran = release();
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain(`${archive} does not have the SHA-256 that SHA256SUMS names; nothing was installed`);
    expect(existsSync(join(folder, 'bin'))).toBe(false);
  });

  test('installs nothing that SHA256SUMS does not name', () => {
    writeFileSync(join(folder, 'release/SHA256SUMS'), '');
    expect(release()).toMatchObject({ status: 1, stderr: `install.sh: SHA256SUMS does not name ${archive}\n` });
    expect(existsSync(join(folder, 'bin'))).toBe(false);
  });

  test('says what it could not download', () => {
    rmSync(join(folder, 'release/SHA256SUMS'));
    const ran = release();
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain(`install.sh: cannot download file://${folder}/release/SHA256SUMS`);
  });

  test('says its usage', () => expect(install().stderr).toContain('usage: install.sh URL [FOLDER]'));
});

test.each(['krew.yaml', 'aggctl.rb'])('%s names each archive with its digest', (name) => {
  const text = readFileSync(join(checkout, 'packaging', name), 'utf8');
  for (const platform of platforms) {
    expect(text).toContain(`{{url}}/aggctl-${platform}.tar.gz`);
    expect(text).toContain(`{{sha256 aggctl-${platform}.tar.gz}}`);
  }
});
