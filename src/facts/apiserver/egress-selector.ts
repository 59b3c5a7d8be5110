import type { Ask, EgressSelector, Flags, Observed } from '../../model.ts';
import { fact } from '../engine/declare.ts';
import { hostPathOf, type VolumeMount } from '../shared/read-manifest.ts';
import { apiserver } from './apiserver.ts';
import { configuration, objectIn } from './configuration-file.ts';
import { flags } from './flags.ts';
import { startedBy } from './node-files.ts';
import { tunnelConfigurationOf, tunnelsToPods } from './rancher-tunnel.ts';

/** null: kube-apiserver dials by itself, without a configuration. */
export const egressSelector = fact({
  name: 'egressSelector',
  of: apiserver,
  needs: { flags, startedBy },
  read: ({ flags, startedBy: { mounts } }, ask) => readEgressSelector(ask, flags, mounts),
});

interface Selection {
  readonly name?: string;
  readonly connection?: { readonly proxyProtocol?: string; readonly transport?: { readonly uds?: { readonly udsName?: string } } };
}
/** Reads the file as k8s.io/apiserver, pkg/server/egressselector/config.go (v0.37.2) does, and asks for its sockets. */
export async function readEgressSelector(ask: Ask, flags: Flags, mounts: readonly VolumeMount[]): Promise<Observed<EgressSelector | null>> {
  const tunnel = tunnelConfigurationOf(flags);
  const tunnels = tunnel !== null && (await tunnelsToPods(ask, tunnel));
  if (flags.origin === 'k3s configuration' && tunnels)
    return { ok: true, value: { at: flags.at, path: tunnel, fault: null, cluster: true, agentOf: 'k3s', sockets: [] } };
  const file = await configuration(ask, flags, 'egress-selector-config-file', mounts);
  if (!file.ok || file.value === null) return file as Observed<null>;
  const { at, path, text } = file.value;
  const failed = (fault: string) => ({ ok: true as const, value: { at, path, fault, cluster: false, sockets: [] } });
  if (text === undefined)
    return failed(`unable to read egress selector configuration from "${path}" [open ${path}: no such file or directory]`);
  const object = objectIn(text);
  if (!object) return failed('it is not a YAML object');
  if (object.kind !== 'EgressSelectorConfiguration') return failed(`no kind "${String(object.kind)}" is registered`);
  const selections: readonly Selection[] = Array.isArray(object.egressSelections) ? object.egressSelections : [];
  const stranger = selections.find(({ name }) => !names.includes(String(name)));
  if (stranger) return failed(`Unsupported value: "${stranger.name}": supported values: "cluster", "controlplane", "etcd"`);
  const bare = selections.find(({ connection }) => /^(GRPC|HTTPConnect)$/.test(connection?.proxyProtocol ?? '') && !connection?.transport);
  if (bare) return failed(`Required value: transport must be set for ${bare.connection?.proxyProtocol}`);
  const proxied = selections.filter(({ name, connection }) => name === 'cluster' && connection?.proxyProtocol !== 'Direct');
  const cluster = tunnel === null || tunnels ? proxied : [];
  const paths = cluster.flatMap(({ connection }) => connection?.transport?.uds?.udsName ?? []);
  const sockets = await Promise.all(paths.map(async (socket) => ({ path: socket, is: await stateOf(ask, socket, mounts) })));
  return { ok: true, value: { at, path, fault: null, cluster: cluster.length > 0, ...(tunnels && { agentOf: 'rke2' }), sockets } };
}
const names = ['cluster', 'controlplane', 'etcd'];

/** A socket is no file that could be read: whatever lies there but nothing is taken for one. */
async function stateOf(ask: Ask, socket: string, mounts: readonly VolumeMount[]): Promise<'absent' | 'not-mounted' | 'present'> {
  const hostPath = hostPathOf(socket, mounts);
  if (hostPath === null) return 'not-mounted';
  const answer = await ask({ kind: 'file', path: hostPath });
  return answer.ok && answer.value.is === 'absent' ? 'absent' : 'present';
}
