import { configuration as k3sConfiguration } from '../../distributions/k3s.ts';
import type { Ask, Flags } from '../../model.ts';
import { textOf } from '../shared/readers/reader.ts';
import { objectIn } from './configuration-file.ts';

const rke2Configuration = '/etc/rancher/rke2/config.yaml';

/** The file in which k3s or RKE2 is told how kube-apiserver's connections leave the server; null: neither of them started it. */
export function tunnelConfigurationOf({ origin, byName }: Flags): string | null {
  if (origin === 'k3s configuration') return k3sConfiguration;
  return /\/rke2\/server\/etc\/[^/]+$/.test(byName['egress-selector-config-file']?.value ?? '') ? rke2Configuration : null;
}

/**
 * Whether an agent on the pod's node opens the connection: `egress-selector-mode` is `cluster` or `pod`. In the others, of which `agent` is
 * the default, only kubelets are reached through agents, and the server dials all else itself. https://docs.k3s.io/networking/basic-network-options,
 * k3s-io/k3s, pkg/daemons/control/tunnel.go (dialBackend) and deps/deps.go (genEgressSelectorConfig), v1.35.
 */
export async function tunnelsToPods(ask: Ask, path: string): Promise<boolean> {
  const answer = await ask({ kind: 'file', path });
  const text = answer.ok ? textOf(path, answer.value) : null;
  const mode = text?.ok && text.value !== null ? objectIn(text.value)?.['egress-selector-mode'] : null;
  return mode === 'cluster' || mode === 'pod';
}
