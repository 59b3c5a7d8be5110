/** The log of kube-apiserver's containers on this node → why the newest of them ended. */
import type { Answer, Ask, Flags, LastExit, Observed } from '../model.ts';

const pods = '/var/log/pods';

/** Where a kube-apiserver that is no static pod says its last words. */
const journals: Partial<Record<Flags['origin'], string>> = {
  'systemd unit': 'kube-apiserver',
  'arguments file': 'snap.microk8s.daemon-kubelite',
  'k3s configuration': 'k3s',
};

/**
 * Asks wave by wave: the pods' folders, their containers' logs, and the newest log. null: there is none, or it tells of no exit.
 * The log of a service is not read: `excluded`.
 */
export async function lastExit(wave: (n: number) => Ask, node: string, flags: Flags): Promise<Observed<LastExit | null>> {
  const unit = journals[flags.origin];
  if (unit) return { ok: false, why: 'excluded', message: `why kube-apiserver exited; read its log with: journalctl -u ${unit}` };
  const texts = await newestLogs(wave);
  const latest = texts.sort((a, b) => b.mtime.localeCompare(a.mtime))[0];
  const text = latest && exitText(latest.text);
  return { ok: true, value: latest && text ? { at: { file: latest.path, node }, text, means: meaning(text, flags) } : null };
}

/** The end of the newest log of each pod of kube-apiserver on this node. Asks in the waves 1 to 3. */
export async function newestLogs(wave: (n: number) => Ask) {
  const folders = await wave(1)({ kind: 'dir', path: pods });
  const own = entries(folders).filter((name) => /^kube-system_kube-apiserver-[^_]*_[^_]*$/.test(name));
  const listed = await Promise.all(
    own.map(async (name) => ({
      path: `${pods}/${name}/kube-apiserver`,
      logs: await wave(2)({ kind: 'dir', path: `${pods}/${name}/kube-apiserver` }),
    })),
  );
  const newest = listed.flatMap(({ path, logs }) => {
    const last = entries(logs)
      .filter((name) => /^\d+\.log$/.test(name))
      .sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))[0];
    return last ? [`${path}/${last}`] : [];
  });
  const read = await Promise.all(newest.map(async (path) => ({ path, log: await wave(3)({ kind: 'file', path }) })));
  return read.flatMap(({ path, log }) => (log.ok && log.value.is === 'text' ? [{ path, ...log.value }] : []));
}

const entries = (answer: Observed<Answer['dir']>): readonly string[] =>
  answer.ok && answer.value.is === 'directory' ? answer.value.entries : [];

/** The last words of a process that ended by itself: component-base's `command failed`, cobra's `Error:`, a panic, a fatal line of klog. */
export function exitText(log: string): string | null {
  const lines = log.split('\n').map(undressed).filter(Boolean);
  for (const line of lines.toReversed()) {
    const [, quoted, plain] = /run\.go:\d+\] "command failed" err=(?:("(?:[^"\\]|\\.)*")|(.*))/.exec(line) ?? [];
    if (quoted !== undefined) return unquoted(quoted);
    const said =
      plain ?? /^Error: (.*)/.exec(line)?.[1] ?? /^(panic: .*)/.exec(line)?.[1] ?? /^F\d{4} [\d:.]+ +\d+ [^\]]+\] (.*)/.exec(line)?.[1];
    if (said) return said;
  }
  return null;
}

/** A line without what the container runtime puts before it (CRI), or around it (Docker). */
export function undressed(line: string): string {
  if (line.startsWith('{"log":')) {
    try {
      return String((JSON.parse(line) as { log?: string }).log ?? '').trimEnd();
    } catch {
      return line;
    }
  }
  return line.replace(/^\d{4}-\d\d-\d\dT\S+ (?:stdout|stderr) [FP] /, '');
}
function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}

/** What the texts mean, seen on kube-apiserver 1.35.4, 1.36.3 and 1.37.2. */
const meanings: readonly (readonly [text: RegExp, ids: readonly string[]])[] = [
  [/^unknown flag: /, ['flag-unknown', 'flag-syntax-wrong']],
  [
    /^(?:bad flag syntax|unknown shorthand flag|flag needs an argument|invalid argument "|"kube-apiserver" does not take)/,
    ['flag-syntax-wrong'],
  ],
  [/empty value in "requestheader-/, ['requestheader-value-empty']],
  [/--requestheader-uid-headers/, ['uid-headers-not-accepted']],
  [/contain overlapping certificates/, ['allowed-names-empty-shared-ca']],
  [/--anonymous-auth flag cannot be set/, ['anonymous-auth-not-accepted']],
  [/egress selector config/, ['egress-selector-unusable']],
  [/apiregistration\.k8s\.io\/v1 must be enabled/, ['apiregistration-not-enabled']],
  [/--peer-(?:ca-file|advertise-ip|advertise-port) requires|peer proxy handler/, ['peer-proxy-unusable']],
  [/request-header::/, ['requestheader-ca-unusable']],
  [/aggregator-proxy-cert::|^tls: |^x509: /, ['proxy-client-pair-unusable', 'proxy-client-key-mismatch']],
];
/** Of these the path must be one of the front proxy's: other files have other owners. */
const ofFiles: typeof meanings = [
  [/no such file or directory$/, ['file-path-wrong', 'front-proxy-file-not-mounted', 'front-proxy-file-absent']],
  [/permission denied$/, ['front-proxy-file-not-permitted']],
  [/is a directory$/, ['proxy-client-pair-unusable', 'requestheader-ca-unusable']],
];
const frontProxyFiles = ['proxy-client-cert-file', 'proxy-client-key-file', 'requestheader-client-ca-file', 'client-ca-file'];

function meaning(text: string, flags: Flags): readonly string[] {
  const own = frontProxyFiles.some((name) => flags.byName[name]?.value && text.includes(flags.byName[name].value));
  return [...meanings, ...(own ? ofFiles : [])].flatMap(([pattern, ids]) => (pattern.test(text) ? ids : []));
}
