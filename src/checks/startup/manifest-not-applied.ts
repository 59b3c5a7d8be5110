import { defineCheck } from '../../check.ts';
import { flagFileOf } from '../../distributions/places.ts';
import type { Flag } from '../../model.ts';

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

export default defineCheck({
  id: 'manifest-not-applied',
  title: 'kube-apiserver runs with the flags of its manifest',
  severity: 'error',
  modes: ['F35'],
  scope: 'apiserver',
  needs: ['flags', 'runningFlags', 'proposal'],
  causes: {
    signatures: ['no-request-header'],
    symptoms: [
      'user-groups-missing',
      'configmap-names-exclude-cn',
      'configmap-ca-not-signer',
      'extension-servers-see-anonymous',
      'extension-servers-reject-front-proxy',
    ],
  },
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
    const file = flagFileOf(flags.origin);
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
        fix: file.apply,
      },
    ];
  },
});
