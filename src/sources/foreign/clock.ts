/** When a tree was collected. */
import { date } from '../../decode.ts';
import type { Collection } from './collection.ts';
import type { Reader } from './holding.ts';

/** `recorded`: the tool wrote it down; `newest`: the newest time at which something happened to an object in the tree. */
export interface Collected {
  readonly at: Date;
  readonly known: 'recorded' | 'newest';
}

/** null: no file says. */
export async function collectedAt(collection: Collection, { clock }: Reader): Promise<Collected | null> {
  const recorded = clock ? await newestOf(collection, 'clock', (text) => clock(text)) : null;
  if (recorded) return { at: recorded, known: 'recorded' };
  const [some, lists, objects] = await Promise.all(
    (['some', 'list', 'objects'] as const).map((kind) => newestOf(collection, kind, newestIn)),
  );
  const newest = latest([some ?? undefined, lists ?? undefined, objects ?? undefined]);
  return newest ? { at: newest, known: 'newest' } : null;
}

async function newestOf({ holdings, text }: Collection, kind: string, read: (text: string) => Date | undefined): Promise<Date | null> {
  const dates: (Date | undefined)[] = [];
  for (const holding of holdings.filter(({ holds }) => holds.is === kind)) {
    const found = await text(holding);
    if (found.ok) dates.push(read(found.value));
  }
  return latest(dates);
}

/** Of what has happened; not of what will, as the end of a certificate. k8s.io/apimachinery, pkg/apis/meta/v1/types.go; k8s.io/api, core/v1/types.go. */
const happened =
  /(?:^|[\s{,])"?(?:creationTimestamp|lastTransitionTime|lastHeartbeatTime|lastUpdateTime|lastTimestamp|eventTime|lastObservedTime|startedAt|finishedAt|startTime|time)"?: *["']?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/g;
const newestIn = (text: string): Date | undefined => {
  let newest = '';
  for (const [, at = ''] of text.matchAll(happened)) if (at > newest) newest = at;
  return date(newest);
};

const latest = (dates: readonly (Date | undefined)[]): Date | null =>
  dates.reduce<Date | null>((newest, one) => (one && (!newest || one > newest) ? one : newest), null);
