import type { Row } from '../../../test/checks/row.ts';
import { upgrade } from '../../../test/checks/upgrade.ts';
import { flags, healthy, unknown } from '../../../test/support/facts.ts';
import type { KubeadmConfig } from '../../model.ts';

const routing = 'enable-aggregator-routing';
const names = 'requestheader-allowed-names';
/** The flags that kubeadm writes into the healthy manifest, with their fixed value, or null for one that depends on the cluster. */
const written: KubeadmConfig['written'] = Object.fromEntries(
  Object.entries(healthy.flags.byName).map(([name, { value }]) => [name, name.startsWith('etcd') ? null : value]),
);
const configured = (set: Readonly<Record<string, string>> = {}) => ({
  upgrade,
  kubeadmConfig: { written, extraArgs: Object.entries(set).map(([name, value]) => ({ name, value })) },
});

export const rows: readonly Row[] = [
  ["kubeadm's own flags", configured(), 'passed'],
  ['nobody asked for an upgrade', {}, 'inapplicable'],
  ['another flag, in its configuration', { ...configured({ [routing]: 'true' }), ...flags({ [routing]: 'true' }) }, 'passed'],
  ['a value of the cluster', { ...configured(), ...flags({ 'etcd-servers': 'https://10.0.0.9:2379' }) }, 'passed'],
  [
    'another flag',
    { ...configured(), ...flags({ [routing]: 'true' }) },
    [{ says: 'undoes `--enable-aggregator-routing`', evidence: `--${routing}=true is removed`, latent: true }],
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
  ['its configuration is not visible', { ...configured(), kubeadmConfig: unknown }, 'skipped'],
  ['the cluster has no such ConfigMap', { ...configured(), kubeadmConfig: null }, 'inapplicable'],
];
