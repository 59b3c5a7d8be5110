/** `aggctl certs`: every certificate of the aggregation layer: expiry, location and who trusts it. */
import { gather } from '../facts/gather.ts';
import { type ExtensionServer, extensionServers, type Presented, presentedBy } from '../facts/shared/extension-handshakes.ts';
import { certificateFacts, type LayerCertificate, layerCertificates } from '../facts/shared/layer-certificates.ts';
import { duration, moment } from '../format.ts';
import type { Ask, CertificateItem, Event, ExitStatus, Observed, Table } from '../model.ts';
import { UsageError } from '../usage-error.ts';
import { certificateItem } from './certificate-items.ts';
import { refuseNothing } from './doctor.ts';
import { incompleteness, openSource, type SourceOptions } from './open-source.ts';
import { span, time } from './spans.ts';
import type { Surroundings } from './surroundings.ts';

export interface CertsOptions extends SourceOptions {
  readonly at?: string;
  readonly warnWithin?: string;
  readonly failWithin?: string;
}

/**
 * One row for each certificate, in kubeadm's columns (cmd/kubeadm/app/cmd/certs.go, v1.37.2) and four more; what has expired comes first. Status 1: one is expired, or
 * expires within `--fail-within`; 3: something could not be checked. Throws a UsageError for wrong options, and when there is nothing to check.
 */
export async function* certs(options: CertsOptions, surroundings: Surroundings): AsyncGenerator<Event, Table> {
  const at = options.at ? time('--at', options.at) : undefined;
  const within = {
    ...(options.warnWithin && { warnWithin: span('--warn-within', options.warnWithin) }),
    ...(options.failWithin && { failWithin: span('--fail-within', options.failWithin) }),
  };
  const source = yield* openSource(options, surroundings);
  const { gathered, mismatch } = await gather(source.asks, {
    userOptions: { ...(at && { at }) },
    ...(source.manifest && { manifest: source.manifest }),
    ...(!options.record && { wanted: certificateFacts }),
  });
  const onNode = gathered.apiserver.ok && gathered.apiserver.value.some(({ facts }) => facts.nodeFiles.ok);
  const apiServices = (gathered.apiservice.ok ? gathered.apiservice.value : []).flatMap(({ facts }) =>
    facts.apiService.ok ? [facts.apiService.value] : [],
  );
  const servers =
    onNode && !mismatch
      ? await Promise.all(extensionServers(apiServices).map(async (one) => ({ ...one, presented: await presentedTo(source.asks, one) })))
      : null;
  yield* source.close();
  if (mismatch) throw new UsageError(`${mismatch}; choose one with ${source.name === 'live' ? '--kubeconfig or --root' : '--snapshot'}`);
  refuseNothing(gathered, source, options);
  yield* incompleteness(source);
  const now = gathered.cluster.now.ok ? gathered.cluster.now.value : new Date();
  const { certificates, unseen } = layerCertificates(gathered, servers, now);
  for (const one of unseen) yield { kind: one.why === 'excluded' ? 'hint' : 'warning', message: notChecked(one) };
  const failed = unseen.filter(({ why }) => why !== 'excluded').map(notChecked);
  const incomplete = [...(source.incomplete ? [source.incomplete] : []), ...failed].join('; ');
  const items = certificates.map((one) => certificateItem(one, now, within)).sort((one, other) => urgency(one) - urgency(other));
  const selfSigned = new Set(certificates.filter(isSelfSigned).map(({ certificate }) => certificate.fingerprint));
  const several = gathered.apiserver.ok && gathered.apiserver.value.length > 1;
  return {
    schemaVersion: 1,
    kind: 'Certificates',
    columns: [
      'NAME',
      ...(several ? ['NODE'] : []),
      'EXPIRES',
      'RESIDUAL TIME',
      'CA',
      ...['AT', 'TRUSTED BY', 'SUBJECT', 'KEY'].map((name) => ({ name, only: 'room' as const })),
    ],
    rows: items.map(({ name, nodes, subject, issuer, fingerprint, key, places, trustedBy, ignored, state, expires, residual }) => {
      const marked = tones[state] && !ignored && { tone: tones[state] };
      const left = residual < 0 ? `-${duration(residual)}` : duration(residual);
      return [
        { text: name, ...marked },
        ...(several ? [nodes.join(', ')] : []),
        { text: moment(new Date(expires)), ...marked },
        { text: `${left}${ignored ? ' (ignored)' : says[state]}`, order: residual, ...marked },
        selfSigned.has(fingerprint) ? 'self-signed' : issuer,
        places.join('; '),
        trustedBy,
        subject,
        key,
      ];
    }),
    items,
    ...(incomplete && { incomplete }),
    exitStatus: statusOf(
      items.some(({ state, ignored }) => !ignored && (state === 'expired' || state === 'fail')),
      failed.length > 0,
    ),
  };
}

const notChecked = ({ what, message }: { readonly what: string; readonly message: string }) =>
  `not checked: ${what === '' ? message : `${what}: ${message}`}`;

/** The certificates from the first source that reaches the server. */
async function presentedTo(asks: readonly Ask[], server: ExtensionServer): Promise<readonly Observed<Presented>[]> {
  const shown = await Promise.all(asks.map((ask) => presentedBy(ask, server)));
  return shown.find((of) => of.some(({ ok }) => ok)) ?? shown[0] ?? [];
}

const statusOf = (failing: boolean, incomplete: boolean): ExitStatus => {
  if (failing) return 1;
  return incomplete ? 3 : 0;
};

const says: Readonly<Record<CertificateItem['state'], string>> = {
  expired: ' (expired)',
  'not-yet-valid': ' (not yet valid)',
  fail: ' (error)',
  warn: ' (warning)',
  valid: '',
};
const tones: Readonly<Record<CertificateItem['state'], 'error' | 'warning' | null>> = {
  expired: 'error',
  'not-yet-valid': 'error',
  fail: 'error',
  warn: 'warning',
  valid: null,
};
const urgent: readonly CertificateItem['state'][] = ['expired', 'not-yet-valid', 'fail', 'warn'];
/** What has expired comes first. What nobody looks at is not urgent. */
function urgency({ state, ignored }: CertificateItem): number {
  const index = ignored ? -1 : urgent.indexOf(state);
  return index === -1 ? urgent.length : index;
}

const isSelfSigned = ({ certificate }: LayerCertificate) => certificate.rawSubject === certificate.rawIssuer;
