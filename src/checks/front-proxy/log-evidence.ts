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
