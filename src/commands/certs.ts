/** `aggctl certs`: every certificate of the aggregation layer: expiry, location and who trusts it. */
import { certificateFacts, type LayerCertificate } from '../facts/shared/layer-certificates.ts';
import { duration, moment } from '../format.ts';
import {
  type Certificate,
  type CertificateState,
  certificateState,
  type Event,
  type ExitStatus,
  type Table,
  type UserOptions,
} from '../model.ts';
import { UsageError } from '../usage-error.ts';
import { refuseNothing } from './doctor.ts';
import { incompleteness, openSource, type SourceOptions } from './open-source.ts';
import { notChecked, seenCertificates } from './seen-certificates.ts';
import { span, time } from './spans.ts';
import type { Surroundings } from './surroundings.ts';

export interface CertsOptions extends SourceOptions {
  readonly at?: string;
  readonly warnWithin?: string;
  readonly failWithin?: string;
}

/**
 * One row for each certificate, in kubeadm's columns (cmd/kubeadm/app/cmd/certs.go, v1.37.2) and four more. Status 1: one is expired, or
 * expires within `--fail-within`; 3: something could not be checked. Throws a UsageError for wrong options, and when there is nothing to check.
 */
export async function* certs(options: CertsOptions, surroundings: Surroundings): AsyncGenerator<Event, Table> {
  const at = options.at ? time('--at', options.at) : undefined;
  const within: Within = {
    ...(options.warnWithin && { warnWithin: span('--warn-within', options.warnWithin) }),
    ...(options.failWithin && { failWithin: span('--fail-within', options.failWithin) }),
  };
  const source = yield* openSource(options, surroundings);
  const { gathered, mismatch, now, certificates, unseen } = await seenCertificates(source.asks, {
    userOptions: { ...(at && { at }) },
    ...(source.manifest && { manifest: source.manifest }),
    ...(!options.record && { wanted: certificateFacts }),
  });
  yield* source.close();
  if (mismatch) throw new UsageError(`${mismatch}; choose one with ${source.name === 'live' ? '--kubeconfig or --root' : '--snapshot'}`);
  refuseNothing(gathered, source, options);
  yield* incompleteness(source);
  for (const one of unseen) yield { kind: one.why === 'excluded' ? 'hint' : 'warning', message: `not checked: ${notChecked(one)}` };
  const failed = unseen.filter(({ why }) => why !== 'excluded').map((one) => `not checked: ${notChecked(one)}`);
  const incomplete = [...(source.incomplete ? [source.incomplete] : []), ...failed].join('; ');
  const items = certificates.map((one) => itemOf(one, certificateState(one.certificate, now, within, one.late), now));
  return {
    schemaVersion: 1,
    kind: 'Certificates',
    columns: ['CERTIFICATE', 'EXPIRES', 'RESIDUAL TIME', 'CERTIFICATE AUTHORITY', 'SUBJECT', 'KEY', 'AT', 'TRUSTED BY'],
    rows: items.map(({ name, subject, key, places, trustedBy, ignored, state, expires, residual, authority }) => [
      name,
      moment(new Date(expires)),
      `${residual < 0 ? `-${duration(residual)}` : duration(residual)}${ignored ? ' (ignored)' : says[state]}`,
      authority,
      subject,
      key,
      places.join('; '),
      trustedBy,
    ]),
    items: items.map(({ authority: _, ...item }) => item),
    ...(incomplete && { incomplete }),
    exitStatus: statusOf(
      items.some(({ state, ignored }) => !ignored && (state === 'expired' || state === 'fail')),
      failed.length > 0,
    ),
  };
}

const statusOf = (failing: boolean, incomplete: boolean): ExitStatus => {
  if (failing) return 1;
  return incomplete ? 3 : 0;
};

/** `fail` and `warn`: it expires within the spans of those options. */
type Within = Pick<UserOptions, 'warnWithin' | 'failWithin'>;
const says: Readonly<Record<CertificateState, string>> = {
  expired: ' (expired)',
  'not-yet-valid': ' (not yet valid)',
  fail: ' (error)',
  warn: ' (warning)',
  valid: '',
};

function itemOf({ role, name, certificate, places, trustedBy, ignored }: LayerCertificate, state: CertificateState, now: Date) {
  const { subject, issuer, serial, key, signatureAlgorithm, fingerprint, notBefore, notAfter } = certificate;
  return {
    name,
    role,
    subject,
    issuer,
    serial,
    key,
    signatureAlgorithm,
    fingerprint,
    notBefore: notBefore.toISOString(),
    expires: notAfter.toISOString(),
    /** Milliseconds; negative once it has expired. */
    residual: notAfter.getTime() - now.getTime(),
    state,
    ignored,
    places,
    trustedBy,
    authority: selfSigned(certificate) ? '' : issuer,
  };
}
const selfSigned = ({ rawSubject, rawIssuer }: Certificate) => rawSubject === rawIssuer;
