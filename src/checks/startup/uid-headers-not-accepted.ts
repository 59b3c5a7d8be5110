import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';
import { gateIsOn } from './feature-gates.ts';

const gate = 'RemoteRequestHeaderUID';
/** Beta, and on by default, since this minor version. */
const onSince = 33;

export default defineCheck({
  id: 'uid-headers-not-accepted',
  title: 'kube-apiserver accepts its list of UID headers',
  severity: 'error',
  modes: ['F20', 'V08'],
  scope: 'apiserver',
  needs: ['flags', 'minorVersion'],
  wants: ['distribution'],
  causes: { signatures: ['exits-by-uid-headers'] },
  explain: {
    looksAt: 'whether `--requestheader-uid-headers` contains X-Remote-Uid, and whether its feature gate is on',
    why: 'Unlike for the username, group and extra headers, a list without the standard header is an error here, not a warning.',
    kubernetes:
      'kube-apiserver exits: `--requestheader-uid-headers is set without specifying the standard X-Remote-Uid header - API aggregation will not work`, or `… requires the "RemoteRequestHeaderUID" feature to be enabled`.',
    repair: 'Add X-Remote-Uid to the list, turn the gate on, or remove the flag.',
    mirrors: 'k8s.io/apiserver, pkg/server/options/authentication.go, v0.37.2 (the gate is beta and on since 1.33)',
  },
  run({ flags, minorVersion, distribution }) {
    const flag = flags.byName['requestheader-uid-headers'];
    if (!flag?.list.length) return null;
    const standard = flag.list.some((header) => header.toLowerCase() === 'x-remote-uid');
    // Without the minor version, the default is unknown.
    const byDefault = minorVersion === null || minorVersion >= onSince;
    const on = gateIsOn(flags, gate, byDefault);
    if (standard && on) return [];
    const text = on
      ? '--requestheader-uid-headers is set without specifying the standard X-Remote-Uid header - API aggregation will not work'
      : `--requestheader-uid-headers requires the "${gate}" feature to be enabled`;
    return [
      {
        message: on
          ? `kube-apiserver cannot start: \`--requestheader-uid-headers\` is \`${flag.value}\`, without X-Remote-Uid.`
          : `kube-apiserver cannot start: \`--requestheader-uid-headers\` is set, but the feature gate \`${gate}\` is off.`,
        at: flag.at,
        evidence: [`kube-apiserver exits with \`${text}\`; a running one exits at its next restart`],
        fix: editFlag(
          flags.at,
          on
            ? 'Set --requestheader-uid-headers=X-Remote-Uid'
            : byDefault
              ? `Remove ${gate}=false from --feature-gates`
              : `Add ${gate}=true to --feature-gates, or remove --requestheader-uid-headers`,
          distribution,
        ),
      },
    ];
  },
});
