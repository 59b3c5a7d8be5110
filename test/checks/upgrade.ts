import { upgradeFrom } from '../../src/facts/version-rules.ts';
import type { KubeadmConfig } from '../../src/model.ts';
import { flags, healthy, unknown } from '../support/facts.ts';
import type { Rows } from './row.ts';

const routing = 'enable-aggregator-routing';
const names = 'requestheader-allowed-names';
const upgrade = upgradeFrom(37, 37);
/** As kubeadm writes them into the healthy manifest: those with a fixed value keep it, the others depend on the cluster. */
const written: KubeadmConfig['written'] = Object.fromEntries(
  Object.entries(healthy.flags.byName).map(([name, { value }]) => [name, name.startsWith('etcd') ? null : value]),
);
const configured = (set: Readonly<Record<string, string>> = {}) => ({
  upgrade,
  kubeadmConfig: { written, extraArgs: Object.entries(set).map(([name, value]) => ({ name, value })) },
});

const to133 = { upgrade: upgradeFrom(32, 33) };

export const rows: Rows = {
  'flag-unknown-after-upgrade': [
    ['no flag that goes', to133, 'passed'],
    ['there is nothing to upgrade to', { upgrade: null }, 'inapplicable'],
    ['a flag that is gone long since, on the way to another version', { ...flags({ 'cloud-provider': 'external' }), upgrade }, 'passed'],
    [
      'one that goes on the way',
      { ...flags({ 'cloud-provider': 'external' }), upgrade: upgradeFrom(32, 35) },
      [{ says: '1.33 does not know `--cloud-provider`', since: 33, latent: true, command: 'Take --cloud-provider away' }],
    ],
    ["the vendor's own build and flags", { ...flags({ 'cloud-provider': 'external' }), ...to133, distribution: 'k3s' }, 'inapplicable'],
  ],
  'flag-not-in-kubeadm-config': [
    ["kubeadm's own flags", configured(), 'passed'],
    ['nobody asked for an upgrade', {}, 'inapplicable'],
    ['another flag, in its configuration', { ...configured({ [routing]: 'true' }), ...flags({ [routing]: 'true' }) }, 'passed'],
    ['a value of the cluster', { ...configured(), ...flags({ 'etcd-servers': 'https://10.0.0.9:2379' }) }, 'passed'],
    [
      'another flag',
      { ...configured(), ...flags({ [routing]: 'true' }) },
      [{ says: 'undoes `--enable-aggregator-routing`', evidence: `--${routing}=true goes`, latent: true }],
    ],
    [
      "another value of kubeadm's own flag",
      { ...configured(), ...flags({ [names]: 'aggregator' }) },
      [{ at: healthy.flags.byName[names]?.at, evidence: 'becomes front-proxy-client' }],
    ],
    [
      'another value than in its configuration',
      { ...configured({ [routing]: 'false' }), ...flags({ [routing]: 'true' }) },
      [{ evidence: `--${routing}=true becomes false` }],
    ],
    [
      'its configuration overrides its own flag',
      { ...configured({ [names]: 'front-proxy-client,aggregator' }), ...flags({ [names]: 'front-proxy-client,aggregator' }) },
      'passed',
    ],
    ['its configuration is out of sight', { ...configured(), kubeadmConfig: unknown }, 'skipped'],
  ],
};
