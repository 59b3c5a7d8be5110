/** What a line in an extension API server's log proves when the certificate itself is not visible. */

import { moment } from '../../format.ts';
import { everyUser, type Fix, type LoggedRejection, type Place, type Problem } from '../../model.ts';

const placeOf = ({ pod }: LoggedRejection): Place => ({ object: `Pod ${pod}`, field: 'log' });

/** The line and its certificate, as evidence. */
export function logged(rejection: LoggedRejection): readonly string[] {
  const { pod, text, time, serial } = rejection;
  return [
    `log of ${pod}${time ? ` at ${moment(time)}` : ''}: \`${text || 'verifying certificate …'}\``,
    ...(serial ? [`it names SN=${serial.decimal}, which openssl shows as serial ${serial.hex}`] : []),
  ];
}

/** What the text leaves, by the order in which Go's verifier looks: dates, the chain, the usage, and then the name. Ids of checks. */
const left: Partial<Record<LoggedRejection['kind'], readonly string[]>> = {
  expired: ['front-proxy-client-expired', 'requestheader-ca-expired'],
  'not-yet-valid': ['front-proxy-client-not-yet-valid'],
  'unknown-authority': [
    'front-proxy-client-not-signed-by-requestheader-ca',
    'configmap-ca-not-signer',
    'requestheader-ca-cannot-sign',
    'front-proxy-client-signature-insecure',
  ],
  'incompatible-usage': ['front-proxy-client-without-clientauth'],
  'name-not-allowed': ['allowed-names-exclude-cn', 'configmap-names-exclude-cn'],
  'no-request-header': ['requestheader-ca-missing', 'username-headers-missing', 'configmap-missing', 'configmap-requestheader-missing'],
};
/** The candidates that a line in the log leaves; without one, all. */
export const leftBy = (rejection: LoggedRejection | null | undefined): Pick<Problem, 'leaves'> => {
  const leaves = rejection ? left[rejection.says] : undefined;
  return leaves ? { leaves } : {};
};

/** The problem that a line of this kind proves; none for a line of another kind. */
export function provenBy(
  rejection: LoggedRejection | null,
  kind: LoggedRejection['kind'],
  say: (rejection: LoggedRejection) => { readonly because: string; readonly evidence?: readonly string[]; readonly fix: Fix },
): readonly Problem[] {
  if (rejection?.kind !== kind) return [];
  const { because, evidence = [], fix } = say(rejection);
  return [
    {
      message: `Aggregated APIs fail for ${everyUser}: ${because}.`,
      at: placeOf(rejection),
      evidence: [...logged(rejection), ...evidence],
      fix,
    },
  ];
}
