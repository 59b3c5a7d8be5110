/** How something is done on a distribution: commands that are safe in the order given. Pure. */
import type { Command, Fix, Place } from '../model.ts';
import { sh } from '../sh.ts';
import { distributions } from './all.ts';
import * as byHand from './by-hand.ts';
import type { FrontProxyFiles } from './distribution.ts';
import { usualFrontProxyName } from './front-proxy-name.ts';
import { kubeadm } from './kubeadm.ts';
import { type DistributionName, named } from './places.ts';
import { isHosted, orAsk } from './provider.ts';

/** How a flag of kube-apiserver is changed, by the place that its flags were read from; for a mirror pod's by the distribution. One node after the other. */
export function editFlag(flags: Place, change: string, distribution?: DistributionName): Fix {
  if (isHosted(distribution) && !('file' in flags)) return ask(distribution, byHand.editFlag(flags, change), lower(change));
  const own = named(distribution)?.editFlag?.(flags, change);
  const holder = 'file' in flags ? distributions.find(({ marks }) => marks.file?.test(flags.file)) : undefined;
  return own ?? holder?.editFlag?.(flags, change) ?? byHand.editFlag(flags, change);
}

/** How flags are removed so that the next upgrade does not restore them. `flags` lists them. */
export function removeFlags(at: Place, flags: string, distribution: DistributionName): Fix {
  const { text, commands = [] } = editFlag(at, `Remove ${flags}`, distribution);
  const forget = named(distribution)?.forgetFlags?.(flags);
  return forget ? { text: `${forget.text} ${text}`, commands: [forget.command, ...commands] } : { text, commands };
}

/** Where a provider runs the control plane, it is asked; else `fix` is done. */
const ask = (distribution: DistributionName, fix: Fix, to: string): Fix => orAsk(isHosted(distribution) ? distribution : null, fix, { to });
const lower = (text: string) => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;

const pair = 'the client certificate that kube-apiserver presents to extension API servers (`--proxy-client-cert-file`)';
/** How a front-proxy client certificate near its end is renewed where nothing shows the files. */
export const renewFrontProxy = (distribution: DistributionName): Fix =>
  named(distribution)?.renewFrontProxy ?? ask(distribution, byHand.renewFrontProxy, `renew ${pair}`);

/** How another one is issued where nothing shows the files. kubeadm would take its own CA, whatever is wrong with the present one. */
export function replaceFrontProxy(distribution: DistributionName): Fix {
  const own = named(distribution);
  const known = own?.issueFrontProxy ? undefined : (own?.rotateFrontProxy ?? own?.renewFrontProxy);
  return known ?? ask(distribution, byHand.renewFrontProxy, `issue ${pair} again, with clientAuth, from its requestheader CA`);
}

/** The CA of the front proxy: the files that the flags name (null: nobody sees them), the name in the present certificate, and whether it has expired. */
interface EndingCa {
  readonly files: FrontProxyFiles | null;
  readonly commonName: string | null | undefined;
  readonly expired: boolean;
}
/** How the CA of the front proxy is replaced. */
export const renewCa = (distribution: DistributionName, { files, commonName, expired }: EndingCa): Fix =>
  named(distribution)?.renewCa ??
  ask(
    distribution,
    byHand.renewCa({ files, commonName: commonName ?? usualFrontProxyName, expired, kubeconfig: named(distribution)?.kubeconfig ?? null }),
    'replace the requestheader CA of kube-apiserver',
  );

/** The command that copies a CA's certificate from another control-plane node; null where nothing tells how. */
export const copyCaFromNode = (distribution: DistributionName, path: string): Command | null =>
  named(distribution)?.copyCaFromNode?.(path) ?? null;

export const renewServerCertificate = (distribution: DistributionName): Fix =>
  named(distribution)?.renewServerCertificate ??
  ask(
    distribution,
    distribution
      ? { text: `Renew the certificate as ${distribution} does, usually by a restart of its service.` }
      : (kubeadm.renewServerCertificate as Fix),
    "renew kube-apiserver's serving certificate",
  );

export const renewAdminCredentials = (distribution: DistributionName): Fix =>
  named(distribution)?.renewAdminCredentials ?? byHand.renewAdminCredentials;

/** A command as it is run on a control-plane node: there, or, where its nodes have no shell, in a pod on the network of one (NODE). `image` holds its program; what the command substitutes, it substitutes here. */
export const onControlPlane = (distribution: DistributionName, image: string, command: Command): Command =>
  named(distribution)?.withoutShell ? sh`kubectl debug node/NODE -it --image=${image} -- ${{ command }}` : command;

/** The command that prints kube-apiserver's latest log. */
export const showLog = (distribution: DistributionName): Command => named(distribution)?.showLog ?? byHand.showLog;
