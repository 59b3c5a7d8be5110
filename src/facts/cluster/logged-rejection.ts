import type { ApiService, CertificateFile, Failure, LoggedRejection, Observed } from '../../model.ts';
import { proxyClientCert } from '../apiserver/proxy-client-cert.ts';
import { apiService } from '../apiservice/api-service.ts';
import { failure } from '../apiservice/failure.ts';
import { logOf } from '../apiservice/log-of.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { commonAmong } from './common-failure.ts';
import { valuesOf } from './of-each.ts';
import { served } from './served.ts';

/**
 * What the extension servers' logs say of a front-proxy certificate that no file here shows, when all of them reject it; null: they do
 * not, their logs contradict each other, or the files of every kube-apiserver are visible.
 */
export const loggedRejection = fact({
  name: 'loggedRejection',
  needs: { services: each(apiService), failures: each(failure), logs: each(logOf), certificates: maybe(each(proxyClientCert)) },
  read: ({ services, failures, logs, certificates }) =>
    provenByLogs(served(services, failures), valuesOf(logs), certificates.ok ? valuesOf(certificates.value) : []),
});

type Log = Observed<LoggedRejection | null>;

/** What the logs of all that reject the certificate agree on. A certificate that lies in a file here is judged there. */
function provenByLogs(
  all: readonly { readonly service: ApiService; readonly failure: Failure | null }[],
  logs: readonly Log[],
  certificates: readonly (CertificateFile | null)[],
): Log {
  const unread = logs.find((log) => !log.ok);
  const said = logs.flatMap((log) => (log.ok && log.value ? [log.value] : []));
  const [first] = said;
  if (!first || commonAmong(all)?.signature !== 'rejected') return unread ?? { ok: true, value: null };
  const atHand = certificates.flatMap((file) => (file?.certificates ?? []).map(({ serial }) => serial.decimal));
  const agree = said.every(({ kind }) => kind === first.kind) && !atHand.includes(first.serial?.decimal ?? '');
  return { ok: true, value: agree ? first : null };
}
