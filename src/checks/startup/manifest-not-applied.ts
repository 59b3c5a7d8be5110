import { defineCheck } from '../../check.ts';
import { flagFileOf } from '../../distributions/places.ts';
import { aggregationFlags, type Flag, meaningOf } from '../../model.ts';

const shown = (flag: Flag | undefined) => (flag?.value ? `\`${flag.value}\`` : 'not set');

export default defineCheck({
  id: 'manifest-not-applied',
  title: 'kube-apiserver runs with the flags of its manifest',
  severity: 'error',
  modes: ['F35'],
  scope: 'apiserver',
  needs: ['flags', 'runningFlags', 'proposedManifest'],
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
      "the aggregation layer's flags in the static pod manifest, systemd unit or arguments file, compared with those of the process (`/flagz` at its own address) or its mirror pod",
    why: 'A fix in the file has no effect until kubelet applies it, and a fault in the file takes effect at the next restart.',
    kubernetes:
      'kubelet keeps the old pod if the new manifest does not parse, if another file in the directory defines the same pod, or if kubelet is not running. A service keeps its flags until it is restarted.',
    repair:
      "Read kubelet's log; move the manifest out of the directory and back in. For a systemd service, run `systemctl daemon-reload` and restart it.",
    mirrors: 'kubernetes/kubernetes, pkg/kubelet/config/file.go, v1.37.2',
  },
  run({ flags, runningFlags, proposedManifest }) {
    const file = flagFileOf(flags.origin);
    if (!file || proposedManifest) return null;
    const differing = aggregationFlags
      .filter((known) => meaningOf(known, flags.byName[known.name]) !== meaningOf(known, runningFlags.byName[known.name]))
      .map(({ name }) => name);
    if (differing.length === 0) return [];
    const first = flags.byName[differing[0] as string];
    return [
      {
        message: `kube-apiserver does not run with the flags in its ${file.name}: ${differing.map((name) => `\`--${name}\``).join(', ')} differ${differing.length === 1 ? 's' : ''}.`,
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
