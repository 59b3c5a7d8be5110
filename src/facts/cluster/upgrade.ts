import type { Observed, Upgrade, VersionChange } from '../../model.ts';
import { minorVersion } from '../apiserver/minor-version.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { userOptions } from '../shared/inputs.ts';
import { valuesOf } from './of-each.ts';
import { version } from './version.ts';

/** null: nothing is known to change. */
export const upgrade = fact({
  name: 'upgrade',
  needs: { version: maybe(version), minors: maybe(each(minorVersion)), userOptions },
  read: ({ version, minors, userOptions }): Observed<Upgrade | null> => {
    const known = minors.ok ? valuesOf(minors.value).filter((minor) => minor !== null) : [];
    if (!version.ok && known.length === 0) return version;
    return { ok: true, value: upgradeFrom(version.ok ? version.value.minor : Math.min(...known), userOptions.targetVersion) };
  },
});

interface VersionRule {
  /** By which a check names the change that breaks what still works before. */
  readonly kind: VersionChange;
  /** The first minor version of Kubernetes 1 in which it holds. */
  readonly minor: number;
  readonly change: string;
  /** Upstream repository with the change, or the file and version in which it is seen. */
  readonly source: string;
  /** Of a change that no check judges: what to look at. */
  readonly look?: string;
  /** Flags of kube-apiserver that it no longer knows. */
  readonly gone?: readonly string[];
}

/** What changes for the aggregation layer from one minor version to the next, in the order of versions. */
export const versionRules: readonly VersionRule[] = [
  {
    kind: 'sha1-refused',
    minor: 24,
    change: 'kube-apiserver and extension servers reject certificates that are signed with SHA-1, unless GODEBUG=x509sha1=1',
    source: 'crypto/x509, go1.18; kubernetes/kubernetes#125689',
  },
  {
    kind: 'sha1-override-gone',
    minor: 33,
    change: 'GODEBUG=x509sha1=1 no longer allows SHA-1 signatures',
    source: 'crypto/x509, go1.24; kubernetes/kubernetes#125689',
  },
  {
    kind: 'cloud-flags-gone',
    minor: 33,
    change: 'kube-apiserver no longer has --cloud-provider and --cloud-config, and does not start with them',
    source: 'kubernetes/kubernetes#130162',
    gone: ['cloud-provider', 'cloud-config'],
  },
  {
    kind: 'uid-sent',
    minor: 33,
    change:
      "kube-apiserver sends the user's UID in X-Remote-Uid and accepts --requestheader-uid-headers without a feature gate: a proxy in front of an extension server must drop X-Remote-Uid from clients",
    source: 'k8s.io/apiserver, pkg/features/kube_features.go (RemoteRequestHeaderUID), v0.33.0',
    look: 'look at the configuration of each proxy in front of an extension server',
  },
  {
    kind: 'shared-ca-refused',
    minor: 35,
    change: 'kube-apiserver does not start if one CA signs both users and the front proxy while --requestheader-allowed-names is empty',
    source: 'kubernetes/kubernetes#131411',
  },
  {
    kind: 'serving-certificate-probed',
    minor: 36,
    change:
      "the probe behind Available verifies the extension server's serving certificate, as requests always did: if that fails, the APIService becomes False",
    source: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.36.0 (v0.35.10 does not)',
  },
];

/** The newest minor version that was looked at: what a later one changes nobody here knows. */
export const newestMinor = 37;

/** From the version that runs to the one that was asked for, else to the next with a rule; null when there is nothing to say. */
export function upgradeFrom(minor: number, target: number | undefined): Upgrade | null {
  const to = target ?? versionRules.find((rule) => rule.minor > minor)?.minor;
  if (to === undefined || to < minor) return null;
  const rules = versionRules.filter((rule) => rule.minor > minor && rule.minor <= to);
  return { from: minor, to, asked: target !== undefined, newestKnown: newestMinor, rules };
}
