/** Why a process that Kubernetes built ended: its last line in a log, and what that means of kube-apiserver. */
import type { ExitKind, Signature } from '../model.ts';
import { klogValue, linesOf } from './log-lines.ts';
import { recordIn } from './log-records.ts';

interface Row extends Signature<ExitKind> {
  /** Only where the path is one of the front proxy's: other files have other owners. */
  readonly ofFrontProxyFile?: true;
}

/** Seen on kube-apiserver 1.35.4, 1.36.3 and 1.37.2. */
export const exits: readonly Row[] = [
  { kind: 'exits-by-unknown-flag', matches: /^unknown flag: / },
  {
    kind: 'exits-by-flag-syntax',
    matches: /^(?:bad flag syntax|unknown shorthand flag|flag needs an argument|invalid argument "|"kube-apiserver" does not take)/,
  },
  { kind: 'exits-by-empty-value', matches: /empty value in "requestheader-/ },
  { kind: 'exits-by-uid-headers', matches: /--requestheader-uid-headers/ },
  { kind: 'exits-by-overlapping-cas', matches: /contain overlapping certificates/ },
  { kind: 'exits-by-anonymous-auth', matches: /--anonymous-auth flag cannot be set/ },
  { kind: 'exits-by-egress-selector', matches: /egress selector config/ },
  { kind: 'exits-by-api-disabled', matches: /apiregistration\.k8s\.io\/v1 must be enabled/ },
  { kind: 'exits-by-peer-proxy', matches: /--peer-(?:ca-file|advertise-ip|advertise-port) requires|peer proxy handler/ },
  { kind: 'exits-by-requestheader-ca', matches: /request-header::/ },
  { kind: 'exits-by-front-proxy-pair', matches: /aggregator-proxy-cert::|^tls: |^x509: / },
  { kind: 'exits-by-absent-file', matches: /no such file or directory$/, ofFrontProxyFile: true },
  { kind: 'exits-by-denied-file', matches: /permission denied$/, ofFrontProxyFile: true },
  { kind: 'exits-by-folder', matches: /is a directory$/, ofFrontProxyFile: true },
];

/** Every kind that the text is of; `files` are the paths of the front proxy's. [] for what no row matches. */
export function kindsOfExit(text: string, files: readonly string[]): readonly ExitKind[] {
  const own = files.some((path) => text.includes(path));
  return exits.filter(({ matches, ofFrontProxyFile }) => matches.test(text) && (own || !ofFrontProxyFile)).map(({ kind }) => kind);
}

/** What a process said last that ended by itself: component-base's `command failed`, cobra's `Error:`, a panic, a fatal line of klog, zap or logrus. */
export function exitText(log: string): string | null {
  for (const { text: line } of linesOf(log).toReversed()) {
    const [, failure] = /run\.go:\d+\] "command failed" (err=.*)/s.exec(line) ?? [];
    const said =
      (failure && (klogValue(failure, 'err') ?? failure.slice('err='.length))) ??
      /^Error: (.*)/.exec(line)?.[1] ??
      /^(panic: .*)/.exec(line)?.[1] ??
      /^F\d{4} [\d:.]+ +\d+ [^\]]{1,200}\] (.*)/.exec(line)?.[1] ??
      fatalIn(line);
    if (said) return said;
  }
  return null;
}

function fatalIn(line: string): string | null {
  const record = recordIn(line);
  return record?.isFatal ? record.text : null;
}
