/** Which extension servers' logs are worth reading, and what they prove together. Pure. */
import type { ApiService, CertificateFile, Failure, LoggedRejection, Observed } from '../model.ts';
import { commonFailure } from './common-failure.ts';

type Log = Observed<LoggedRejection | null>;

/** Whether the extension server's log may tell why. */
export const isRejection = (failure: Failure | null): boolean =>
  failure !== null && ['rejected', 'anonymous'].includes(failure.signature) && !failure.inTransition;

/** What the logs of all that reject the certificate agree on. A certificate that lies in a file here is judged there. */
export function provenByLogs(
  all: readonly { readonly service: ApiService; readonly failure: Failure | null }[],
  logs: readonly Log[],
  certificates: readonly (CertificateFile | null)[],
): Log {
  const unread = logs.find((log) => !log.ok);
  const said = logs.flatMap((log) => (log.ok && log.value ? [log.value] : []));
  const [first] = said;
  if (!first || commonFailure(all)?.signature !== 'rejected') return unread ?? { ok: true, value: null };
  const atHand = certificates.flatMap((file) => (file?.certificates ?? []).map(({ serial }) => serial.decimal));
  const agree = said.every(({ kind }) => kind === first.kind) && !atHand.includes(first.serial?.decimal ?? '');
  return { ok: true, value: agree ? first : null };
}
