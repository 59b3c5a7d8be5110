/** Results as text for Prometheus (prometheus.io/docs/instrumenting/exposition_formats), to be collected from a file. */
import { isComplete } from '../exit-code.ts';
import type { CertificateItem, ClusterReports, Finding, Report, Table } from '../model.ts';
import { sanitize } from './sanitize.ts';

type Labels = Readonly<Record<string, string>>;
interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

/** A context may hold what a terminal obeys. */
const escaped = (value: string): string => sanitize(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
const labelsText = (labels: Labels = {}): string => {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return all.length > 0 ? `{${all.join(',')}}` : '';
};
interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}
const metric = (name: string, help: string, samples: readonly Sample[]): Metric => ({ name, help, samples });
/** Of samples with the same labels the first: Prometheus takes no file that repeats one. */
function metricText({ name, help, samples }: Metric): readonly string[] {
  const lines = new Map<string, number>();
  for (const { labels, value } of samples) if (!lines.has(labelsText(labels))) lines.set(labelsText(labels), value);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...[...lines].map(([labels, value]) => `${name}${labels} ${value}`)];
}
const textOf = (metrics: readonly Metric[]): string => [...metrics.flatMap(metricText), ''].join('\n');
const seconds = (time: string): number => Date.parse(time) / 1000;

export const renderReportMetrics = (report: Report): string => textOf(metricsOf(report));

/** Each metric once, with the samples of all clusters: the label `cluster` is the context. */
export function renderClusterMetrics({ clusters }: ClusterReports): string {
  const all = clusters.flatMap(({ context, report, sameAs }) => {
    const metrics = report === null ? notChecked : metricsOf(report);
    return sameAs === undefined ? metrics.map((one) => ({ ...one, samples: one.samples.map(of(context)) })) : [];
  });
  const names = [...new Set(all.map(({ name }) => name))];
  return textOf(
    names.map((name) => {
      const alike = all.filter((one) => one.name === name);
      return metric(
        name,
        alike[0]?.help ?? '',
        alike.flatMap(({ samples }) => samples),
      );
    }),
  );
}
const of =
  (cluster: string) =>
  ({ labels, value }: Sample): Sample => ({ labels: { cluster, ...labels }, value });

const checked = (is: boolean): Metric =>
  metric('aggctl_checked', 'Whether aggctl could check everything that can be seen from where it ran (1), or not (0).', [
    { value: is ? 1 : 0 },
  ]);
const notChecked: readonly Metric[] = [checked(false)];

function metricsOf(report: Report): readonly Metric[] {
  const { findings, suppressed, summary, capturedAt, certificates } = report;
  const { passed, skipped, inapplicable, crashed } = summary;
  const verdicts = Object.entries({ passed, failed: findings.length, skipped, inapplicable, crashed });
  const samplesOf = ({ id, subject, others = [], severity }: Finding) =>
    [subject, ...others].map(({ scope, name }) => ({ labels: { id, scope, subject: name, severity }, value: 1 }));
  return [
    metric('aggctl_finding', 'A problem that aggctl found, by the check that found it.', findings.flatMap(samplesOf)),
    ...(suppressed
      ? [
          metric(
            'aggctl_suppressed_finding',
            'A problem that aggctl found and a suppressions file suppresses.',
            suppressed.flatMap(samplesOf),
          ),
        ]
      : []),
    checked(isComplete(report)),
    metric(
      'aggctl_verdicts',
      'How many checks had this verdict, counted for each subject.',
      verdicts.map(([verdict, value]) => ({ labels: { verdict }, value })),
    ),
    metric('aggctl_exit_status', 'The exit status of the run.', [{ value: summary.exitStatus }]),
    ...(capturedAt ? [metric('aggctl_last_run_timestamp_seconds', 'When aggctl ran.', [{ value: seconds(capturedAt) }])] : []),
    ...(certificates ? [expiries(certificates)] : []),
  ];
}

/** Of `certs`. */
export const renderCertificateMetrics = ({ items }: Table): string => textOf([expiries(items as readonly CertificateItem[])]);

/** Those on whose dates something depends. A file is named by its node; what the API or a handshake shows, by that. The serial number keeps the certificates of a bundle apart. */
function expiries(certificates: readonly CertificateItem[]): Metric {
  const samples = certificates
    .filter(({ ignored }) => ignored === null)
    .flatMap(({ role, name, nodes, places: [place = ''], serial, expires }) =>
      (nodes.length > 0 ? nodes.map((node) => ({ node })) : [{ place }]).map((at) => ({
        labels: { role, name, ...at, serial: serial.hex },
        value: seconds(expires),
      })),
    );
  return metric('aggctl_certificate_expiry_timestamp_seconds', 'When a certificate of the aggregation layer expires.', samples);
}
