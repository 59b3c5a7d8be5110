import { journalOf } from '../../distributions/places.ts';
import { type Ask, aggregationFlags, type Flags, type LastExit, type Observed } from '../../model.ts';
import { exitText, kindsOfExit } from '../../signatures/exits.ts';
import { version } from '../cluster/version.ts';
import { fact, maybe } from '../engine/declare.ts';
import { newestLogs } from '../shared/newest-logs.ts';
import { apiserver } from './apiserver.ts';
import { flags } from './flags.ts';
import { startedBy } from './node-files.ts';

/** null: kube-apiserver answers, or its log tells of no exit. */
export const lastExit = fact({
  name: 'lastExit',
  of: apiserver,
  needs: { startedBy, flags, version: maybe(version) },
  read: ({ flags, version }, ask, { node, local }): Observed<LastExit | null> | Promise<Observed<LastExit | null>> =>
    version.ok || local?.replaces !== undefined ? { ok: true, value: null } : readLastExit(() => ask, node, flags),
});

/**
 * Asks wave by wave: the pods' folders, their containers' logs, and the newest log. null: there is none, or it tells of no exit.
 * The log of a service is not read: `excluded`.
 */
export async function readLastExit(wave: (n: number) => Ask, node: string, flags: Flags): Promise<Observed<LastExit | null>> {
  const unit = journalOf(flags.origin);
  if (unit) return { ok: false, why: 'excluded', message: `why kube-apiserver exited; read its log with: journalctl -u ${unit}` };
  const texts = await newestLogs(wave);
  const latest = texts.sort((a, b) => b.mtime.localeCompare(a.mtime))[0];
  const text = latest && exitText(latest.text);
  return { ok: true, value: latest && text ? { at: { file: latest.path, node }, text, kinds: kindsOfExit(text, filesOf(flags)) } : null };
}

/** The files of the front proxy, by the paths that flags name. */
const filesOf = ({ byName }: Flags): readonly string[] =>
  aggregationFlags.flatMap(({ name, file }) => (file === 'certificates' && byName[name]?.value) || []);
