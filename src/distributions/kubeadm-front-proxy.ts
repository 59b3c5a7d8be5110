/** How kubeadm issues the front proxy's pair. Each command needs the one before. kubernetes/kubernetes, cmd/kubeadm/app/phases/certs, v1.37.2. */
import type { Command, Fix, FrontProxyIssue } from '../model.ts';
import { sh } from '../sh.ts';
import { cannotIssue, issueFrontProxy as issueByHand } from './by-hand.ts';
import type { FrontProxyFiles } from './distribution.ts';
import { usualFrontProxyName } from './front-proxy-name.ts';
import { keep } from './keep.ts';

const renew = 'As root on each control-plane node, renew the certificate; kube-apiserver reloads it within a minute without a restart';

/** Where kubeadm keeps the files, what it writes for kube-apiserver, and the command that renews the pair there. */
export interface Kubeadm {
  readonly files: FrontProxyFiles;
  readonly manifest: string;
  readonly renewal: Command;
}

/**
 * Where aggctl sees no files. Without the CA's key kubeadm exits 0 and renews nothing, and it renews the pair in its own directory
 * whatever the flag names.
 */
export const renewUnseen = ({ files: { ca, cert }, manifest, renewal }: Kubeadm): Fix => ({
  text: `${renew}. The command fails where the key of the CA is missing, or the flag names another file:`,
  commands: [
    sh`test -s ${ca.replace(/\.crt$/, '.key')} && grep -q ${`proxy-client-cert-file=${cert}`} ${manifest} && ${{ command: renewal }}`,
  ],
});

/** `expiring`: only the dates of the present pair are wrong, or soon will be. */
export function issueFrontProxy(issue: FrontProxyIssue, expiring: boolean, { files: standard, renewal }: Kubeadm): Fix {
  const { ca, caKey, pair } = issue;
  if (!pair || ca === null || caKey.path === null || caKey.is === 'other' || caKey.is === 'unfit') return issueByHand(issue);
  if (caKey.is === 'absent')
    return {
      text: `${cannotIssue(caKey)}Copy it from a control-plane node that has it (replace OTHER-NODE with its address) and run aggctl again, or let whoever keeps the CA issue the pair:`,
      commands: [sh`scp root@OTHER-NODE:${caKey.path} ${caKey.path}`],
    };
  if (expiring && issue.renewable && ca === standard.ca && pair.cert === standard.cert && !caKey.lines)
    return { text: `${renew}:`, commands: [caKey.is === 'fits' ? renewal : sh`test -s ${caKey.path} && ${{ command: renewal }}`] };
  // kubeadm issues under one name.
  if (issue.commonName !== usualFrontProxyName) return issueByHand(issue);
  const copyCa = caKey.lines
    ? sh`sed -n ${`${caKey.lines.from},${caKey.lines.to}p`} ${ca} > "$d"/front-proxy-ca.crt`
    : sh`ln -s ${ca} "$d"/front-proxy-ca.crt`;
  const kept = issue.replaces.reduce<Command>((all, file) => sh`${{ command: all }}${{ command: keep(file) }} && `, sh``);
  return {
    text: `As root on this node, let kubeadm issue a pair from \`${ca}\` in a temporary directory. Only if that succeeds is it put in place${issue.replaces.length > 0 ? ', and the old one is kept' : ''}; kube-apiserver reloads it within a minute:`,
    commands: [
      sh`d=$(mktemp -d) && ${{ command: copyCa }} && ln -s ${caKey.path} "$d"/front-proxy-ca.key && kubeadm init phase certs front-proxy-client --cert-dir "$d"`,
      sh`[ -s "$d"/front-proxy-client.crt ] && ${{ command: kept }}cp "$d"/front-proxy-client.crt ${pair.cert} && cp "$d"/front-proxy-client.key ${pair.key} && rm -r "$d"`,
    ],
  };
}
