/** `aggctl doctor`: gather, run, report. */
import { checks } from '../checks/index.ts';
import { exitStatus } from '../exit-code.ts';
import { gather } from '../facts/index.ts';
import type { AnyCheck, Event, Gathered, Report, Severity } from '../model.ts';
import { version } from '../package.ts';
import { run } from '../run/index.ts';
import { UsageError } from '../usage-error.ts';
import { type OpenSource, openSource, type SourceOptions, type Surroundings } from './open-source.ts';
import { minorVersion, span, time } from './spans.ts';

export interface DoctorOptions extends SourceOptions {
  readonly at?: string;
  readonly check?: readonly string[];
  readonly skip?: readonly string[];
  readonly failOn?: string;
  readonly allowIncomplete?: boolean;
  readonly warnWithin?: string;
  readonly failWithin?: string;
  readonly targetVersion?: string;
  readonly readSecrets?: boolean;
}

/** The whole diagnosis. Throws a UsageError for wrong options, and when there is nothing to look at. */
export async function* doctor(options: DoctorOptions, surroundings: Surroundings): AsyncGenerator<Event, Report> {
  const chosen = choose(options);
  const failOn = severity(options.failOn ?? 'error');
  const choices = {
    ...(options.at && { at: time('--at', options.at) }),
    ...(options.warnWithin && { warnWithin: span('--warn-within', options.warnWithin) }),
    ...(options.failWithin && { failWithin: span('--fail-within', options.failWithin) }),
    ...(options.portForward && { portForward: true }),
    ...(options.readSecrets && { readSecrets: true }),
    ...(options.targetVersion && { targetVersion: minorVersion('--target-version', options.targetVersion) }),
  };
  const source = await openSource(options, surroundings);
  yield { kind: 'progress', message: source.name === 'live' ? 'asking the cluster and this node …' : `reading ${source.name} …` };
  const { gathered, mismatch, waves } = await gather(source.asks, { choices, ...(source.manifest && { manifest: source.manifest }) });
  yield { kind: 'progress', message: `asked ${waves.join(' + ')} questions in ${waves.length} waves` };
  await source.close();
  if (mismatch) throw new UsageError(`${mismatch}; choose one with ${source.name === 'live' ? '--kubeconfig or --root' : '--snapshot'}`);
  refuseNothing(gathered, source, options);
  refuseDowngrade(gathered, options);
  const about = {
    aggctl: version,
    source: source.name,
    ...(chosen.length < checks.length && { chosen: chosen.map(({ id }) => id) }),
  };
  const diagnosis = run(chosen, gathered, about);
  const status = exitStatus(diagnosis, { failOn, allowIncomplete: options.allowIncomplete ?? false });
  return { ...diagnosis, summary: { ...diagnosis.summary, exitStatus: status } };
}

/** The checks that `--check` and `--skip` leave, in their order. */
function choose({ check, skip = [] }: DoctorOptions): readonly AnyCheck[] {
  for (const id of [...(check ?? []), ...skip]) {
    if (!checks.some((one) => one.id === id)) throw new UsageError(`there is no check '${id}'; see: aggctl checks`);
  }
  return checks.filter(({ id }) => (check ? check.includes(id) : true) && !skip.includes(id));
}

function severity(text: string): Severity | 'never' {
  const known = ['error', 'warning', 'info', 'never'] as const;
  const found = known.find((one) => one === text);
  if (!found) throw new UsageError(`--fail-on takes ${known.join(', ')}, not '${text}'`);
  return found;
}

function refuseDowngrade({ cluster: { version, choices } }: Gathered, { targetVersion }: DoctorOptions): void {
  const target = choices.ok ? choices.value.targetVersion : undefined;
  if (version.ok && target !== undefined && target < version.value.minor)
    throw new UsageError(`--target-version ${targetVersion} is older than the ${version.value.text} that runs`);
}

/** A file that was named must be there, and something must be visible at all. */
export function refuseNothing({ cluster, apiserver }: Gathered, { name, manifest }: OpenSource, { root = '/' }: DoctorOptions): void {
  if (manifest && !apiserver.ok)
    throw new UsageError(apiserver.message.includes(manifest) ? apiserver.message : `--manifest ${manifest} does not exist`);
  if (cluster.connection.ok || apiserver.ok || apiserver.why !== 'excluded') return;
  throw new UsageError(
    name === 'live'
      ? `there is nothing to look at: no kubeconfig, and no kube-apiserver manifest under ${root}. Name one with --kubeconfig or --root, or try: aggctl doctor --demo`
      : `there is nothing to look at in ${name}: neither an API's answers nor a kube-apiserver manifest`,
  );
}
