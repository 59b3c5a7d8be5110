/** Results as text for Prometheus (prometheus.io/docs/instrumenting/exposition_formats), to be collected from a file. */
import type { Report, Table } from '../model.ts';

type Labels = Readonly<Record<string, string>>;
interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
const labelsText = (labels: Labels = {}): string => {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return all.length > 0 ? `{${all.join(',')}}` : '';
};
/** Of samples with the same labels the first: Prometheus takes no file that repeats one. */
function metric(name: string, help: string, samples: readonly Sample[]): readonly string[] {
  const lines = new Map<string, number>();
  for (const { labels, value } of samples) if (!lines.has(labelsText(labels))) lines.set(labelsText(labels), value);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...[...lines].map(([labels, value]) => `${name}${labels} ${value}`)];
}
const seconds = (time: string): number => Date.parse(time) / 1000;

export function renderReportMetrics({ findings, summary, capturedAt }: Report): string {
  const { passed, skipped, inapplicable, crashed } = summary;
  const failed = findings.length;
  const verdicts = Object.entries({ passed, failed, skipped, inapplicable, crashed });
  return [
    ...metric(
      'aggctl_finding',
      'A problem that aggctl found, by the check that found it.',
      findings.map(({ id, subject, severity }) => ({ labels: { id, scope: subject.scope, subject: subject.name, severity }, value: 1 })),
    ),
    ...metric(
      'aggctl_checks',
      'How many checks came to this verdict, for each subject.',
      verdicts.map(([verdict, value]) => ({ labels: { verdict }, value })),
    ),
    ...metric('aggctl_exit_status', 'The exit status of the run.', [{ value: summary.exitStatus }]),
    ...(capturedAt ? metric('aggctl_last_run_timestamp_seconds', 'When aggctl looked.', [{ value: seconds(capturedAt) }]) : []),
    '',
  ].join('\n');
}

/** Of `certs`: each certificate by its role, and where it lies. */
export function renderCertificateMetrics({ items }: Table): string {
  const all = items as readonly {
    readonly role: string;
    readonly name: string;
    readonly places: readonly string[];
    readonly expires: string;
  }[];
  const samples = all.map(({ role, name, places, expires }) => ({
    labels: { role, name, place: places[0] ?? '' },
    value: seconds(expires),
  }));
  return [
    ...metric('aggctl_certificate_expiry_timestamp_seconds', 'When a certificate of the aggregation layer expires.', samples),
    '',
  ].join('\n');
}
