/** The log of an extension server → the line by which it tells why it ended, or never becomes ready. Pure. */
import { object, parseJson, string } from '../decode.ts';
import type { ExitMessage } from '../model.ts';
import { exitMessages } from './exit-messages.ts';
import { exitText } from './exits.ts';
import { linesOf } from './log-lines.ts';
import { recordIn, saidIn, timeIn } from './log-records.ts';

/**
 * Nothing but what a program prints of its options, and how it takes leave: the error stands before it. As flag of Go, spf13/pflag v1.0.10
 * (flag.go, defaultUsage), spf13/cobra v1.10.2 (command.go, UsageTemplate) and component-base v0.37.2 (cli/flag/sectioned.go) print it.
 */
export const isUsage = (log: string): boolean => {
  const lines = linesOf(log).map(({ text }) => text);
  return (
    lines.length > 0 &&
    lines.every((line) => /^\s|^[A-Z][\w ]{0,80}:$|^Usage(?: of \S+)?:|^Use ".{1,200}" for more information|^exit status \d+$/.test(line))
  );
};

/** A container that runs, since when, and the time now. */
interface Running {
  readonly since: Date;
  readonly now: Date;
}

/**
 * Of a process that ended: what it said last, else the newest line of the first row that matches. Of one that runs only what keeps it from
 * being ready: it may have outlived the rest, such as an etcd that came up a second later. null: it says nothing of the kind.
 */
export function exitMessageIn(log: string, running: Running | null = null): Pick<ExitMessage, 'text' | 'signature'> | null {
  const end = running ? null : (etcdText(log) ?? exitText(log));
  const lines = end === null ? linesOf(log).map(({ text }) => text) : [end];
  for (const { matches, ofRunning, ...row } of exitMessages) {
    const line = running && !ofRunning ? undefined : lines.findLast((one) => matches.test(saidIn(one)));
    if (line && (!running || ofRunning === 'ever' || isSaidStill(line, running))) return { text: brief(line), signature: row };
  }
  return end === null ? null : { text: brief(end), signature: null };
}

/** Why an etcd gave up (go.etcd.io/etcd v3.6.16, server/etcdmain/etcd.go): the newest error of its main program. */
const etcdText = (log: string): string | null =>
  linesOf(log)
    .flatMap(({ text }) => etcdLine(text.startsWith('{') ? parseJson(text) : undefined) ?? [])
    .findLast(({ caller, error }) => caller?.startsWith('etcdmain/') && error)?.error ?? null;
const etcdLine = object({ caller: string, error: string });

/** Seconds after its start in which a server finds what it needs; and the longest that gRPC waits before it tries again, and says so, with some to spare. */
const settling = 10;
const silence = 180;

function isSaidStill(line: string, { since, now }: Running): boolean {
  const at = timeIn(line, now);
  return at !== null && at.getTime() - since.getTime() > settling * 1000 && now.getTime() - at.getTime() < silence * 1000;
}

/** Without what a logger puts around it, and no longer than somebody reads. */
const brief = (line: string): string => {
  const bare = (recordIn(line)?.text ?? line)
    .replace(/^\S*\d\d:\d\d:\d\d\S*\s+/, '')
    .replace(/^[EFWI]\d{4} [\d:.]+ +\d+ /, '')
    .trim();
  return bare.length > 300 ? `${bare.slice(0, 299)}…` : bare;
};
