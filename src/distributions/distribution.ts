/** What aggctl knows of one distribution: data, and answers to typed questions. Whatever is left out is answered as for one set up by hand. */
import type { Command, Fix, Flags, FrontProxyIssue, Owner, Place } from '../model.ts';

/** The files of the front proxy: its CA, and the pair that kube-apiserver presents. */
export interface FrontProxyFiles {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}
/** The file that holds the flags, and how what it says comes into force. */
export interface FlagFile {
  readonly name: string;
  readonly apply: Fix;
}

export interface Distribution {
  readonly name: string;
  /** By what it is recognised: one is enough. */
  readonly marks: {
    /** `gitVersion` of the server. */
    readonly version?: RegExp;
    /** Host name of the server. */
    readonly server?: RegExp;
    /** Where its flags are read. */
    readonly file?: RegExp;
    /** A certificate that kube-apiserver's flags name. */
    readonly certificate?: RegExp;
    readonly origin?: Flags['origin'];
    /** A label or an annotation of a node, a label of a mirror pod, or a node's osImage or providerID: `name=value`. */
    readonly label?: RegExp;
  };
  /** It runs kubeadm, whose annotation it has, too. */
  readonly byKubeadm?: true;
  /** Somebody else runs the control plane, and shows neither its flags nor its files. */
  readonly managed?: true;
  /** Where its flags can be seen instead, when no reader finds them. */
  readonly look?: string;
  /** Who puts back what its addon manager reconciles, if not an addon manager on its nodes. */
  readonly addOns?: Owner['kind'];
  /** Releases in kube-system that it installs by HelmChart objects. */
  readonly packagedCharts?: RegExp;
  /** How its control plane is let through to a port of the pods that it dials. */
  readonly openPath?: (port: number | string) => Fix;
  /** It runs Kubernetes as Kubernetes builds it. The others take care of their flags at an upgrade. */
  readonly upstreamBuild?: true;

  /** The static pod manifest of kube-apiserver. */
  readonly manifest?: string;
  /** The administrator's kubeconfig. */
  readonly kubeconfig?: string;
  /** The CA of clients' certificates. */
  readonly clientCa?: string;
  readonly frontProxy?: FrontProxyFiles;
  /** The unit of systemd that writes kube-apiserver's log to the journal. */
  readonly journal?: string;
  /** Programs that hold kube-apiserver; a field manager is named after its program. */
  readonly programs?: readonly string[];
  /** Its nodes have no shell, or none with the usual programs. */
  readonly withoutShell?: true;
  /** The command that shows a file of such a node. */
  readonly readFile?: (node: string) => Command;
  readonly flagFile?: FlagFile;

  /** How a flag is set; null: as for one set up by hand. */
  readonly editFlag?: (at: Place, change: string) => Fix | null;
  /** What keeps a flag that was taken away from coming back with the next upgrade. */
  readonly forgetFlags?: (flags: string) => { readonly text: string; readonly command: Command };
  /** How a front-proxy client certificate near its end is renewed. */
  readonly renewFrontProxy?: Fix;
  /** How a new pair is made although the old one is not near its end. */
  readonly rotateFrontProxy?: Fix;
  /** How a new pair is issued, where the two above do not tell; `expiring`: only the dates of the present one are wrong. */
  readonly issueFrontProxy?: (issue: FrontProxyIssue, expiring: boolean) => Fix;
  /** How a CA's certificate is copied from another control-plane node. */
  readonly copyCaFromNode?: (path: string) => Command;
  /** How the CA of the front proxy is replaced, before or after its end. */
  readonly renewCa?: Fix;
  readonly renewServerCertificate?: Fix;
  readonly renewAdminCredentials?: Fix;
  /** Prints kube-apiserver's latest log. */
  readonly showLog?: Command;
}

/** A flag is changed on each node, one after the other. */
export const onEach = (node: string, change: string, commands: readonly Command[]): Fix => ({
  text: `On each ${node}, one after the other, ${change.slice(0, 1).toLowerCase()}${change.slice(1)}:`,
  commands,
});
