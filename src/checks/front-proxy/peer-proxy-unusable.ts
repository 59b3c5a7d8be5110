import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';
import { gateIsOn } from '../startup/feature-gates.ts';

const gate = 'UnknownVersionInteroperabilityProxy';
/** Beta, and on by default, since this minor version. */
const onSince = 36;
const peerFlags = ['peer-ca-file', 'peer-advertise-ip', 'peer-advertise-port'] as const;

export default defineCheck({
  id: 'peer-proxy-unusable',
  title: 'kube-apiserver can create its proxy to the other kube-apiservers',
  severity: 'error',
  modes: ['F25', 'V10'],
  scope: 'apiserver',
  needs: ['flags', 'minorVersion'],
  wants: ['distribution'],
  causes: { signatures: ['exits-by-peer-proxy'] },
  aspects: ['without-pair'],
  explain: {
    looksAt:
      '`--peer-ca-file` and the other peer flags: whether their feature gate is on, and whether there is a front-proxy pair to present to the peers',
    why: 'kube-apiserver presents the front-proxy client certificate to its peers. Without `--peer-ca-file` it needs none.',
    kubernetes:
      'kube-apiserver exits: `--peer-ca-file requires UnknownVersionInteroperabilityProxy feature to be turned on`, or `error building peer proxy handler, proxy-cert-file not specified`.',
    repair: 'Turn the gate on, set both flags of the pair, or remove the peer flags.',
    mirrors:
      'kubernetes/kubernetes, pkg/controlplane/apiserver/options/validation.go and peer.go, v1.37.2 (the gate is on by default since 1.36)',
  },
  run({ flags, minorVersion, distribution }) {
    const set = peerFlags.map((name) => flags.byName[name]).filter((flag) => flag?.value);
    const [first] = set;
    if (!first) return null;
    // Without the minor version, the default is unknown.
    const on = gateIsOn(flags, gate, minorVersion === null || minorVersion >= onSince);
    const pair = flags.byName['proxy-client-cert-file']?.value && flags.byName['proxy-client-key-file']?.value;
    if (on && (pair || first.name !== 'peer-ca-file')) return [];
    const text = on
      ? 'error building peer proxy handler, proxy-cert-file not specified'
      : `--${first.name} requires ${gate} feature to be turned on`;
    return [
      {
        message: on
          ? 'kube-apiserver cannot start: `--peer-ca-file` needs the front-proxy pair, but one of its flags is not set.'
          : `kube-apiserver cannot start: \`--${first.name}\` needs the feature gate \`${gate}\`, which is off.`,
        at: first.at,
        evidence: [`kube-apiserver exits with \`${text}\`; one that still runs exits at its next restart`],
        fix: editFlag(
          flags.at,
          on ? 'Set --proxy-client-cert-file and --proxy-client-key-file' : `Add ${gate}=true to --feature-gates`,
          distribution,
        ),
        ...(on && { aspect: 'without-pair' }),
      },
    ];
  },
});
