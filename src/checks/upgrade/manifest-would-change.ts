import { defineCheck } from '../../check.ts';
import type { Flag } from '../../model.ts';

const said = (flag: Flag | undefined) => (flag ? `\`--${flag.name}=${flag.value}\`` : 'not set');

export default defineCheck({
  id: 'manifest-would-change',
  title: 'the manifest that is judged says what the one in place says',
  severity: 'info',
  modes: [],
  scope: 'apiserver',
  needs: ['flags', 'proposal'],
  explain: {
    looksAt:
      'the flags of the manifest that `--manifest` names against those of the manifest in place, or of the process where there is none',
    why: 'An edit is best read before kubelet sees it.',
    kubernetes: 'kubelet restarts kube-apiserver as soon as the file lies in its folder.',
    repair: 'When the rest of this report is well, move the file into its place, on one control-plane node after the other.',
    mirrors: 'kubernetes/kubernetes, pkg/kubelet/config/file.go, v1.37.2',
  },
  run({ flags, proposal }) {
    if (!proposal?.replaces) return null;
    const before = proposal.replaces.byName;
    const names = [...new Set([...Object.keys(before), ...Object.keys(flags.byName)])];
    const changed = names.filter((name) => before[name]?.value !== flags.byName[name]?.value);
    // /flagz tells every default as well: there only what the proposal itself sets can be compared.
    const shown = proposal.replaces.origin === 'flagz' ? changed.filter((name) => flags.byName[name]) : changed;
    const [first] = shown;
    if (first === undefined) return [];
    const from = 'file' in proposal.replaces.at ? proposal.replaces.at.file : 'the running kube-apiserver';
    return [
      {
        message: `This manifest would change ${shown.length === 1 ? 'one flag' : `${shown.length} flags`} of ${from === 'the running kube-apiserver' ? from : `\`${from}\``}.`,
        at: flags.byName[first]?.at ?? flags.at,
        evidence: shown.map((name) => `${said(before[name])} → ${said(flags.byName[name])}`),
        fix: { text: 'Move it into its place once the other findings are repaired, on one control-plane node after the other.' },
      },
    ];
  },
});
