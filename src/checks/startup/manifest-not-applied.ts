import { defineCheck } from '../../check.ts';
import type { Fix, Flag, Flags } from '../../model.ts';

const compared = [
  'proxy-client-cert-file',
  'proxy-client-key-file',
  'requestheader-client-ca-file',
  'requestheader-allowed-names',
  'requestheader-username-headers',
  'requestheader-group-headers',
  'requestheader-extra-headers-prefix',
  'enable-aggregator-routing',
  'client-ca-file',
] as const;

/** Lists are sets here: their order and their quotes do not matter. */
const meaning = (flag: Flag | undefined) =>
  flag?.list.length ? [...flag.list].sort().join(',') : flag?.value === 'false' ? '' : (flag?.value ?? '');
const shown = (flag: Flag | undefined) => (meaning(flag) === '' ? 'not set' : `\`${flag?.value}\``);

/** What is edited, and how it comes into force. Of the others no one file holds all flags. */
const files: Partial<Record<Flags['origin'], { readonly name: string; readonly fix: Fix }>> = {
  manifest: {
    name: 'manifest',
    fix: {
      text: 'See why kubelet has not applied the manifest, in its log:',
      commands: ['journalctl -u kubelet --since -15min | grep -i manifest'],
    },
  },
  'systemd unit': {
    name: 'unit',
    fix: {
      text: 'First repair what else is found in the unit, for it comes into force as a whole; then, one control-plane node after the other:',
      commands: ['systemctl daemon-reload && systemctl restart kube-apiserver'],
    },
  },
  'arguments file': {
    name: 'file of arguments',
    fix: {
      text: 'First repair what else is found in the file, for it comes into force as a whole; then, one node after the other:',
      commands: ['snap restart microk8s'],
    },
  },
};

export default defineCheck({
  id: 'manifest-not-applied',
  title: 'kube-apiserver runs with the flags of its manifest',
  severity: 'error',
  scope: 'apiserver',
  needs: ['flags', 'runningFlags', 'proposal'],
  explain: {
    looksAt:
      "the aggregation layer's flags in the static pod manifest, the unit or the file of arguments, against those of the process (`/flagz` of its own address) or of its mirror pod",
    why: 'What is repaired in the file does not hold before kubelet has applied it, and what is broken there shows at the next restart.',
    kubernetes:
      'kubelet keeps the old pod when the new manifest does not parse, when another file in the folder defines the same pod, or when it does not run. A service keeps its flags until it is restarted.',
    repair:
      "Read kubelet's log; move the manifest out of the folder and back in. A service of systemd: `systemctl daemon-reload`, and restart it.",
    mirrors: 'kubernetes/kubernetes, pkg/kubelet/config/file.go, v1.37.2',
  },
  run({ flags, runningFlags, proposal }) {
    const file = files[flags.origin];
    if (!file || proposal) return null;
    const differing = compared.filter((name) => meaning(flags.byName[name]) !== meaning(runningFlags.byName[name]));
    if (differing.length === 0) return [];
    const first = flags.byName[differing[0] as string];
    return [
      {
        message: `kube-apiserver does not run with its ${file.name}: ${differing.map((name) => `\`--${name}\``).join(', ')} differ${differing.length === 1 ? 's' : ''}.`,
        at: first?.at ?? flags.at,
        evidence: differing.map(
          (name) =>
            `--${name}: ${shown(flags.byName[name])} in the ${file.name}, ${shown(runningFlags.byName[name])} in the ${runningFlags.origin === 'flagz' ? 'process (/flagz)' : 'mirror pod'}`,
        ),
        fix: file.fix,
      },
    ];
  },
});
