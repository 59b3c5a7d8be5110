/** Who opens the connections to pods, by the configuration of the egress selector. */
import { expect, test } from 'vitest';
import { readEgressSelector } from '../../../src/facts/apiserver/egress-selector.ts';
import { readFlags } from '../../../src/facts/shared/read-flags.ts';
import type { Ask, Flags } from '../../../src/model.ts';

const at = { file: '/m' };
const file = '/var/lib/rancher/rke2/server/etc/egress-selector-config.yaml';
const selector = (protocol: string) =>
  `kind: EgressSelectorConfiguration\negressSelections:\n- name: cluster\n  connection: {proxyProtocol: ${protocol}, transport: {tcp: {url: "https://127.0.0.1:9345"}}}\n`;

/** Whether agents dial, by these files on the node. */
async function agentsDial(files: Readonly<Record<string, string>>, flag: string | null, origin: Flags['origin'] = 'manifest') {
  const ask = (async ({ path }: { path: string }) =>
    files[path] === undefined
      ? { ok: true, value: { is: 'absent' } }
      : { ok: true, value: { is: 'text', text: files[path], mode: '0600', uid: 0, gid: 0, mtime: '' } }) as unknown as Ask;
  const words = flag === null ? [] : [{ text: `--egress-selector-config-file=${flag}`, at }];
  const read = await readEgressSelector(ask, { origin, at, byName: readFlags(words) }, [{ mountPath: '/', subPath: '', hostPath: '/' }]);
  return read.ok ? (read.value?.cluster ?? null) : read.message;
}
const rke2 = (mode: string) => ({ [file]: selector('HTTPConnect'), '/etc/rancher/rke2/config.yaml': mode });
const k3s = (text: string) => agentsDial({ '/etc/rancher/k3s/config.yaml': text }, null, 'k3s configuration');

test.each([
  ['konnectivity', agentsDial({ '/k/e.yaml': selector('GRPC') }, '/k/e.yaml'), true],
  ['a selection that says Direct', agentsDial({ '/k/e.yaml': selector('Direct') }, '/k/e.yaml'), false],
  ['no configuration', agentsDial({}, null), null],
  ["RKE2's default, in which only kubelets are reached through agents", agentsDial({ [file]: selector('HTTPConnect') }, file), false],
  ['RKE2 with mode agent', agentsDial(rke2('egress-selector-mode: agent\n'), file), false],
  ['RKE2 with mode pod', agentsDial(rke2('egress-selector-mode: pod\n'), file), true],
  ['RKE2 with mode cluster', agentsDial(rke2('egress-selector-mode: cluster\n'), file), true],
  ["k3s' default", k3s('write-kubeconfig-mode: "0600"\n'), null],
  ['k3s with mode disabled', k3s('egress-selector-mode: disabled\n'), null],
  ['k3s with mode cluster', k3s('egress-selector-mode: cluster\n'), true],
])('%s', async (_, dialled, expected) => expect(await dialled).toBe(expected));
