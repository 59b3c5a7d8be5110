import { defineCheck } from '../../check.ts';
import type { Flag } from '../../model.ts';

const said = (flag: Flag | undefined) => (flag ? `\`--${flag.name}=${flag.value}\`` : 'not set');

export default defineCheck({
  id: 'manifest-would-change',
  title: 'the proposed manifest sets the same flags as the current one',
  severity: 'info',
  modes: [],
  scope: 'apiserver',
  needs: ['flags', 'proposedManifest'],
  explain: {
    looksAt:
      'the flags in the manifest that `--manifest` names, compared with those in the current manifest, or with the process if there is none',
    why: 'An edit is best reviewed before kubelet applies it.',
    kubernetes: 'kubelet restarts kube-apiserver as soon as the file is in its directory.',
    repair:
      'When the rest of this report has no findings, move the file into the manifest directory on one control-plane node after the other.',
    mirrors: 'kubernetes/kubernetes, pkg/kubelet/config/file.go, v1.37.2',
  },
  run({ flags, proposedManifest }) {
    if (!proposedManifest?.replaces) return null;
    const before = proposedManifest.replaces.byName;
    const names = [...new Set([...Object.keys(before), ...Object.keys(flags.byName)])];
    const changed = names.filter((name) => before[name]?.value !== flags.byName[name]?.value);
    // /flagz also returns every default, so only the flags in the proposal can be compared with it.
    const shown = proposedManifest.replaces.origin === 'flagz' ? changed.filter((name) => flags.byName[name]) : changed;
    const [first] = shown;
    if (first === undefined) return [];
    const from = 'file' in proposedManifest.replaces.at ? proposedManifest.replaces.at.file : 'the running kube-apiserver';
    return [
      {
        message: `This manifest would change ${shown.length === 1 ? 'one flag' : `${shown.length} flags`} of ${from === 'the running kube-apiserver' ? from : `\`${from}\``}.`,
        at: flags.byName[first]?.at ?? flags.at,
        evidence: shown.map((name) => `${said(before[name])} → ${said(flags.byName[name])}`),
        fix: {
          text: 'Once the other findings are fixed, move the file into the manifest directory on one control-plane node after the other.',
        },
      },
    ];
  },
});
